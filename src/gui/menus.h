#pragma once

class QMenu;
class QMenuBar;

namespace rowdesk {

struct Actions;

/// Puts the main window's menus on the bar. Gives the menu "Remove account", whose entries are the window's to fill.
QMenu *addMenus(QMenuBar *bar, const Actions &actions);

} // namespace rowdesk
