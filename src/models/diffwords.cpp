#include "models/diffwords.h"

#include "files/diffreport.h"
#include "models/words.h"

#include <QLocale>

namespace rowdesk {
namespace {

QString number(size_t count)
{
    return Words::number(static_cast<qint64>(count));
}

QString names(const QStringList &columns)
{
    QStringList shown;
    for (const QString &name : columns)
        shown.append(Words::oneLine(name));
    return shown.join(QStringLiteral(", "));
}

} // namespace

QString DiffWords::counts(const TableDiff &diff)
{
    return reconcilingLine(diff, QLocale());
}

QString DiffWords::added(const TableDiff &diff)
{
    return tr("+ %1 added").arg(number(diff.added.size()));
}

QString DiffWords::removed(const TableDiff &diff)
{
    return tr("\u2212 %1 removed").arg(number(diff.removed.size()));
}

QString DiffWords::changed(const TableDiff &diff)
{
    return tr("~ %1 changed").arg(number(diff.changed.size()));
}

QString DiffWords::same(const TableDiff &diff)
{
    return tr("%1 same").arg(Words::number(diff.unchanged));
}

QString DiffWords::evidence(const KeyCandidate &key)
{
    if (key.isUnique()) {
        return tr("%1: unique in both (%2 / %3), %4 in both tables")
            .arg(names(key.columns), Words::number(key.a.rows), Words::number(key.b.rows), Words::number(key.inBoth));
    }
    QStringList problems;
    if (key.a.repeatedRows + key.b.repeatedRows > 0) {
        problems.append(
            tr("%1 / %2 rows repeat a key").arg(Words::number(key.a.repeatedRows), Words::number(key.b.repeatedRows)));
    }
    if (key.a.blankRows + key.b.blankRows > 0) {
        problems.append(
            tr("%1 / %2 rows have none").arg(Words::number(key.a.blankRows), Words::number(key.b.blankRows)));
    }
    return tr("%1: %2").arg(names(key.columns), problems.join(QStringLiteral(", ")));
}

} // namespace rowdesk
