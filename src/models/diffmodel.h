#pragma once

#include "transfer/tablereading.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace rowdesk {

/// The rows of a comparison that differ: changed and added ones in the order of B, with some of their neighbours that
/// are the same when asked, then the removed ones. The first
/// column says what became of the row, then come the key, then the other columns; a changed cell shows old → new.
/// Texts are made on demand.
class DiffModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Change { Changed, Added, Removed, Same };
    Q_ENUM(Change)

    enum Role {
        ChangeRole = Qt::UserRole + 1, ///< Change of the row, as int
        CellChangedRole,               ///< bool: the cell differs (of changed rows only)
        NothingRole,                   ///< bool: the cell has no value, so its text is a word of ours
        OldTextRole,                   ///< QString: every character of A's cell; null QString for none
        NewTextRole                    ///< the same of B
    };

    /// Which rows to show.
    struct Filter
    {
        bool changed = true;
        bool added = true;
        bool removed = true;
        int column = -1; ///< index in TableDiff::columns: only changed rows whose cell there differs; -1: all
        int context = 0; ///< rows of B to show before and after a row that changed or was added
        bool changedColumnsOnly = false; ///< hide the columns in which no cell differs; the key stays

        bool operator==(const Filter &) const = default;
    };

    explicit DiffModel(std::shared_ptr<const Comparison> comparison, QObject *parent = nullptr);

    const Comparison &comparison() const { return *m_comparison; }
    void setFilter(const Filter &filter);
    const Filter &filter() const { return m_filter; }

    Change change(int row) const;
    /// The row's number in A or B (from 0); empty when that table does not have it, and in A of an unchanged row.
    std::optional<quint32> rowInA(int row) const;
    std::optional<quint32> rowInB(int row) const;

    /// A changed cell, in parts: "old → new (+1)".
    struct CellTexts
    {
        QString old;
        QString now;
        QString difference;    ///< of numbers, with the share; else what can't be seen, in words (changeNote())
        bool areTexts = false; ///< both are texts, so that their characters can be held against each other
    };
    CellTexts cellTexts(int row, int column) const;
    /// Every character of a cell, as a copy takes it: a changed one as "old → new".
    QString exactText(int row, int column) const;
    /// These cells, tab-separated as spreadsheets take them; the block around them when there are holes.
    QString asTsv(const QModelIndexList &cells, bool withHeaders) const;

    bool isCellChanged(int row, int column) const;
    /// The model's column of a column of the diff; -1 when it is not shown.
    int columnOf(int diffColumn) const;

    /// The next (or previous) changed cell, or row that was added or removed, in reading order; invalid at the end.
    /// From an invalid index: the first (or last).
    QModelIndex nextChange(const QModelIndex &from, bool forward) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    /// A row: index in the diff's list for its change.
    struct Entry
    {
        Change change;
        quint32 index;
    };

    void fill();
    void fillColumns();
    void addContext(quint32 around);
    bool isChange(int row, int column) const;
    size_t diffColumn(int column) const { return m_columns[static_cast<size_t>(column - 1)]; }
    /// The cell in A or B; null when the row or the column is not there.
    CellView old(int row, int column, std::string &scratch) const;
    CellView now(int row, int column, std::string &scratch) const;
    QVariant cellData(int row, int column, int role) const;
    QString cellText(int row, int column) const;
    QString changeWord(int row) const;

    std::shared_ptr<const Comparison> m_comparison;
    std::vector<size_t> m_columns; ///< of the diff: key first; ignored ones are left out
    Filter m_filter;
    std::vector<Entry> m_rows;
};

} // namespace rowdesk
