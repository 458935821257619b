#pragma once

#include "core/rowbatch.h"
#include "files/columnfindings.h"

#include <QCoreApplication>

#include <optional>

namespace rowdesk {

/// One way to read a column, with what it makes of a value of the file.
struct RuleChoice
{
    QString label; ///< "03/04/2025 → 3 April 2025"
    ColumnRule rule;
};

/// What a person has to decide about a column, with the answers there are.
struct RuleQuestion
{
    QString text;
    QVector<RuleChoice> choices;
};

/// From what the file says about a column to the rule it is sent with, and what a person sees of it.
class ColumnRules
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::ColumnRules)
public:
    /// The rule for sending the column as `type`, with whatever the findings say about marks and the order of dates.
    static ColumnRule forType(const ColumnFindings &findings, ColumnType type);

    /// What is open about the column when it is sent as `type`; empty when nothing is. `mayBeText` adds the answer that
    /// keeps the column as text.
    static std::optional<RuleQuestion> question(const ColumnFindings &findings, ColumnType type, bool mayBeText);

    /// "31.10.2025 → 31 October 2025"; the value alone when nothing happens to it; what is wrong when it doesn't fit.
    static QString reading(const CellView &cell, const ColumnRule &rule);

    static bool isTextual(ColumnType type);

private:
    static QString shownValue(const std::string &literal, ColumnType type);
    static QVector<RuleChoice> dateChoices(const ColumnFindings &findings, ColumnRule rule);
    static QVector<RuleChoice> numberChoices(const ColumnFindings &findings, ColumnRule rule);
};

} // namespace rowdesk
