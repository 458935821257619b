#pragma once

#include <QCoreApplication>
#include <QSet>
#include <QStringList>

namespace rowdesk {

/// Decides whether a new table may have a name. Names that differ in nothing but case or outer spaces clash.
class TableNameCheck
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::TableNameCheck)
public:
    explicit TableNameCheck(const QStringList &taken = {});

    /// One sentence that says what is wrong; empty when the name may be used.
    QString problem(const QString &name) const;
    /// `wish`, or "wish 2", "wish 3", … : the first that is free.
    QString freeName(const QString &wish) const;

private:
    bool isTaken(const QString &name) const;

    QSet<QString> m_taken; ///< trimmed and case-folded
};

} // namespace rowdesk
