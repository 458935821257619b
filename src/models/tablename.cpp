#include "models/tablename.h"

#include "models/words.h"

#include <algorithm>

namespace rowdesk {
namespace {

constexpr int longestName = 128; // our own limit, the same as for columns; the API documents none

} // namespace

TableNameCheck::TableNameCheck(const QStringList &taken)
{
    for (const QString &name : taken)
        m_taken.insert(name.trimmed().toCaseFolded());
}

bool TableNameCheck::isTaken(const QString &name) const
{
    return m_taken.contains(name.trimmed().toCaseFolded());
}

QString TableNameCheck::problem(const QString &name) const
{
    if (name.trimmed().isEmpty())
        return tr("Give the table a name.");
    if (name.trimmed().size() > longestName)
        return tr("The name of the table is longer than %1 characters.").arg(longestName);
    if (std::any_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
        return tr("The name of the table holds a line break or another control character.");
    if (isTaken(name))
        return tr("The account has a dataset named “%1” already.").arg(Words::oneLine(name.trimmed()));
    return {};
}

QString TableNameCheck::freeName(const QString &wish) const
{
    QString name = wish;
    for (int n = 2; isTaken(name); ++n)
        name = wish + u' ' + QString::number(n);
    return name;
}

} // namespace rowdesk
