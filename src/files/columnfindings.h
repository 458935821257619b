#pragma once

#include "files/columnrule.h"

#include <QStringList>
#include <QVector>

namespace rowdesk {

/// What only a person can answer about a column, because the file does not decide it.
enum class ColumnQuestion {
    None,
    DateOrder,  ///< is 03/04/2025 in March or in April?
    ShortYears, ///< is 2/3/24 in 1924 or in 2024, and which number is the day?
    DecimalMark ///< is 173,900 a little more than 173, or a lot?
};

/// A cell that is no value of the type found for its column.
struct ColumnProblem
{
    qint64 line = 0; ///< where its row begins in the file: line (CSV) or row (spreadsheet), from 1
    QString value;   ///< the first 100 characters
    QString reason;  ///< one sentence
};

/// What the whole file says about one column.
struct ColumnFindings
{
    QString name;
    bool hasName = true; ///< false: the file has a header, and this column has no name in it
    ColumnRule rule;     ///< the suggestion; Text as long as a question is open
    QString reason;      ///< one sentence with counts: why this type
    QStringList notes;   ///< further sentences that a person should see

    ColumnQuestion question = ColumnQuestion::None;
    QString questionText;
    qint64 questionLine = 0;    ///< where the first of these values is
    QStringList questionValues; ///< some of the values that it is about
    ColumnRule ruleIfAnswered;  ///< `rule`, with the type that it will have; only the answer is missing

    qint64 values = 0;     ///< cells that have a value: neither null nor empty nor one of the null words
    qint64 nulls = 0;      ///< cells without anything
    qint64 emptyTexts = 0; ///< "" in quotes
    qint64 nullWords = 0;  ///< NULL, NA, - and the like, read as no value when the type is not text
    qint64 percents = 0;   ///< values with a percent sign
    qint64 longest = 0;    ///< bytes of UTF-8 of the longest value

    qint64 unreadable = 0; ///< spreadsheet cells with an error, or a formula without a stored result

    qint64 problemCount = 0;         ///< values that don't fit `rule`, with the unreadable cells
    QVector<ColumnProblem> problems; ///< the first of them
};

} // namespace rowdesk
