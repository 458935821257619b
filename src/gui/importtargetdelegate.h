#pragma once

#include <QStyledItemDelegate>

namespace rowdesk {

/// Edits where a column of the file goes: a list of the table's columns where there is one (and "left out"), else a
/// name.
class ImportTargetDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
};

} // namespace rowdesk
