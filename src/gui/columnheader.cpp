#include "gui/columnheader.h"

#include "gui/look.h"
#include "models/columnqualities.h"
#include "models/plaintooltip.h"
#include "models/tablemodel.h"
#include "models/tablequery.h"
#include "models/words.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionHeader>
#include <QToolTip>

namespace rowdesk {

namespace {

constexpr int barHeight = 3; ///< of the bar that shows how well a column is filled

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

ColumnHeader::ColumnHeader(TableQuery *query, ColumnQualities *qualities, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent), m_query(query), m_qualities(qualities)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    connect(this, &QHeaderView::sectionClicked, this, &ColumnHeader::clicked);
    connect(query, &TableQuery::changed, viewport(), qOverload<>(&QWidget::update));
    connect(qualities, &ColumnQualities::changed, viewport(), qOverload<>(&QWidget::update));
}

QString ColumnHeader::toolTipOf(int column) const
{
    QStringList lines{
        Words::oneLine(model()->headerData(column, Qt::Horizontal, TableModel::ExactTextRole).toString(), 200)};
    if (const QString quality = m_qualities->words(column); !quality.isEmpty())
        lines.append(quality);
    lines.append(tr("Click to sort, Shift+click to sort by a further column, Ctrl+click to select the column"));
    return plainToolTip(lines.join(u'\n'));
}

bool ColumnHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int column = logicalIndexAt(help->pos());
    if (column >= 0)
        QToolTip::showText(help->globalPos(), toolTipOf(column), this);
    return column >= 0;
}

void ColumnHeader::paintSection(QPainter *painter, const QRect &area, int column) const
{
    // The style may leave the painter's pen and clip changed.
    painter->save();
    QHeaderView::paintSection(painter, area, column);
    painter->restore();
    drawQuality(painter, area, column);
}

/// From the left: good values in the colour of what is chosen, values of another kind in that of text, and where
/// nothing is a thin line.
void ColumnHeader::drawQuality(QPainter *painter, const QRect &area, int column) const
{
    const ColumnQuality *quality = m_qualities->of(column);
    if (!quality || quality->rows == 0)
        return;
    const QRect bar(area.left() + 1, area.bottom() - barHeight, area.width() - 3, barHeight);
    const auto share = [&](qint64 rows) {
        const auto width = static_cast<int>(bar.width() * rows / quality->rows);
        return rows > 0 ? std::max(width, 2) : 0; // few are seen, too
    };
    const int empty = share(quality->empty);
    const int other = std::min(share(quality->other), bar.width() - empty);
    const int good = bar.width() - empty - other;
    painter->fillRect(bar.left(), bar.top(), good, barHeight, palette().color(QPalette::Highlight));
    painter->fillRect(bar.left() + good, bar.top(), other, barHeight, palette().color(QPalette::WindowText));
    painter->fillRect(bar.left() + good + other, bar.top() + barHeight - 1, empty, 1, look::quietText(palette()));
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

/// Leaves room for the glyph and the mark of sorting, so that a name is not cut once it is clicked on; and for the bar
/// below the name, with as much above, for names stand in the middle.
QSize ColumnHeader::sectionSizeFromContents(int column) const
{
    const QSize size = QHeaderView::sectionSizeFromContents(column);
    const int mark = style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, this);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    return {size.width() + side + mark + 2 * look::near, size.height() + 2 * barHeight};
}

} // namespace rowdesk
