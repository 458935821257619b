#pragma once

#include <QHeaderView>

namespace rowdesk {

class ColumnQualities;
class TableQuery;

/// The names of the columns of a TableModel: what kind of values each has, and what the rows are sorted by. A click
/// sorts, Shift+click sorts by a further column, Ctrl+click selects the column; the rest is in the column's menu. A bar
/// below each name shows how well the column is filled; the tool tip says it in numbers.
class ColumnHeader : public QHeaderView
{
    Q_OBJECT
public:
    /// Both outlive the header.
    ColumnHeader(TableQuery *query, ColumnQualities *qualities, QWidget *parent = nullptr);

    /// Does not follow the selection of the table: to know whether a column is selected, Qt asks every row of it each
    /// time the selection changes.
    void setSelectionModel(QItemSelectionModel *selection) override;

signals:
    void selectWanted(int column);
    /// At this place of the screen.
    void menuWanted(int column, const QPoint &where);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintSection(QPainter *painter, const QRect &area, int column) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void initStyleOptionForIndex(QStyleOptionHeader *option, int column) const override;
    QSize sectionSizeFromContents(int column) const override;

private:
    void clicked(int column);
    QIcon glyph(int column) const;

    void drawQuality(QPainter *painter, const QRect &area, int column) const;
    QString toolTipOf(int column) const;

    TableQuery *m_query;
    ColumnQualities *m_qualities;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace rowdesk
