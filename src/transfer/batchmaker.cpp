#include "transfer/batchmaker.h"

#include "api/codec.h"
#include "core/wtf8.h"
#include "transfer/plancheck.h"

namespace rowdesk {

ColumnRule defaultRule(ColumnType type)
{
    ColumnRule rule;
    rule.type = type;
    rule.refusesPercentSign = type == ColumnType::Number; // 7 % among plain numbers is no 0.07 unless somebody says so
    rule.trim = type != ColumnType::Text && type != ColumnType::Dropdown && type != ColumnType::Id;
    return rule;
}

RowConverter::RowConverter(const UploadPlan &plan)
    : m_sourceColumn(plan.sourceColumn), m_guessed(plan.targetGuessed), m_converted(plan.sourceIsConverted)
{
    Q_ASSERT(m_sourceColumn.size() == plan.target.columns.size());
    Q_ASSERT(plan.rules.isEmpty() || plan.rules.size() == plan.target.columns.size());
    for (qsizetype i = 0; i < plan.target.columns.size(); ++i)
        m_converters.emplace_back(plan.rules.isEmpty() ? defaultRule(plan.target.columns[i].type) : plan.rules[i]);
}

void RowConverter::convert(const RowBatch &in, qsizetype row, RowBatch &out, const Misfit &misfit)
{
    out.beginRow(in.sourceLine(row));
    for (int column = 0; column < m_sourceColumn.size(); ++column) {
        const CellView cell = in.cell(row, m_sourceColumn[column]);
        CellKind kind = CellKind::Null;
        const QString reason = convertCell(m_converters[static_cast<size_t>(column)], cell, kind);
        if (!reason.isEmpty())
            misfit(column, cell, reason);
        out.addCell(kind, m_value);
    }
}

QString RowConverter::convertCell(const ValueConverter &converter, const CellView &cell, CellKind &kind)
{
    ValueConverter::Converted converted{cell.kind};
    if (m_converted)
        m_value.assign(cell.text);
    else
        converted = converter.convert(cell, m_value);
    kind = converted.kind;
    QString reason = valueProblemText(converted.problem);
    if (!reason.isEmpty() && m_guessed) {
        // The column's type is only a guess: the service may well take the text as it is.
        kind = CellKind::Text;
        m_value.assign(cell.text);
        reason.clear();
    }
    if (reason.isEmpty() && hasHalfPair(m_value)) {
        kind = CellKind::Null;
        m_value.clear();
        reason = QCoreApplication::translate("Transfer", "It holds half a character, which can't be sent.");
    }
    return reason;
}

Schema sentColumns(const UploadPlan &plan)
{
    Schema schema = plan.target;
    if (plan.evidence == Evidence::Marker)
        schema.columns.append({QString(markerColumn), ColumnType::Text});
    return schema;
}

BatchMaker::BatchMaker(const UploadPlan &plan, Dialect::RowShape shape, const QString &job)
    : m_source(plan.source), m_target(sentColumns(plan)), m_shape(shape), m_converter(plan)
{
    if (plan.evidence == Evidence::Marker)
        m_marker = job.left(8).toStdString() + '-';
}

BatchMaker::Step BatchMaker::next()
{
    Step step;
    RowBatch in(static_cast<int>(m_source->columnNames().size()));
    const Result<qsizetype> read = m_source->read(in, DataService::maxRowsPerAppend);
    step.rowsRead = in.rowCount();
    ++m_steps;
    if (!read) {
        step.error = read.error();
        return step;
    }
    RowBatch out(static_cast<int>(m_target.columns.size()));
    step.error = convertRows(in, out);
    if (!step.error)
        step.error = encode(out, step.pieces);
    if (step.error)
        step.pieces.clear();
    m_rowsBefore += step.rowsRead;
    return step;
}

std::optional<ApiError> BatchMaker::convertRows(const RowBatch &in, RowBatch &out)
{
    std::optional<ApiError> error;
    for (qsizetype row = 0; row < in.rowCount() && !error; ++row) {
        m_converter.convert(in, row, out, [&](int column, const CellView &cell, const QString &reason) {
            if (!error)
                error = misfitError(makeProblem(in.sourceLine(row), m_target.columns[column].name, cell, reason));
        });
        if (!m_marker.empty()) {
            out.addCell(CellKind::Text,
                        m_marker + std::to_string(m_steps) + '-' + std::to_string(m_rowsBefore + row + 1));
        }
    }
    return error;
}

std::optional<ApiError> BatchMaker::encode(const RowBatch &rows, std::vector<SendPiece> &pieces) const
{
    std::vector<std::pair<qsizetype, qsizetype>> parts; // first row, number of rows; the next one is the last
    if (!rows.isEmpty())
        parts.emplace_back(0, rows.rowCount());
    while (!parts.empty()) {
        const auto [first, count] = parts.back();
        parts.pop_back();
        Result<QByteArray> body = encodeRows(m_shape, m_target, rows, first, count);
        if (!body)
            return body.error();
        if (body->size() <= largestBody || count == 1) {
            pieces.push_back({std::move(body).value(), count, m_rowsBefore + first + 1});
            continue;
        }
        const qsizetype half = count / 2;
        parts.emplace_back(first + half, count - half);
        parts.emplace_back(first, half);
    }
    return std::nullopt;
}

} // namespace rowdesk
