#pragma once

#include <QTableView>

class QFrame;

namespace rowdesk {

/// A table whose first columns can stay in sight while the others are scrolled sideways: they are shown by a second
/// view of the same model, selection and scroll position, laid over the first.
class RowsTable : public QTableView
{
    Q_OBJECT
public:
    explicit RowsTable(QWidget *parent = nullptr);

    /// The view of the frozen columns; its header and delegate are for the owner to set, like the table's own.
    QTableView *frozenView() const { return m_frozen; }
    /// Lets the first `columns` shown columns stay in sight; 0: none does.
    void setFrozenColumns(int columns);
    int frozenColumns() const { return m_frozenColumns; }
    /// The header's columns have been moved, hidden or shown.
    void headerChanged();

    void setModel(QAbstractItemModel *model) override;
    void setSelectionModel(QItemSelectionModel *selection) override;
    /// Also not behind the frozen columns.
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;

private:
    void placeFrozen();
    void copySections();
    bool isFrozen(int column) const;
    int frozenWidth() const;

    QTableView *m_frozen;
    QFrame *m_edge; ///< between the frozen columns and the others
    int m_frozenColumns = 0;
};

} // namespace rowdesk
