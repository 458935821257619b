#pragma once

class QUrl;

namespace rowdesk {

/// Hands an address to the desktop's browser; the only way out of the program to another one. Takes https, and http for
/// an address of this computer; false for anything else, and when there is no browser.
bool openInBrowser(const QUrl &url);

} // namespace rowdesk
