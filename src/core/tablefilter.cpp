#include "core/tablefilter.h"

#include "core/cellmatcher.h"
#include "core/numberorder.h"
#include "core/wtf8.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace rowdesk {
namespace {

using Op = Filter::Op;

QString tr(const char *text)
{
    return QCoreApplication::translate("Filter", text);
}

ApiError wrong(const QString &message)
{
    return {ErrorKind::Usage, 0, {}, message, {}, {}};
}

qsizetype operandsOf(Op op)
{
    switch (op) {
    case Op::Null:
    case Op::NotNull:
    case Op::Empty:
    case Op::NotEmpty:
        return 0;
    case Op::Between:
        return 2;
    default:
        return 1;
    }
}

bool comparesOrder(Op op)
{
    return op == Op::Greater || op == Op::GreaterOrEqual || op == Op::Less || op == Op::LessOrEqual ||
           op == Op::Between;
}

bool comparesValues(Op op)
{
    return comparesOrder(op) || op == Op::Equals || op == Op::NotEquals || op == Op::In;
}

/// As a cell may hold it, "1e400" too.
bool isNumberLiteral(const QString &text)
{
    static const QRegularExpression literal(
        QRegularExpression::anchoredPattern(QStringLiteral("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")));
    return literal.match(text).hasMatch();
}

bool isNumber(const QString &text)
{
    bool good = false;
    text.toDouble(&good);
    return good && !text.contains(u'n', Qt::CaseInsensitive) && !text.startsWith(u'+') && text.trimmed() == text;
}

bool isMoment(const QString &text)
{
    return parseMoment(wtf8FromString(text)).has_value();
}

} // namespace

Result<Done> checkFilter(const Filter &filter, ColumnContent content)
{
    const qsizetype needed = operandsOf(filter.op);
    if (filter.op == Op::In ? filter.operands.isEmpty() : filter.operands.size() < needed)
        return wrong(needed == 2 ? tr("Two values are needed: from and to.") : tr("A value is needed."));
    if (!comparesValues(filter.op))
        return Done{};
    for (const QString &operand : filter.operands) {
        if (content == ColumnContent::Numbers && !isNumber(operand) &&
            (comparesOrder(filter.op) || !isNumberLiteral(operand)))
            return wrong(tr("\"%1\" is no number. Write it like -1234.5.").arg(operand.left(40)));
        if ((content == ColumnContent::Days || content == ColumnContent::Moments) && !isMoment(operand))
            return wrong(tr("\"%1\" is no day. Write it like 2026-01-31, with a time like 2026-01-31T08:15:00.")
                             .arg(operand.left(40)));
    }
    return Done{};
}

std::optional<std::vector<quint32>> filterRows(const TableSnapshot &table, std::span<const Filter> filters,
                                               CancelFlag cancelled)
{
    std::vector<std::vector<quint32>> parts(workerCount());
    parallelRanges(table.pieces().size(), 4, [&](size_t begin, size_t end, unsigned worker) {
        std::vector<CellMatcher> matchers(filters.begin(), filters.end());
        std::vector<std::uint8_t> mask;
        for (size_t i = begin; i < end && !isCancelled(cancelled); ++i) {
            const TableSnapshot::Piece &piece = table.pieces()[i];
            mask.assign(static_cast<size_t>(piece.chunk->rows), 1);
            for (size_t f = 0; f < filters.size(); ++f)
                matchers[f].apply(piece.segment(filters[f].column), mask);
            for (size_t row = 0; row < mask.size(); ++row) {
                if (mask[row])
                    parts[worker].push_back(static_cast<quint32>(piece.firstRow) + static_cast<quint32>(row));
            }
        }
    });
    if (isCancelled(cancelled))
        return std::nullopt;
    std::vector<quint32> rows = std::move(parts.front());
    for (size_t i = 1; i < parts.size(); ++i)
        rows.insert(rows.end(), parts[i].begin(), parts[i].end());
    return rows;
}

} // namespace rowdesk
