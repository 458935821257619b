#pragma once

#include <QColor>
#include <QFont>

class QPalette;
class QWidget;

/// The one scale of spacing and type. Colours come from the palette, never from here.
namespace rowdesk::look {

inline constexpr int hair = 4;  ///< between a glyph and its word
inline constexpr int near = 8;  ///< between things that belong together
inline constexpr int gap = 12;  ///< between groups
inline constexpr int edge = 16; ///< from content to the edge of its page
inline constexpr int wide = 24; ///< around an empty state

/// The body font × 1.3, a little bolder: titles of pages and dialogs.
QFont titleFont(const QWidget *widget);

/// Text that steps back: the palette's text mixed with a quarter of its background, so contrast stays above 4.5:1.
QColor quietText(const QPalette &palette);

/// Some desktops name a dark palette but leave the colour of placeholder texts at black. Call once, after the
/// QApplication was made: a placeholder colour that can't be told from its field becomes the quiet text of the field.
void repairPlaceholders();

/// Height of a table row: the font's, with air.
int rowHeight(const QWidget *widget);

} // namespace rowdesk::look
