#pragma once

#include "files/diffreport.h"

#include <string>
#include <vector>

namespace rowdesk {

/// What an export says that was stopped.
ApiError exportStopped();

/// The cells of a report's rows by its columns (indexes of TableDiff::columns). Used in one thread.
class DiffCells
{
public:
    static constexpr quint32 none = ~quint32{0};

    explicit DiffCells(const DiffReport &report) : m_report(report)
    {
        for (size_t i = 0; i < report.diff.columns.size(); ++i) {
            const DiffColumn &column = report.diff.columns[i];
            (column.role == DiffColumn::Role::Key ? m_keys : m_values).push_back(i);
            m_names.push_back(column.name.toStdString());
        }
    }

    const TableDiff &diff() const { return m_report.diff; }
    const std::vector<size_t> &keyColumns() const { return m_keys; }
    const std::vector<size_t> &valueColumns() const { return m_values; } ///< all others
    const std::string &name(size_t column) const { return m_names[column]; }

    /// The cell of a row of A, or of B; null when the table has no such column. Valid until the next call of the same.
    CellView old(quint32 row, size_t column)
    {
        const int inA = m_report.diff.columns[column].inA;
        return inA < 0 ? CellView{} : m_report.a.rows.cell(row, inA, m_old);
    }
    CellView now(quint32 row, size_t column)
    {
        const int inB = m_report.diff.columns[column].inB;
        return inB < 0 ? CellView{} : m_report.b.rows.cell(row, inB, m_now);
    }

private:
    const DiffReport &m_report;
    std::vector<size_t> m_keys;
    std::vector<size_t> m_values;
    std::vector<std::string> m_names;
    std::string m_old;
    std::string m_now;
};

} // namespace rowdesk
