#include "gui/importtargetdelegate.h"

#include "models/mappingmodel.h"
#include "models/words.h"

#include <QComboBox>

namespace rowdesk {

QWidget *ImportTargetDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                            const QModelIndex &index) const
{
    const QStringList choices = index.data(MappingModel::ChoicesRole).toStringList();
    if (choices.isEmpty())
        return QStyledItemDelegate::createEditor(parent, option, index);
    auto *box = new QComboBox(parent);
    box->setAccessibleName(tr("Column of the table"));
    box->addItem(tr("left out"), QString());
    for (const QString &name : choices)
        box->addItem(Words::oneLine(name, 80), name);
    connect(box, &QComboBox::activated, this, [this, box] {
        auto *self = const_cast<ImportTargetDelegate *>(this); // the editor's signals are not const
        emit self->commitData(box);
        emit self->closeEditor(box);
    });
    // A click or F2 means "let me choose": no second click to open the list.
    QMetaObject::invokeMethod(box, &QComboBox::showPopup, Qt::QueuedConnection);
    return box;
}

void ImportTargetDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    if (!box)
        return QStyledItemDelegate::setEditorData(editor, index);
    box->setCurrentIndex(std::max(0, box->findData(index.data(Qt::EditRole))));
}

void ImportTargetDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *box = qobject_cast<QComboBox *>(editor))
        model->setData(index, box->currentData(), Qt::EditRole);
    else
        QStyledItemDelegate::setModelData(editor, model, index);
}

} // namespace rowdesk
