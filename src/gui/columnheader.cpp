#include "gui/columnheader.h"

#include "gui/look.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionHeader>

namespace rowdesk {

namespace {

/// ⁰ … ⁹: which of several columns to sort by this is.
QString raised(int number)
{
    static constexpr char16_t digits[] = u"⁰¹²³⁴⁵⁶⁷⁸⁹";
    QString text;
    for (const QChar c : QString::number(number))
        text += QChar(digits[c.digitValue()]);
    return text;
}

QString letterOf(ColumnContent content)
{
    switch (content) {
    case ColumnContent::Numbers:
        return QStringLiteral("#");
    case ColumnContent::Bools:
        return QStringLiteral("✓");
    case ColumnContent::Text:
        return QStringLiteral("T");
    case ColumnContent::Mixed:
        return QStringLiteral("≈");
    case ColumnContent::Nothing:
        return QStringLiteral("∅");
    case ColumnContent::Days:
    case ColumnContent::Moments:
        break;
    }
    return {};
}

void drawCalendar(QPainter &painter, const QRectF &area, bool withHand)
{
    const QRectF sheet = area.adjusted(1.5, 2.5, -1.5, -1.5);
    painter.drawRect(sheet);
    painter.drawLine(QPointF(sheet.left(), sheet.top() + 3), QPointF(sheet.right(), sheet.top() + 3));
    if (withHand) {
        const QPointF middle(sheet.center().x(), sheet.center().y() + 1.5);
        painter.drawLine(middle, middle - QPointF(0, 3));
        painter.drawLine(middle, middle + QPointF(2.5, 0));
    }
}

} // namespace

ColumnHeader::ColumnHeader(TableQuery *query, QWidget *parent) : QHeaderView(Qt::Horizontal, parent), m_query(query)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setToolTip(tr("Click to sort, Shift+click to sort by a further column, Ctrl+click to select the column"));
    connect(this, &QHeaderView::sectionClicked, this, &ColumnHeader::clicked);
    connect(query, &TableQuery::changed, viewport(), qOverload<>(&QWidget::update));
}

void ColumnHeader::setSelectionModel(QItemSelectionModel *selection)
{
    if (selection->parent() == this) // its own, that stays empty
        QHeaderView::setSelectionModel(selection);
}

void ColumnHeader::mousePressEvent(QMouseEvent *event)
{
    m_modifiers = event->modifiers();
    QHeaderView::mousePressEvent(event);
}

void ColumnHeader::clicked(int column)
{
    if (m_modifiers.testFlag(Qt::ControlModifier))
        emit selectWanted(column);
    else
        m_query->toggleSort(column, m_modifiers.testFlag(Qt::ShiftModifier));
}

void ColumnHeader::contextMenuEvent(QContextMenuEvent *event)
{
    const int column = logicalIndexAt(event->pos());
    if (column >= 0)
        emit menuWanted(column, event->globalPos());
}

QIcon ColumnHeader::glyph(int column) const
{
    const auto content =
        static_cast<ColumnContent>(model()->headerData(column, Qt::Horizontal, TableModel::ContentRole).toInt());
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    QPixmap picture(QSize(side, side) * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.setPen(look::quietText(palette()));
    const QRectF area(0, 0, side, side);
    const QString letter = letterOf(content);
    if (letter.isEmpty()) {
        drawCalendar(painter, area, content == ColumnContent::Moments);
    } else {
        painter.setFont(font());
        painter.drawText(area, Qt::AlignCenter, letter);
    }
    return QIcon(picture);
}

void ColumnHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int column) const
{
    QHeaderView::initStyleOptionForIndex(option, column);
    option->icon = glyph(column);
    option->iconAlignment = Qt::AlignVCenter;
    const int place = m_query->orderOf(column);
    if (place < 0)
        return;
    option->sortIndicator =
        m_query->orders()[place].descending ? QStyleOptionHeader::SortDown : QStyleOptionHeader::SortUp;
    if (m_query->orders().size() > 1)
        option->text += u' ' + raised(place + 1);
}

/// Leaves room for the glyph and the mark of sorting, so that a name is not cut once it is clicked on.
QSize ColumnHeader::sectionSizeFromContents(int column) const
{
    const QSize size = QHeaderView::sectionSizeFromContents(column);
    const int mark = style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, this);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    return {size.width() + side + mark + 2 * look::near, size.height()};
}

} // namespace rowdesk
