#include "api/dialect.h"

namespace rowdesk {
namespace {

QString dataPath()
{
    return QStringLiteral("data");
}

constexpr qint64 largestPage = 64'000'000;

} // namespace

Dialect Dialect::classic()
{
    Dialect dialect;
    dialect.m_listPath = dataPath();
    dialect.m_appendVerb = QStringLiteral("row");
    dialect.m_filtersByName = true;
    return dialect;
}

Dialect Dialect::versioned()
{
    Dialect dialect;
    dialect.m_listPath = QStringLiteral("table");
    dialect.m_appendVerb = QStringLiteral("insert");
    dialect.m_pageSize = 1000;
    dialect.m_countsInsertedRows = true;
    dialect.m_rowShape = RowShape::Members;
    return dialect;
}

const Dialect &Dialect::of(const QString &apiVersion)
{
    static const Dialect classicDialect = classic();
    static const Dialect versionedDialect = versioned();
    return apiVersion.isEmpty() ? classicDialect : versionedDialect;
}

QUrlQuery Dialect::pageQuery(int page) const
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("page"), QString::number(page));
    if (m_pageSize)
        query.addQueryItem(QStringLiteral("page_size"), QString::number(*m_pageSize));
    return query;
}

Request Dialect::listDatasets(int page, const QString &name) const
{
    // The classic list is documented without pages: its first page is asked for as documented.
    QUrlQuery query = m_pageSize || page > 1 ? pageQuery(page) : QUrlQuery();
    if (m_filtersByName && !name.isEmpty())
        query.addQueryItem(QStringLiteral("name"), QString::fromLatin1(QUrl::toPercentEncoding(name)));
    Request request = Request::get(makePath({m_listPath}), query);
    request.answerLimit = largestPage;
    return request;
}

Request Dialect::readRows(const QString &datasetId, const QString &version, int page) const
{
    const QString path = version.isEmpty() ? makePath({m_listPath, datasetId})
                                           : makePath({dataPath(), datasetId, QStringLiteral("v"), version});
    Request request = Request::get(path, pageQuery(page));
    request.answerLimit = largestPage;
    return request;
}

Request Dialect::listVersions(const QString &datasetId) const
{
    return Request::get(makePath({dataPath(), datasetId, QStringLiteral("versions")}));
}

Request Dialect::createTable(const QByteArray &body) const
{
    return Request::write(Request::Verb::Post, makePath({dataPath()}), body);
}

Request Dialect::appendRows(const QString &datasetId, const QByteArray &body) const
{
    return Request::write(Request::Verb::Post, makePath({dataPath(), datasetId, m_appendVerb}), body);
}

Request Dialect::updateRows(const QString &datasetId, const QByteArray &body) const
{
    if (m_rowShape == RowShape::Members)
        return Request::write(Request::Verb::Post, makePath({dataPath(), datasetId, QStringLiteral("update")}), body);
    return Request::write(Request::Verb::Put, makePath({dataPath(), datasetId, QStringLiteral("row")}), body);
}

Request Dialect::deleteRows(const QString &datasetId, const QByteArray &body) const
{
    if (m_rowShape == RowShape::Members)
        return Request::write(Request::Verb::Post, makePath({dataPath(), datasetId, QStringLiteral("delete")}), body);
    return Request::write(Request::Verb::Delete, makePath({dataPath(), datasetId, QStringLiteral("row")}), body);
}

Request Dialect::refresh(const QString &datasetId, const QString &mode) const
{
    if (m_rowShape == RowShape::Cells)
        return Request::write(Request::Verb::Post, makePath({dataPath(), datasetId, mode}), {});
    return Request::write(Request::Verb::Post, makePath({m_listPath, datasetId, QStringLiteral("refresh")}),
                          R"({"mode":")" + mode.toLatin1() + R"("})");
}

} // namespace rowdesk
