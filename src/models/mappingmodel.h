#pragma once

#include "core/schema.h"

#include <QAbstractTableModel>

#include <optional>

namespace rowdesk {

/// Which column of a file fills which column of a table: one row a column of the file.
///
/// For a new table the table's columns are made from the file's: each can be left out, renamed and given a type. For a
/// table that exists each column of the file goes into one of the table's, or is left out; types are the table's. Two
/// columns of the file never fill the same one: the later choice takes it from the earlier.
class MappingModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Section { SourceSection, TargetSection, TypeSection, ReadingSection, ProblemsSection, SectionCount };
    enum Role {
        ChoicesRole = Qt::UserRole ///< QStringList: what TargetSection may be set to; empty for free text
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// A new table with all columns of the file, as text until setTypes() says better.
    void startNewTable(const QStringList &source);
    /// An existing table; `sourceOf[i]` is the file's column for the table's column i, or -1.
    void startAppend(const QStringList &source, const Schema &table, const QVector<int> &sourceOf);

    /// Types for a new table, one a column of the file. Types that a person chose stay. For an existing table it only
    /// tells of a change.
    void setTypes(const QVector<ColumnType> &types);
    /// What is read from the column's first value, for example "31.10.2025 → 31 October 2025".
    void setReadings(const QStringList &readings);
    /// Cells that do not fit, one a column of the file; -1 while that is not known. And those whose word, such as n/a,
    /// is read as empty.
    void setProblemCounts(const QVector<qint64> &counts, const QVector<qint64> &emptied = {});

    bool isAppend() const { return m_append; }
    /// For a table whose types the service did not tell: a person may set them. startAppend() takes it back.
    void setTypesOpen(bool open) { m_typesOpen = open; }
    bool mayChangeType() const { return !m_append || m_typesOpen; }
    /// The table's columns that are filled, in the order of the table (new: of the file).
    Schema target() const;
    /// For each column of target() the file's column.
    QVector<int> sourceColumns() const;
    /// The file's columns that go nowhere, by name.
    QStringList leftOut() const;
    /// The existing table's columns that get no value, by name.
    QStringList unfilled() const;
    /// The type that the file's column is read as; empty when it is left out.
    std::optional<ColumnType> typeOf(int sourceColumn) const;
    /// Whether a person chose the type of this column of a new table.
    bool isTypeChosen(int sourceColumn) const { return m_rows[sourceColumn].typeChosen; }
    /// What keeps the mapping from being used, one sentence; empty when it is in order.
    QString problem() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

signals:
    /// Target names, types or what goes where changed.
    void mappingChanged();

private:
    struct Row
    {
        QString source;
        bool used = true;
        QString name;         ///< new table: the column's name
        int tableColumn = -1; ///< append: position in m_table
        ColumnType type = ColumnType::Text;
        bool typeChosen = false;
        QString reading;
        qint64 problems = -1;
        qint64 emptied = 0;
    };
    static QString problemsText(const Row &row);
    QVariant targetData(const Row &row, int role) const;
    bool setTarget(Row &row, const QString &text);
    void redraw(Section first, Section last);
    QVector<int> orderedRows() const;
    ColumnSpec specOf(const Row &row) const;

    QVector<Row> m_rows;
    Schema m_table;
    bool m_append = false;
    bool m_typesOpen = false;
};

} // namespace rowdesk
