#include "gui/actions.h"

#include "gui/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>

namespace rowdesk {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

} // namespace

Actions::Actions(QObject *owner)
{
    const auto make = [owner](const char *text, Icon picture, const QKeySequence &key = {}) {
        auto *action = new QAction(icon(picture), words(text), owner);
        action->setShortcut(key);
        return action;
    };
    const auto plain = [owner](const char *text, const QKeySequence &key = {}) {
        auto *action = new QAction(words(text), owner);
        action->setShortcut(key);
        return action;
    };
    newTable = make(QT_TRANSLATE_NOOP("Actions", "&New table…"), Icon::NewTable, QKeySequence::New);
    importFile = make(QT_TRANSLATE_NOOP("Actions", "&Import file…"), Icon::Import, Qt::CTRL | Qt::Key_I);
    exportRows = make(QT_TRANSLATE_NOOP("Actions", "&Export…"), Icon::File, Qt::CTRL | Qt::Key_E);
    closeTab = make(QT_TRANSLATE_NOOP("Actions", "&Close tab"), Icon::Close, Qt::CTRL | Qt::Key_W);
    quit = make(QT_TRANSLATE_NOOP("Actions", "&Quit"), Icon::Quit, Qt::CTRL | Qt::Key_Q);

    copy = make(QT_TRANSLATE_NOOP("Actions", "&Copy"), Icon::Copy, QKeySequence::Copy);
    copyWithHeaders = plain(QT_TRANSLATE_NOOP("Actions", "Copy with &headers"), Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    selectAll = plain(QT_TRANSLATE_NOOP("Actions", "Select &all"), QKeySequence::SelectAll);
    find = make(QT_TRANSLATE_NOOP("Actions", "&Find"), Icon::Search, QKeySequence::Find);

    findNext = plain(QT_TRANSLATE_NOOP("Actions", "Find &next"), Qt::Key_F3);
    findPrevious = plain(QT_TRANSLATE_NOOP("Actions", "Find &previous"), Qt::SHIFT | Qt::Key_F3);
    addFilter = plain(QT_TRANSLATE_NOOP("Actions", "&Filter the rows…"), Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    clearFilters = plain(QT_TRANSLATE_NOOP("Actions", "Clear &all filters"));
    columnMenu = plain(QT_TRANSLATE_NOOP("Actions", "&Column menu"), Qt::ALT | Qt::Key_Down);
    valuePanel = plain(QT_TRANSLATE_NOOP("Actions", "&Value panel"), Qt::Key_F4);
    recordPanel = plain(QT_TRANSLATE_NOOP("Actions", "&Record panel"), Qt::Key_F6);
    savedViews = plain(QT_TRANSLATE_NOOP("Actions", "Saved v&iews"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);

    showDatasets = make(QT_TRANSLATE_NOOP("Actions", "&Datasets"), Icon::Dataset, Qt::CTRL | Qt::Key_1);
    showUploads = make(QT_TRANSLATE_NOOP("Actions", "&Uploads"), Icon::Upload, Qt::CTRL | Qt::Key_2);
    reload = make(QT_TRANSLATE_NOOP("Actions", "&Reload"), Icon::Reload, Qt::Key_F5);
    back = make(QT_TRANSLATE_NOOP("Actions", "&Back to the list"), Icon::Back, Qt::Key_Escape);

    openDataset = make(QT_TRANSLATE_NOOP("Actions", "&Open"), Icon::Open, Qt::CTRL | Qt::Key_O);
    openVersions =
        make(QT_TRANSLATE_NOOP("Actions", "Open &versions"), Icon::History, Qt::CTRL | Qt::SHIFT | Qt::Key_V);
    importInto =
        make(QT_TRANSLATE_NOOP("Actions", "I&mport into this table…"), Icon::Import, Qt::CTRL | Qt::SHIFT | Qt::Key_I);
    compare = make(QT_TRANSLATE_NOOP("Actions", "Co&mpare…"), Icon::History, Qt::CTRL | Qt::Key_D);
    whatChanged = make(QT_TRANSLATE_NOOP("Actions", "What changed since last &week"), Icon::History,
                       Qt::CTRL | Qt::SHIFT | Qt::Key_D);
    copyId = make(QT_TRANSLATE_NOOP("Actions", "Copy &id"), Icon::Copy);

    sampleData = make(QT_TRANSLATE_NOOP("Actions", "Try with &sample data"), Icon::Sample);
    signIn = make(QT_TRANSLATE_NOOP("Actions", "Sign &in to ClicData…"), Icon::SignIn);
    signOut = make(QT_TRANSLATE_NOOP("Actions", "Sign &out"), Icon::SignOut);
    help = plain(QT_TRANSLATE_NOOP("Actions", "&Help"), Qt::Key_F1);
    requests = plain(QT_TRANSLATE_NOOP("Actions", "&Requests…"));
    loseAnswer = plain(QT_TRANSLATE_NOOP("Actions", "Sample data: &lose the next upload's answer"));
    loseAnswer->setVisible(false);
    about = make(QT_TRANSLATE_NOOP("Actions", "&About Rowdesk"), Icon::Info);

    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
    showDatasets->setCheckable(true);
    showUploads->setCheckable(true);
}

} // namespace rowdesk
