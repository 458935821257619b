#pragma once

#include <QStyledItemDelegate>

namespace rowdesk {

/// Draws cells of a DiffModel: added and removed rows and changed cells on a ground of their own, mixed from the
/// palette so that the text stays readable in light and dark. The words and glyphs are the model's: colour only helps.
class DiffDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace rowdesk
