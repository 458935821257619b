#include "gui/histogramview.h"

#include "gui/look.h"
#include "models/plaintooltip.h"
#include "models/profilewords.h"
#include "models/words.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace rowdesk {

HistogramView::HistogramView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize HistogramView::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 50, fontMetrics().height() * 8};
}

QSize HistogramView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, sizeHint().height()};
}

void HistogramView::setBins(std::vector<ColumnProfile::Bin> bins)
{
    m_bins = std::move(bins);
    m_most = 0;
    for (const ColumnProfile::Bin &bin : m_bins)
        m_most = std::max(m_most, bin.count);
    m_current = -1;
    setVisible(!m_bins.empty());
    QStringList all;
    for (int i = 0; i < int(m_bins.size()); ++i)
        all.append(wordsOf(i));
    setAccessibleName(tr("Distribution"));
    setAccessibleDescription(all.join(tr("; ")));
    update();
}

QString HistogramView::wordsOf(int bin) const
{
    const ColumnProfile::Bin &range = m_bins[static_cast<size_t>(bin)];
    return tr("%1: %2").arg(ProfileWords::range(range), Words::rows(range.count));
}

QRect HistogramView::plot() const
{
    const int line = fontMetrics().height();
    return rect().adjusted(0, line + look::hair, 0, -line - look::hair);
}

QRect HistogramView::bar(int bin) const
{
    const QRect area = plot();
    const int count = int(m_bins.size());
    const int left = area.left() + area.width() * bin / count;
    const int right = area.left() + area.width() * (bin + 1) / count - 1;
    const qint64 rows = m_bins[static_cast<size_t>(bin)].count;
    int height = int(double(area.height()) * double(rows) / double(std::max<qint64>(m_most, 1)));
    if (rows > 0)
        height = std::max(height, 2); // one row among a million is there to be seen
    return {left, area.bottom() + 1 - height, std::max(right - left, 1), height};
}

int HistogramView::binAt(int x) const
{
    const QRect area = plot();
    if (m_bins.empty() || x < area.left() || x > area.right())
        return -1;
    return std::min((x - area.left()) * int(m_bins.size()) / std::max(area.width(), 1), int(m_bins.size()) - 1);
}

void HistogramView::paintEvent(QPaintEvent *)
{
    if (m_bins.empty())
        return;
    QPainter painter(this);
    const QColor ink = palette().color(QPalette::Highlight);
    for (int i = 0; i < int(m_bins.size()); ++i) {
        QColor fill = ink;
        if (i != m_current)
            fill.setAlphaF(0.6f);
        painter.fillRect(bar(i), fill);
    }
    const QRect area = plot();
    painter.setPen(look::quietText(palette()));
    painter.drawLine(area.bottomLeft() + QPoint(0, 1), area.bottomRight() + QPoint(0, 1));
    const QRect below(0, area.bottom() + look::hair, width(), fontMetrics().height());
    painter.drawText(below, Qt::AlignLeft, ProfileWords::rounded(m_bins.front().from));
    painter.drawText(below, Qt::AlignRight, ProfileWords::rounded(m_bins.back().to));
    const QRect above(0, 0, width(), fontMetrics().height());
    painter.drawText(above, Qt::AlignLeft,
                     m_current >= 0 ? wordsOf(m_current) : tr("up to %1 a bar").arg(Words::rows(m_most)));
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void HistogramView::setCurrent(int bin)
{
    if (bin == m_current)
        return;
    m_current = bin;
    update();
    if (bin >= 0 && hasFocus()) {
        setAccessibleName(wordsOf(bin));
        QAccessibleEvent changed(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

bool HistogramView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int bin = binAt(help->pos().x());
        QToolTip::showText(help->globalPos(), bin < 0 ? QString() : plainToolTip(wordsOf(bin)), this);
        return true;
    }
    return QWidget::event(event);
}

void HistogramView::mouseMoveEvent(QMouseEvent *event)
{
    setCurrent(binAt(event->pos().x()));
}

void HistogramView::mouseReleaseEvent(QMouseEvent *event)
{
    const int bin = binAt(event->pos().x());
    if (event->button() == Qt::LeftButton && bin >= 0)
        emit binChosen(bin);
}

void HistogramView::leaveEvent(QEvent *event)
{
    if (!hasFocus())
        setCurrent(-1);
    QWidget::leaveEvent(event);
}

void HistogramView::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_bins.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return setCurrent(std::max(m_current - 1, 0));
    case Qt::Key_Right:
        return setCurrent(std::min(m_current + 1, last));
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0)
            emit binChosen(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace rowdesk
