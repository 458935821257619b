#include "gui/menus.h"

#include "gui/actions.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace rowdesk {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Menus", text);
}

} // namespace

QMenu *addMenus(QMenuBar *bar, const Actions &actions)
{
    QMenu *file = bar->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&File")));
    file->addActions({actions.newTable, actions.importFile, actions.exportRows});
    file->addSeparator();
    file->addActions({actions.closeTab, actions.quit});
    QMenu *edit = bar->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&Edit")));
    edit->addActions({actions.copy, actions.copyWithHeaders, actions.selectAll});
    edit->addSeparator();
    edit->addActions({actions.find, actions.findNext, actions.findPrevious});
    QMenu *view = bar->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&View")));
    view->addActions({actions.showDatasets, actions.showUploads});
    view->addSeparator();
    view->addActions({actions.addFilter, actions.clearFilters, actions.savedViews, actions.columnMenu,
                      actions.valuePanel, actions.recordPanel});
    view->addSeparator();
    view->addActions({actions.reload, actions.back});
    QMenu *dataset = bar->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&Dataset")));
    dataset->addActions(
        {actions.openDataset, actions.openVersions, actions.whatChanged, actions.compare, actions.importInto});
    dataset->addSeparator();
    dataset->addAction(actions.copyId);
    QMenu *account = bar->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&Account")));
    account->addActions({actions.signIn, actions.sampleData, actions.signOut});
    account->addSeparator();
    QMenu *remove = account->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&Remove account")));
    QMenu *help = bar->addMenu(words(QT_TRANSLATE_NOOP("Menus", "&Help")));
    help->addActions({actions.help, actions.requests, actions.loseAnswer, actions.about});
    return remove;
}

} // namespace rowdesk
