#include "models/filelook.h"

#include <QDir>
#include <QUrl>

namespace rowdesk {
namespace {

/// A row with too many or too few fields is a question for later, no reason to end the preview.
FileFormat lenient(FileFormat format)
{
    if (format.csv.shortRows == RaggedRows::Stop)
        format.csv.shortRows = RaggedRows::FillNull;
    if (format.csv.longRows == RaggedRows::Stop)
        format.csv.longRows = RaggedRows::Skip;
    return format;
}

} // namespace

Result<FileLook> lookAtTable(const QString &path, const std::optional<FileFormat> &format, qsizetype limit)
{
    Result<FileFormat> known = format ? Result<FileFormat>(*format) : detectFormat(path);
    if (!known)
        return known.error();
    FileLook look{std::move(known).value(), {}, {}, {}};
    Result<std::unique_ptr<RowSource>> source = openFile(path, lenient(look.format));
    if (!source)
        return source.error();
    look.names = (*source)->columnNames();
    const auto rows = std::make_shared<RowBatch>(int(look.names.size()));
    const Result<qsizetype> read = (*source)->read(*rows, limit);
    if (!read)
        look.damage = read.error();
    look.rows = rows;
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
    return path.isEmpty() ? path : QDir::cleanPath(path);
}

} // namespace rowdesk
