#include "transfer/batchmaker.h"

#include "api/codec.h"
#include "transfer/cellconversion.h"
#include "transfer/plancheck.h"

namespace rowdesk {

RowConverter::RowConverter(const UploadPlan &plan)
    : m_target(plan.target), m_sourceColumn(plan.sourceColumn), m_guessed(plan.targetGuessed)
{
    Q_ASSERT(m_sourceColumn.size() == m_target.columns.size());
}

void RowConverter::convert(const RowBatch &in, qsizetype row, RowBatch &out, const Misfit &misfit)
{
    out.beginRow(in.sourceLine(row));
    for (int column = 0; column < m_target.columns.size(); ++column) {
        const CellView cell = in.cell(row, m_sourceColumn[column]);
        std::optional<CellView> converted = convertCell(cell, m_target.columns[column].type, m_scratch);
        if (!converted && m_guessed)
            converted = convertCell(cell, ColumnType::Text, m_scratch);
        if (!converted)
            misfit(column, cell);
        const CellView value = converted.value_or(CellView{});
        out.addCell(value.kind, value.text);
    }
}

BatchMaker::BatchMaker(const UploadPlan &plan, Dialect::RowShape shape)
    : m_source(plan.source), m_target(plan.target), m_shape(shape), m_converter(plan)
{
}

BatchMaker::Step BatchMaker::next()
{
    Step step;
    RowBatch in(static_cast<int>(m_source->columnNames().size()));
    const Result<qsizetype> read = m_source->read(in, DataService::maxRowsPerAppend);
    step.rowsRead = in.rowCount();
    if (!read) {
        step.error = read.error();
        return step;
    }
    RowBatch out(static_cast<int>(m_target.columns.size()));
    step.error = convertRows(in, out);
    if (!step.error)
        step.error = encode(out, 0, out.rowCount(), step.pieces);
    if (step.error)
        step.pieces.clear();
    m_rowsBefore += step.rowsRead;
    return step;
}

std::optional<ApiError> BatchMaker::convertRows(const RowBatch &in, RowBatch &out)
{
    std::optional<ApiError> error;
    for (qsizetype row = 0; row < in.rowCount() && !error; ++row) {
        m_converter.convert(in, row, out, [&](int column, const CellView &cell) {
            if (!error)
                error = misfitError(makeProblem(in.sourceLine(row), m_target.columns[column], cell));
        });
    }
    return error;
}

std::optional<ApiError> BatchMaker::encode(const RowBatch &rows, qsizetype first, qsizetype count,
                                           std::vector<SendPiece> &pieces)
{
    if (count == 0)
        return std::nullopt;
    Result<QByteArray> body = encodeRows(m_shape, m_target, rows, first, count);
    if (!body)
        return body.error();
    if (body->size() <= largestBody || count == 1) {
        pieces.push_back({std::move(body).value(), count, m_rowsBefore + first + 1});
        return std::nullopt;
    }
    const qsizetype half = count / 2;
    if (std::optional<ApiError> error = encode(rows, first, half, pieces))
        return error;
    return encode(rows, first + half, count - half, pieces);
}

} // namespace rowdesk
