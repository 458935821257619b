#include "gui/look.h"

#include <QFontMetrics>
#include <QPalette>
#include <QWidget>

namespace rowdesk::look {

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
    const QColor text = palette.color(QPalette::WindowText);
    const QColor ground = palette.color(QPalette::Window);
    const auto mix = [](int a, int b) { return (3 * a + b) / 4; };
    return QColor(mix(text.red(), ground.red()), mix(text.green(), ground.green()), mix(text.blue(), ground.blue()));
}

int rowHeight(const QWidget *widget)
{
    return QFontMetrics(widget->font()).height() + near;
}

} // namespace rowdesk::look
