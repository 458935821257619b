#include "gui/icons.h"

#include <QBuffer>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QPixmapCache>

#include <utility>

// The resources are linked into a static library; the linker keeps them only when they are named.
static void keepResources()
{
    Q_INIT_RESOURCE(rowdesk);
}

namespace rowdesk {

namespace {

QString fileOf(Icon which)
{
    const char *name = "";
    switch (which) {
    case Icon::Dataset:
        name = "dataset";
        break;
    case Icon::NewTable:
        name = "newtable";
        break;
    case Icon::Import:
        name = "import";
        break;
    case Icon::Upload:
        name = "upload";
        break;
    case Icon::Reload:
        name = "reload";
        break;
    case Icon::Search:
        name = "search";
        break;
    case Icon::Close:
        name = "close";
        break;
    case Icon::Open:
        name = "open";
        break;
    case Icon::History:
        name = "history";
        break;
    case Icon::Copy:
        name = "copy";
        break;
    case Icon::Retry:
        name = "retry";
        break;
    case Icon::Check:
        name = "check";
        break;
    case Icon::Warning:
        name = "warning";
        break;
    case Icon::Error:
        name = "error";
        break;
    case Icon::Account:
        name = "account";
        break;
    case Icon::SignIn:
        name = "signin";
        break;
    case Icon::SignOut:
        name = "signout";
        break;
    case Icon::Sample:
        name = "sample";
        break;
    case Icon::File:
        name = "file";
        break;
    case Icon::Info:
        name = "info";
        break;
    case Icon::Quit:
        name = "quit";
        break;
    case Icon::Back:
        name = "back";
        break;
    case Icon::More:
        name = "more";
        break;
    case Icon::SignedIn:
        name = "signedin";
        break;
    case Icon::SignedOut:
        name = "signedout";
        break;
    case Icon::Column:
        name = "column";
        break;
    }
    return QStringLiteral(":/rowdesk/icons/%1.svg").arg(QLatin1String(name));
}

QColor strokeColor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    return palette.color(mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::WindowText);
}

/// Draws an SVG whose strokes are "currentColor" in the colour that the palette has at the time of painting.
class StrokeEngine : public QIconEngine
{
public:
    explicit StrokeEngine(QString file) : m_file(std::move(file)) {}

    QIconEngine *clone() const override { return new StrokeEngine(m_file); }
    QString key() const override { return QStringLiteral("rowdesk-stroke"); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor color = strokeColor(mode);
        const QString cacheKey = QStringLiteral("rowdesk:%1:%2:%3").arg(m_file, color.name()).arg(size.width());
        QPixmap pixmap;
        if (!QPixmapCache::find(cacheKey, &pixmap)) {
            pixmap = render(size, color);
            QPixmapCache::insert(cacheKey, pixmap);
        }
        return pixmap;
    }

    /// `size` is in device pixels here.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        QPixmap scaled = pixmap(size, mode, state);
        scaled.setDevicePixelRatio(scale);
        return scaled;
    }

private:
    QPixmap render(const QSize &size, const QColor &color) const
    {
        QFile file(m_file);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QByteArray svg = file.readAll().replace("currentColor", color.name().toLatin1());
        QBuffer buffer(&svg);
        QImageReader reader(&buffer, "svg");
        const int side = qMin(size.width(), size.height());
        reader.setScaledSize(QSize(side, side));
        return QPixmap::fromImage(reader.read());
    }

    QString m_file;
};

} // namespace

QIcon icon(Icon which)
{
    keepResources();
    return QIcon(new StrokeEngine(fileOf(which)));
}

QIcon programIcon()
{
    keepResources();
    return QIcon(QStringLiteral(":/rowdesk/icons/rowdesk.svg"));
}

} // namespace rowdesk
