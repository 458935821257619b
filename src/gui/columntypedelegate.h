#pragma once

#include <QStyledItemDelegate>

namespace rowdesk {

/// Edits a cell whose EditRole is an int made from ColumnType with a list of the eight types; each entry's tool tip
/// says when to choose it. A choice is taken over at once, Return and Tab take it over too. The list opens when it is
/// asked for, not by itself: whoever passes through with Tab does not want it.
class ColumnTypeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    bool m_byKey = false; ///< keys went to the closed list last
};

} // namespace rowdesk
