#include "gui/gonetab.h"

#include "gui/emptystate.h"
#include "gui/icons.h"
#include "models/words.h"

#include <QAction>
#include <QBoxLayout>

namespace rowdesk {

GoneTab::GoneTab(OpenTab tab, QWidget *parent) : QWidget(parent), m_tab(std::move(tab))
{
    auto *state = new EmptyState;
    state->setText(tr("%1 is gone").arg(Words::oneLine(m_tab.name)),
                   tr("The account's list has no dataset with the id %1 any more: it was deleted, or is no longer "
                      "shared with you.")
                       .arg(Words::oneLine(m_tab.datasetId)));
    auto *close = new QAction(icon(Icon::Close), tr("Close this tab"), this);
    connect(close, &QAction::triggered, this, &GoneTab::closeWanted);
    state->addStateAction(close);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(state);
    setFocusProxy(state);
}

QString GoneTab::title() const
{
    return tr("%1 (gone)").arg(Words::oneLine(m_tab.name));
}

} // namespace rowdesk
