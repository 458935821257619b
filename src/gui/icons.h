#pragma once

#include <QIcon>

namespace rowdesk {

/// The program's own icons: strokes on a 24 × 24 grid in resources/icons, painted in the colour of the palette's text,
/// so that they are readable in light and dark and follow a change of theme at once.
enum class Icon {
    Dataset,
    NewTable,
    Import,
    Upload,
    Reload,
    Search,
    Close,
    Open,
    History,
    Copy,
    Retry,
    Check,
    Warning,
    Error,
    Account,
    SignIn,
    SignOut,
    Sample,
    File,
    Info,
    Quit,
    Back,
    More,
    Column,
    SignedIn,
    SignedOut
};

QIcon icon(Icon which);

/// The program's own mark, in its own colours.
QIcon programIcon();

} // namespace rowdesk
