#include "models/filelook.h"

#include "files/filenotes.h"
#include "files/xlsxdetector.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

namespace rowdesk {
namespace {

void addOutline(const QString &path, FileLook &look)
{
    if (look.format.kind != FileKind::Xlsx)
        return;
    const Result<XlsxWorkbook> workbook = readXlsxOutline(path, look.format.xlsx.allowLarge);
    if (!workbook) // the reading of its rows says why
        return;
    for (const XlsxSheetInfo &sheet : workbook->sheets) {
        if (sheet.hidden)
            look.hiddenSheets.insert(int(look.sheets.size()));
        look.sheets.append(sheet.name);
    }
    look.ranges = workbook->ranges;
    look.workbookNotes = notesAbout(*workbook, look.format.xlsx.sheet);
}

} // namespace

Result<FileLook> lookAtTable(const QString &path, const FileFormat &format, qsizetype limit)
{
    FileLook look;
    look.format = format;
    Result<std::unique_ptr<RowSource>> source = openFile(path, lenient(format));
    if (!source)
        return source.error();
    look.names = (*source)->columnNames();
    const auto rows = std::make_shared<RowBatch>(int(look.names.size()));
    const Result<qsizetype> read = (*source)->read(*rows, limit);
    if (!read)
        look.damage = read.error();
    look.rows = rows;
    addOutline(path, look);
    return look;
}

Result<std::shared_ptr<const RowBatch>> rowsAroundLine(const QString &path, const FileFormat &format, qint64 line,
                                                       qsizetype limit, const FileWork &work)
{
    const Result<std::unique_ptr<RowSource>> source = openFile(path, lenient(format));
    if (!source)
        return source.error();
    auto rows = std::make_shared<RowBatch>(int((*source)->columnNames().size()));
    auto next = std::make_shared<RowBatch>(rows->columnCount());
    while (!work.cancel) {
        next->clear();
        const Result<qsizetype> read = (*source)->read(*next, limit);
        if (!read || *read == 0)
            return std::shared_ptr<const RowBatch>(rows); // what came before the damage is what there is
        std::swap(rows, next);
        if (rows->sourceLine(rows->rowCount() - 1) >= line)
            return std::shared_ptr<const RowBatch>(rows);
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, {}, {}, {}};
}

QString cleanPath(const QString &typed)
{
    QString path = typed.trimmed();
    for (const QChar quote : {u'"', u'\''}) {
        if (path.size() > 1 && path.startsWith(quote) && path.endsWith(quote))
            path = path.sliced(1, path.size() - 2);
    }
    if (path.startsWith(QLatin1StringView("file://")))
        path = QUrl(path).toLocalFile();
    if (path == u'~' || path.startsWith(QLatin1StringView("~/")))
        path = QDir::homePath() + path.sliced(1);
    return path.isEmpty() ? path : QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace rowdesk
