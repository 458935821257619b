#pragma once

#include <QStyledItemDelegate>

namespace rowdesk {

/// Draws cells of a TableModel: no value, empty text, blanks and nested values each look different, by their words and
/// by a slant, never by colour alone.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace rowdesk
