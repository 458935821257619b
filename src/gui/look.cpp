#include "gui/look.h"

#include <QApplication>
#include <QFontMetrics>
#include <QPalette>
#include <QWidget>

#include <cmath>

namespace rowdesk::look {
namespace {

QColor quiet(const QColor &text, const QColor &ground)
{
    const auto mix = [](int a, int b) { return (3 * a + b) / 4; };
    return QColor(mix(text.red(), ground.red()), mix(text.green(), ground.green()), mix(text.blue(), ground.blue()));
}

} // namespace

QFont titleFont(const QWidget *widget)
{
    QFont font = widget->font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 1.3);
    else
        font.setPixelSize(qRound(font.pixelSize() * 1.3));
    font.setWeight(QFont::DemiBold);
    return font;
}

QColor quietText(const QPalette &palette)
{
    return quiet(palette.color(QPalette::WindowText), palette.color(QPalette::Window));
}

void repairPlaceholders()
{
    QPalette palette = QApplication::palette(); // knows which roles were set by hand: the others follow the desktop
    const QColor ground = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::PlaceholderText);
    const qreal seen = text.alphaF() * std::abs(text.lightnessF() - ground.lightnessF());
    if (seen >= 0.25)
        return;
    palette.setColor(QPalette::PlaceholderText, quiet(palette.color(QPalette::Text), ground));
    QApplication::setPalette(palette);
}

int rowHeight(const QWidget *widget)
{
    return QFontMetrics(widget->font()).height() + near;
}

} // namespace rowdesk::look
