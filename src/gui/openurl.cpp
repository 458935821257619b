#include "gui/openurl.h"

#include <QDesktopServices>
#include <QHostAddress>
#include <QUrl>

namespace rowdesk {

bool openInBrowser(const QUrl &url)
{
    const bool isLocal = url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
    const bool isSafe = url.scheme() == QLatin1String("https") || (url.scheme() == QLatin1String("http") && isLocal);
    return url.isValid() && !url.host().isEmpty() && isSafe && QDesktopServices::openUrl(url);
}

} // namespace rowdesk
