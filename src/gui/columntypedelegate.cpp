#include "gui/columntypedelegate.h"

#include "core/columntype.h"

#include <QComboBox>

namespace rowdesk {

QWidget *ColumnTypeDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(tr("Type of the column"));
    for (ColumnType type : allColumnTypes) {
        box->addItem(columnTypeLabel(type), int(type));
        box->setItemData(box->count() - 1, columnTypeSentence(type), Qt::ToolTipRole);
    }
    connect(box, &QComboBox::activated, this, [this, box] {
        auto *self = const_cast<ColumnTypeDelegate *>(this); // the editor's signals are not const
        emit self->commitData(box);
        emit self->closeEditor(box);
    });
    // A click or F2 means "let me choose": no second click to open the list.
    QMetaObject::invokeMethod(box, &QComboBox::showPopup, Qt::QueuedConnection);
    return box;
}

void ColumnTypeDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
}

void ColumnTypeDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    model->setData(index, qobject_cast<QComboBox *>(editor)->currentData(), Qt::EditRole);
}

void ColumnTypeDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                              const QModelIndex &) const
{
    // A combo box is often a little taller than a table row: keep it whole and centred on the row.
    QRect area = option.rect;
    const int more = std::max(0, editor->sizeHint().height() - area.height());
    area.adjust(0, -more / 2, 0, more - more / 2);
    editor->setGeometry(area);
}

} // namespace rowdesk
