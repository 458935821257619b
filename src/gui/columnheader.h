#pragma once

#include <QHeaderView>

namespace rowdesk {

class TableQuery;

/// The names of the columns of a TableModel: what kind of values each has, and what the rows are sorted by. A click
/// sorts, Shift+click sorts by a further column, Ctrl+click selects the column; the rest is in the column's menu.
class ColumnHeader : public QHeaderView
{
    Q_OBJECT
public:
    /// The query outlives the header.
    explicit ColumnHeader(TableQuery *query, QWidget *parent = nullptr);

    /// Does not follow the selection of the table: to know whether a column is selected, Qt asks every row of it each
    /// time the selection changes.
    void setSelectionModel(QItemSelectionModel *selection) override;

signals:
    void selectWanted(int column);
    /// At this place of the screen.
    void menuWanted(int column, const QPoint &where);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void initStyleOptionForIndex(QStyleOptionHeader *option, int column) const override;
    QSize sectionSizeFromContents(int column) const override;

private:
    void clicked(int column);
    QIcon glyph(int column) const;

    TableQuery *m_query;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace rowdesk
