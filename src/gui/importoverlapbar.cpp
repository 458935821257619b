#include "gui/importoverlapbar.h"

#include "models/words.h"

#include <QMenu>
#include <QToolButton>

namespace rowdesk {

ImportOverlapBar::ImportOverlapBar(QWidget *parent) : SettingsBar(parent)
{
    m_key = addPart(tr("Rows that are already there"));
}

void ImportOverlapBar::show(const ImportSession &session)
{
    const QStringList columns = session.mapping().target().names();
    const bool append = session.target() == ImportSession::Target::Append;
    if (columns == m_columns && session.overlapKey() == m_chosen && append == m_append &&
        !m_key.button->text().isEmpty())
        return; // the menu may be open
    m_columns = columns;
    m_chosen = session.overlapKey();
    m_append = append;
    const bool whole = m_chosen.size() > 1 && m_chosen == m_columns;
    const QString reason = append ? tr("All rows of the table are read and compared with those of the file by the "
                                       "columns that are ticked. Nothing is sent.")
                                  : tr("The rows of the file are compared with each other by the columns that are "
                                       "ticked.");
    const QString off = append ? tr("Rows already there: not looked for") : tr("Repeated rows: not looked for");
    const QString on = append ? tr("Rows already there: looked for by %1") : tr("Repeated rows: looked for by %1");
    fill(m_key,
         m_chosen.isEmpty() ? off
                            : on.arg(whole ? tr("the whole row") : Words::oneLine(m_chosen, QStringLiteral(" + "), 30)),
         reason);
    choice(m_key, tr("Do not look"), m_chosen.isEmpty(), [this] { emit keyChosen({}); });
    choice(m_key, tr("By the whole row"), whole, [this] { emit keyChosen(m_columns); });
    m_key.menu->addSeparator();
    for (const QString &column : m_columns) {
        const bool isPart = !whole && m_chosen.contains(column);
        choice(m_key, tr("By %1").arg(Words::oneLine(column, 40)), isPart, [this, column, whole, isPart] {
            QStringList key;
            for (const QString &other : m_columns) {
                const bool before = !whole && m_chosen.contains(other);
                if (other == column ? !isPart : before)
                    key.append(other);
            }
            emit keyChosen(key);
        });
    }
}

} // namespace rowdesk
