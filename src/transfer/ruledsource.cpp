#include "transfer/ruledsource.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::RuledSource)
};

constexpr size_t longestShown = 80;

} // namespace

RuledSource::RuledSource(std::unique_ptr<RowSource> rows, const RowRules &rules)
    : m_rows(std::move(rows))
    , m_rules(rules)
    , m_converter(rules)
    , m_raw(static_cast<int>(m_rows->columnNames().size()))
    , m_values(static_cast<size_t>(m_raw.columnCount()))
{
    Q_ASSERT(rules.columns.size() == m_raw.columnCount());
}

Result<qsizetype> RuledSource::read(RowBatch &batch, qsizetype limit)
{
    qsizetype given = 0;
    while (given < limit) {
        if (m_next == m_raw.rowCount()) {
            m_raw.clear();
            m_next = 0;
            const Result<qsizetype> read = m_rows->read(m_raw, limit);
            if (!read)
                return read.error();
            if (*read == 0)
                return given;
        }
        bool taken = false;
        if (std::optional<ApiError> error = takeRow(m_next++, batch, taken))
            return *error;
        given += taken ? 1 : 0;
    }
    return given;
}

std::optional<ApiError> RuledSource::takeRow(qsizetype row, RowBatch &batch, bool &taken)
{
    const qsizetype place = m_place++;
    if (m_rules.overlap && m_rules.overlap->leavesOut(place, m_rules.overlapChoice, m_rules.misfits)) {
        ++m_leftOut;
        return std::nullopt;
    }
    for (int column = 0; column < m_raw.columnCount(); ++column) {
        Value &value = m_values[static_cast<size_t>(column)];
        const ValueConverter::Converted converted = m_converter.convert(m_raw, row, column, value.text);
        value.kind = converted.kind;
        if (converted.problem == ValueProblem::None)
            continue;
        value.kind = CellKind::Null;
        if (m_rules.misfits == Misfits::Stop)
            return misfit(row, column, converted.problem);
        if (m_rules.misfits == Misfits::LeaveOut) {
            ++m_leftOut;
            return std::nullopt;
        }
    }
    batch.beginRow(m_raw.sourceLine(row));
    for (const Value &value : m_values)
        batch.addCell(value.kind, value.kind == CellKind::Null ? std::string_view() : std::string_view(value.text));
    taken = true;
    return std::nullopt;
}

ApiError RuledSource::misfit(qsizetype row, int column, ValueProblem problem) const
{
    const std::string_view text = m_converter.raw(m_raw, row, column).text.substr(0, longestShown);
    return {ErrorKind::File,
            0,
            QStringLiteral("file.value"),
            Words::tr("Line %1, column “%2”: “%3”.")
                .arg(QString::number(m_raw.sourceLine(row)), m_rows->columnNames().value(column),
                     QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))),
            valueProblemText(problem),
            {}};
}

} // namespace rowdesk
