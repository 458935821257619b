#pragma once

#include "core/schema.h"

#include <QAbstractTableModel>

namespace rowdesk {

/// The editable columns of a table to be: one row a column, with name, type and what is wrong with it.
///
/// Checks itself with checkSchema after each change. Rows are inserted, removed and moved through the usual model
/// calls.
class SchemaModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Section { NameSection, TypeSection, ProblemSection, SectionCount };

    explicit SchemaModel(QObject *parent = nullptr);

    const Schema &schema() const { return m_schema; }
    void setSchema(Schema schema);

    /// Every problem there is; the schema may be created when this is empty.
    const QVector<SchemaProblem> &problems() const { return m_problems; }
    /// The sentence about one column; empty when it is in order.
    QString problemOf(int column) const;

    /// Gives the names to the columns from `first` on; adds text columns where there are too few. Types stay.
    void setNames(int first, const QStringList &names);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// NameSection takes a QString (one with tabs fills several columns, as a pasted header line does), TypeSection an
    /// int made from ColumnType. EditRole only.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    bool insertRows(int row, int count, const QModelIndex &parent = {}) override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;
    bool moveRows(const QModelIndex &from, int row, int count, const QModelIndex &to, int destination) override;

signals:
    /// The schema or its problems changed.
    void schemaChanged();

private:
    void recheck();

    Schema m_schema;
    QVector<SchemaProblem> m_problems;
};

} // namespace rowdesk
