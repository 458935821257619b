#include "gui/rowsovertime.h"

#include "gui/look.h"
#include "models/plaintooltip.h"
#include "models/words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace rowdesk {

namespace {

constexpr double ring = 4; ///< radius of the mark around what stands out, in pixels

} // namespace

RowsOverTime::RowsOverTime(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize RowsOverTime::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 32, fontMetrics().height() * 2};
}

void RowsOverTime::setCounts(QVector<VersionListModel::Count> counts)
{
    m_counts = std::move(counts);
    m_current = -1;
    setVisible(m_counts.size() > 1);
    setAccessibleName(tr("Rows over time"));
    QStringList all;
    for (int i = 0; i < m_counts.size(); ++i)
        all.append(wordsOf(i));
    setAccessibleDescription(all.join(tr("; ")));
    update();
}

QString RowsOverTime::wordsOf(int index) const
{
    const VersionListModel::Count &count = m_counts.at(index);
    return count.jump.isEmpty() ? Words::rows(count.rows) : tr("%1, %2").arg(Words::rows(count.rows), count.jump);
}

/// From no rows at the bottom to the most at the top, so that a small change looks small.
QPointF RowsOverTime::place(int index) const
{
    const auto most = std::max_element(m_counts.begin(), m_counts.end(),
                                       [](const auto &x, const auto &y) { return x.rows < y.rows; });
    const QRectF area = QRectF(rect()).adjusted(ring + 1, ring + 1, -ring - 1, -ring - 1);
    const double share = most->rows == 0 ? 0 : double(m_counts.at(index).rows) / double(most->rows);
    return {area.left() + area.width() * index / double(m_counts.size() - 1), area.bottom() - area.height() * share};
}

int RowsOverTime::indexAt(double x) const
{
    int best = -1;
    for (int i = 0; i < m_counts.size(); ++i) {
        if (best < 0 || std::abs(place(i).x() - x) < std::abs(place(best).x() - x))
            best = i;
    }
    return best;
}

void RowsOverTime::paintEvent(QPaintEvent *)
{
    if (m_counts.size() < 2)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath line(place(0));
    for (int i = 1; i < m_counts.size(); ++i)
        line.lineTo(place(i));
    QPainterPath area = line;
    area.lineTo(place(int(m_counts.size()) - 1).x(), height());
    area.lineTo(place(0).x(), height());
    QColor tint = palette().color(QPalette::Highlight);
    tint.setAlpha(50);
    painter.fillPath(area, tint);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawPath(line);
    for (int i = 0; i < m_counts.size(); ++i) {
        if (!m_counts.at(i).jump.isEmpty()) {
            painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
            painter.setBrush(palette().color(QPalette::Base));
            painter.drawEllipse(place(i), ring, ring);
        }
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
        if (m_current >= 0)
            painter.drawEllipse(place(m_current), ring, ring);
    }
}

bool RowsOverTime::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_counts.size() > 1) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), plainToolTip(wordsOf(indexAt(help->pos().x()))), this);
        return true;
    }
    return QWidget::event(event);
}

void RowsOverTime::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_counts.size() < 2)
        return;
    m_current = indexAt(event->position().x());
    emit rowChosen(m_counts.at(m_current).row);
}

void RowsOverTime::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_counts.size()) - 1;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        const int step = event->key() == Qt::Key_Left ? -1 : 1;
        m_current = m_current < 0 ? last : std::clamp(m_current + step, 0, last);
        update();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0) {
        emit rowChosen(m_counts.at(m_current).row);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace rowdesk
