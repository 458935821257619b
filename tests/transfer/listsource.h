#pragma once

#include "files/rowsource.h"
#include "transfer/uploadplan.h"

#include <QStringList>
#include <QVector>

namespace rowdesk::test {

/// Rows from memory, one text cell for each entry; a null QString is Null. Line of row i: i + 2.
class ListSource : public RowSource
{
public:
    explicit ListSource(QStringList names) : m_names(std::move(names)) {}

    QVector<QStringList> rows;
    qsizetype failAt = -1; ///< reading row i ends with a file error; the rows before were given

    static std::shared_ptr<ListSource> numbered(qsizetype count)
    {
        auto source = std::make_shared<ListSource>(QStringList{QStringLiteral("n"), QStringLiteral("text")});
        for (qsizetype i = 1; i <= count; ++i)
            source->rows.append({QString::number(i), QStringLiteral("row %1").arg(i)});
        return source;
    }

    QStringList columnNames() const override { return m_names; }

    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override
    {
        qsizetype given = 0;
        for (; given < limit && m_next < rows.size() && m_next != failAt; ++given, ++m_next) {
            batch.beginRow(m_next + 2);
            for (const QString &cell : rows[m_next])
                batch.addCell(cell.isNull() ? CellKind::Null : CellKind::Text, cell.toStdString());
        }
        if (given == 0 && m_next == failAt)
            return ApiError{ErrorKind::File, 0, {}, QStringLiteral("Line %1 is broken.").arg(m_next + 2), {}, {}};
        return given;
    }

private:
    QStringList m_names;
    qsizetype m_next = 0;
};

/// Rows of "n" and "text" for dataset 5, which has the same columns.
inline UploadPlan planFor(std::shared_ptr<RowSource> source)
{
    UploadPlan plan;
    plan.source = std::move(source);
    plan.sourceName = QStringLiteral("rows.csv");
    plan.target.columns = {{QStringLiteral("n"), ColumnType::Number}, {QStringLiteral("text"), ColumnType::Text}};
    plan.sourceColumn = {0, 1};
    plan.datasetId = QStringLiteral("5");
    return plan;
}

} // namespace rowdesk::test
