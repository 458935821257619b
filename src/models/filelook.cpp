#include "models/filelook.h"

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
    const Result<XlsxWorkbook> workbook = readXlsxOutline(path);
    if (!workbook) // the reading of its rows says why
        return;
    for (const XlsxSheetInfo &sheet : workbook->sheets) {
        if (sheet.hidden)
            look.hiddenSheets.insert(int(look.sheets.size()));
        look.sheets.append(sheet.name);
    }
    look.ranges = workbook->ranges;
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
