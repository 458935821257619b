#pragma once

#include "core/rowbatch.h"
#include "core/schema.h"
#include "net/request.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace rowdesk {

/// How one generation of the API words its calls: paths, page parameters, the shape of rows. One constant a generation;
/// a further one is a further constant. Facts and their sources: API contract §1, §3 and §4.
class Dialect
{
public:
    /// How an append writes a row.
    enum class RowShape {
        Cells,  ///< [{"column":…,"value":…},…]
        Members ///< {column:value,…}
    };

    /// The dialect of an ApiClient's apiVersion(): classic for "", else the versioned one. Valid for ever.
    static const Dialect &of(const QString &apiVersion);

    /// Rows or entries asked for in one page; empty where the page size is the server's own.
    std::optional<int> pageSize() const { return m_pageSize; }
    RowShape rowShape() const { return m_rowShape; }
    /// Whether an append's answer counts the rows that were stored.
    bool countsInsertedRows() const { return m_countsInsertedRows; }

    /// Page `page` (from 1) of the list. `name` filters on the server where the dialect has such a parameter.
    Request listDatasets(int page, const QString &name = {}) const;
    /// Page `page` (from 1) of a dataset's rows, or of one version's when `version` is not empty.
    Request readRows(const QString &datasetId, const QString &version, int page) const;
    Request listVersions(const QString &datasetId) const;
    Request createTable(const QByteArray &body) const;
    Request appendRows(const QString &datasetId, const QByteArray &body) const;
    /// How many values one condition on a column may have.
    int mostFilterValues() const { return m_rowShape == RowShape::Cells ? 1 : 500; }
    Request updateRows(const QString &datasetId, const QByteArray &body) const;
    Request deleteRows(const QString &datasetId, const QByteArray &body) const;
    Request refresh(const QString &datasetId, const QString &mode) const;

private:
    QString m_listPath;   ///< "data" or "table": list and rows
    QString m_appendVerb; ///< last piece of the append path
    std::optional<int> m_pageSize;
    bool m_filtersByName = false;
    bool m_countsInsertedRows = false;
    RowShape m_rowShape = RowShape::Cells;

    QUrlQuery pageQuery(int page) const;

    static Dialect classic();
    static Dialect versioned();
};

} // namespace rowdesk
