#include "gui/columntypedelegate.h"

#include "core/columntype.h"

#include <QComboBox>
#include <QKeyEvent>

namespace rowdesk {

QWidget *ColumnTypeDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(tr("Type of the column"));
    for (ColumnType type : allColumnTypes) {
        box->addItem(columnTypeLabel(type), int(type));
        box->setItemData(box->count() - 1, columnTypeSentence(type), Qt::ToolTipRole);
    }
    auto *self = const_cast<ColumnTypeDelegate *>(this); // the editor's signals are not const
    connect(box, &QComboBox::activated, self, [self, box] { emit self->commitData(box); });
    // An arrow key on the closed list changes the type and stays. A choice in the open list ends; but not at once, the
    // list is still closing then and would take the focus, and with it every key.
    const auto end = [self, box] {
        if (!self->m_byKey)
            emit self->closeEditor(box);
    };
    connect(box, &QComboBox::activated, self, end, Qt::QueuedConnection);
    return box;
}

bool ColumnTypeDelegate::eventFilter(QObject *object, QEvent *event)
{
    auto *box = qobject_cast<QComboBox *>(object);
    const bool press = event->type() == QEvent::KeyPress;
    if (box && press)
        m_byKey = true;
    else if (box && event->type() == QEvent::FocusOut) // to the open list
        m_byKey = false;
    if (!box || (!press && event->type() != QEvent::ShortcutOverride))
        return QStyledItemDelegate::eventFilter(object, event);
    const auto *keys = static_cast<QKeyEvent *>(event);
    // Return accepts, whatever is underneath; the view's way would be to hand it on to the combo box, then to the
    // dialog.
    if (keys->key() == Qt::Key_Return || keys->key() == Qt::Key_Enter) {
        event->accept();
        if (press) {
            emit commitData(box);
            emit closeEditor(box);
        }
        return true;
    }
    return QStyledItemDelegate::eventFilter(object, event);
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
