#pragma once

class QAction;
class QObject;

namespace rowdesk {

/// Every action of the main window, made once, with its words, picture and standard key. Menus, buttons and context
/// menus show the same objects, so a thing has one name, one key and one state everywhere.
struct Actions
{
    explicit Actions(QObject *owner);

    // File
    QAction *newTable;
    QAction *importFile;
    QAction *exportRows;
    QAction *closeTab;
    QAction *quit;
    // Edit
    QAction *copy;
    QAction *copyWithHeaders;
    QAction *selectAll;
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    // The open rows
    QAction *addFilter;
    QAction *clearFilters;
    QAction *columnMenu;
    QAction *valuePanel;
    QAction *recordPanel;
    QAction *savedViews;
    // View
    QAction *showDatasets;
    QAction *showUploads;
    QAction *reload;
    QAction *back;
    // Dataset
    QAction *openDataset;
    QAction *openVersions;
    QAction *importInto;
    QAction *whatChanged;
    QAction *compare;
    QAction *copyId;
    // Account
    QAction *sampleData;
    QAction *signIn;
    QAction *signOut;
    // Help
    QAction *help;
    QAction *requests;
    QAction *loseAnswer; ///< hidden unless the sample data is open
    QAction *about;
};

} // namespace rowdesk
