#include "files/xlsxtable.h"

namespace rowdesk {

Result<std::unique_ptr<XlsxTable>> XlsxTable::open(const QString &path, const XlsxFormat &format)
{
    Packer packer;
    packer.put(path);
    pack(packer, format);
    auto helper = HelperProcess::start({FrameKind::Rows, packer.take()});
    if (!helper)
        return helper.error();
    std::unique_ptr<XlsxTable> table(new XlsxTable);
    table->m_helper = std::move(helper).value();
    const auto columns = table->m_helper->next();
    if (!columns)
        return columns.error();
    if (!table->readColumns(*columns))
        return HelperProcess::nonsense();
    return table;
}

bool XlsxTable::readColumns(const Frame &frame)
{
    Unpacker unpacker(frame.bytes);
    m_size = unpacker.take<qint64>();
    m_namesInHeader = static_cast<qsizetype>(unpacker.take<quint32>());
    const auto count = unpacker.take<quint32>();
    for (quint32 i = 0; i < count && i <= xlsxMostColumns && !unpacker.isBroken(); ++i)
        m_names.append(unpacker.takeString());
    m_fields.resize(static_cast<size_t>(m_names.size()));
    return frame.kind == FrameKind::Columns && !unpacker.isBroken() && count <= xlsxMostColumns;
}

/// Gets the next rows; false at the end and at a fault.
bool XlsxTable::nextBlock()
{
    auto frame = m_helper->next();
    if (!frame) {
        m_fault = frame.error();
        return false;
    }
    m_block = std::move(frame).value().bytes;
    m_left = Unpacker(m_block);
    m_read = m_left.take<qint64>();
    m_counts = unpackCounts(m_left);
    m_ended = frame->kind == FrameKind::End;
    if (m_left.isBroken() || (!m_ended && frame->kind != FrameKind::Block))
        m_fault = HelperProcess::nonsense();
    if (!m_fault && m_ended && m_left.take<quint8>() != 0)
        m_fault = unpackError(m_left);
    return !m_ended && !m_fault;
}

bool XlsxTable::nextRow()
{
    if (m_fault || m_ended)
        return false;
    while (m_left.atEnd()) {
        if (!nextBlock())
            return false;
    }
    m_line = m_left.take<qint64>();
    for (XlsxField &field : m_fields) {
        if (!unpackField(m_left, field)) {
            m_fault = HelperProcess::nonsense();
            return false;
        }
    }
    ++m_rows;
    return true;
}

Result<qsizetype> XlsxTable::read(RowBatch &batch, qsizetype limit)
{
    Q_ASSERT(batch.columnCount() == columnCount());
    qsizetype given = 0;
    while (given < limit && nextRow()) {
        batch.beginRow(m_line);
        for (const XlsxField &field : m_fields)
            batch.addCell(field.cell.kind, field.cell.kind == CellKind::Null ? std::string_view() : field.cell.text);
        ++given;
    }
    if (given == 0 && m_fault && limit > 0)
        return *m_fault;
    return given;
}

XlsxCounts XlsxTable::counts() const
{
    XlsxCounts counts = m_counts;
    counts.rows = m_rows;
    return counts;
}

} // namespace rowdesk
