#pragma once

#include <QWidget>

class QListView;
class QStandardItemModel;
class QToolButton;
class QTreeView;

namespace rowdesk {

class DuplicatesModel;
class PlainLabel;
class TableModel;

/// Which rows are there more than once? A list of columns to choose the key from, and the keys that several rows have,
/// each with its rows.
class DuplicatesPanel : public QWidget
{
    Q_OBJECT
public:
    /// The model outlives the panel.
    explicit DuplicatesPanel(TableModel *rows, QWidget *parent = nullptr);

    /// Looks at the rows shown by now, with the columns chosen so far.
    void refresh();
    /// Chooses this column alone.
    void showColumn(int column);
    QString status() const;
    QListView *columns() const { return m_columns; }
    QTreeView *groups() const { return m_groups; }
    DuplicatesModel *model() const { return m_model; }

signals:
    void statusChanged();
    /// A row was chosen, by its place in the store.
    void rowWanted(qint64 sourceRow);

private:
    void listColumns();
    void look();
    QVector<int> chosen() const;
    void showState();

    TableModel *m_rows;
    DuplicatesModel *m_model;
    QStandardItemModel *m_choices;
    QListView *m_columns;
    PlainLabel *m_sentence;
    QToolButton *m_cancel;
    QTreeView *m_groups;
    bool m_listing = false; ///< the list is being made; nobody has chosen
};

} // namespace rowdesk
