#pragma once

#include <QWidget>

class QToolButton;
class QTreeView;

namespace rowdesk {

class PlainLabel;
class RecordModel;
class TableModel;

/// The current row as a list of columns and values, with the way to the row before and the one after it.
class RecordPanel : public QWidget
{
    Q_OBJECT
public:
    /// The model outlives the panel.
    explicit RecordPanel(TableModel *rows, QWidget *parent = nullptr);

    /// Shows this row; -1: none.
    void setRow(int row);
    QTreeView *list() const { return m_list; }
    QString title() const;

signals:
    /// The row so many places further down (-1: up) is to be the current one.
    void stepWanted(int rows);
    /// The value of this column is to be the current cell.
    void columnChosen(int column);

private:
    QToolButton *makeStep(const QString &text, const QString &tip, const QKeySequence &key, int rows);

    TableModel *m_rows;
    RecordModel *m_record;
    PlainLabel *m_title;
    QToolButton *m_previous;
    QToolButton *m_next;
    QTreeView *m_list;
};

} // namespace rowdesk
