#pragma once

#include "core/result.h"
#include "core/schema.h"
#include "sandbox/jsonreader.h"

#include <QList>
#include <QVector>

#include <string>
#include <vector>

namespace rowdesk::sandbox {

/// Which rows an update or a delete means.
class RowFilter
{
public:
    /// Should this row be changed? Rows are asked about in order; with "first", only the first match is.
    bool takes(const QList<QByteArray> &cells);

private:
    friend class FilterReader;
    friend Result<RowFilter> readFilter(const Schema &schema, const JsonValue &body);

    /// One column that must hold one of these values (comparableCell).
    struct Test
    {
        int column;
        std::vector<std::string> values;
        bool holds(const QList<QByteArray> &cells) const;
    };
    /// Tests joined by and, or by or.
    struct Condition
    {
        std::vector<Test> tests;
        bool any = false;
    };
    std::vector<Condition> m_conditions; ///< all must hold
    bool m_firstOnly = false;
    bool m_taken = false;
};

/// Reads {"multiplerows","find":[{"column","value"}]} or {"multiple_rows","filter":{"condition":[{"columns":[{"name",
/// "comparator":"equals","values":[…]}],"operator"}]}}. Without a condition it is refused: nothing means no row, never
/// all of them. Left out, the number of rows is "first". Codes: InvalidFilter, UnknownColumn, InvalidValue.
Result<RowFilter> readFilter(const Schema &schema, const JsonValue &body);

} // namespace rowdesk::sandbox
