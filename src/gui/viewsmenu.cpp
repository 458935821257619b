#include "gui/viewsmenu.h"

#include "gui/columnarrangement.h"
#include "models/plaintooltip.h"
#include "models/words.h"

#include <QInputDialog>

#include <algorithm>

namespace rowdesk {

namespace {

QString shortName(const QString &name)
{
    return withoutMnemonic(Words::oneLine(name, 40));
}

} // namespace

ViewsMenu::ViewsMenu(TableQuery *query, ColumnArrangement *columns, QWidget *parent)
    : QMenu(parent), m_query(query), m_columns(columns)
{
    connect(this, &QMenu::aboutToShow, this, &ViewsMenu::fill);
}

void ViewsMenu::setViews(const QVector<SavedView> &views)
{
    m_views = views;
}

int ViewsMenu::current() const
{
    for (int i = 0; i < m_views.size(); ++i) {
        if (m_views[i].question == m_query->question() && m_views[i].layout == m_columns->layout())
            return i;
    }
    return -1;
}

void ViewsMenu::fill()
{
    clear();
    const int shown = current();
    int changed = -1; // a view that was chosen and is not what is looked at any more
    for (int i = 0; i < m_views.size(); ++i) {
        QAction *view = addAction(shortName(m_views[i].name), this, [this, i] { use(i); });
        view->setCheckable(true);
        view->setChecked(i == shown);
        if (shown < 0 && m_views[i].name == m_used)
            changed = i;
    }
    if (m_views.isEmpty())
        addAction(tr("No view is saved for this table"))->setEnabled(false);
    addSeparator();
    if (changed >= 0)
        addAction(tr("&Update “%1”").arg(shortName(m_used)), this, [this] { save(m_used); });
    addAction(tr("&Save this view…"), this, &ViewsMenu::askForName);
    const int removable = std::max(shown, changed);
    if (removable >= 0)
        addAction(tr("&Delete “%1”").arg(shortName(m_views[removable].name)), this,
                  [this, removable] { remove(removable); });
    addAction(tr("&All rows and columns as they came"), this, &ViewsMenu::useNone);
}

void ViewsMenu::askForName()
{
    auto *dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this view"));
    dialog->setLabelText(tr("Filters, sorting and columns are kept for this table under the name:"));
    dialog->setTextValue(m_used);
    dialog->setOkButtonText(tr("Save"));
    connect(dialog, &QInputDialog::textValueSelected, this, &ViewsMenu::save);
    dialog->open();
}

void ViewsMenu::use(int view)
{
    m_used = m_views[view].name;
    m_columns->set(m_views[view].layout);
    m_query->setQuestion(m_views[view].question);
    emit m_columns->chosen();
}

void ViewsMenu::useNone()
{
    m_used.clear();
    m_columns->reset();
    m_query->setQuestion({});
}

void ViewsMenu::save(const QString &name)
{
    m_used = name.trimmed();
    if (m_used.isEmpty())
        return;
    const SavedView view{m_used, m_query->question(), m_columns->layout()};
    const auto known = std::ranges::find(m_views, m_used, &SavedView::name);
    if (known == m_views.end())
        m_views.append(view);
    else
        *known = view;
    emit viewsChanged();
}

void ViewsMenu::remove(int view)
{
    m_views.removeAt(view);
    m_used.clear();
    emit viewsChanged();
}

} // namespace rowdesk
