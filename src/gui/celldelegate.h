#pragma once

#include <QStyledItemDelegate>

namespace rowdesk {

class TableFind;

/// Draws cells of a TableModel: no value, empty text, blanks and nested values each look different, by their words and
/// by a slant, never by colour alone. Cells that hold the text to find are underlined on a tinted ground.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// What to mark; outlives the delegate.
    void setFind(const TableFind *find) { m_find = find; }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const TableFind *m_find = nullptr;
};

} // namespace rowdesk
