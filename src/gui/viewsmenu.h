#pragma once

#include "models/savedview.h"

#include <QMenu>

namespace rowdesk {

class ColumnArrangement;

/// The views of a table that a person has saved under names: filters, sorting and columns. Made anew whenever it opens.
class ViewsMenu : public QMenu
{
    Q_OBJECT
public:
    /// Both outlive the menu.
    ViewsMenu(TableQuery *query, ColumnArrangement *columns, QWidget *parent);

    const QVector<SavedView> &views() const { return m_views; }
    void setViews(const QVector<SavedView> &views);

    void use(int view);
    /// Keeps what is looked at now under this name; a view of this name is replaced. Blanks around it don't count, and
    /// nothing is kept without a name.
    void save(const QString &name);
    void remove(int view);
    /// All rows as they came, all columns as the table has them.
    void useNone();
    /// The view that is looked at now; -1: none of them.
    int current() const;

signals:
    /// views() are others.
    void viewsChanged();

private:
    void fill();
    void askForName();

    TableQuery *m_query;
    ColumnArrangement *m_columns;
    QVector<SavedView> m_views;
    QString m_used; ///< the name of the view chosen last
};

} // namespace rowdesk
