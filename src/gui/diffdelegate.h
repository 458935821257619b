#pragma once

#include <QStyledItemDelegate>

class QTextLayout;

namespace rowdesk {

/// Draws cells of a DiffModel: what changed, was added and removed stands on a tinted ground, beside the words and
/// signs that say so. In a changed text the characters that went are struck out and those that came underlined.
class DiffDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace rowdesk
