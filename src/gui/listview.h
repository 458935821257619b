#pragma once

class QTreeView;

namespace rowdesk {

/// Makes a tree view a list of things with columns: rows with air, one row current, no expanders.
void styleList(QTreeView *view);

} // namespace rowdesk
