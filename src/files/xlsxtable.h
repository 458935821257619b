#pragma once

#include "files/helperprocess.h"
#include "files/rowsource.h"

#include <span>

namespace rowdesk {

/// The rows of one sheet, as XlsxReader gives them, parsed by the helper program.
class XlsxTable final : public RowSource
{
public:
    static Result<std::unique_ptr<XlsxTable>> open(const QString &path, const XlsxFormat &format);

    QStringList columnNames() const override { return m_names; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override;

    /// Moves to the next row without copying it; false at the end and at a fault.
    bool nextRow();
    std::span<const XlsxField> fields() const { return m_fields; }
    qint64 line() const { return m_line; }

    int columnCount() const { return static_cast<int>(m_names.size()); }
    qsizetype namesInHeader() const { return m_namesInHeader; }
    const std::optional<ApiError> &fault() const { return m_fault; }
    /// Complete once the end is reached, and up to a fault that the format or the file causes.
    XlsxCounts counts() const;
    qint64 bytesRead() const { return m_read; } ///< unpacked
    qint64 size() const { return m_size; }      ///< unpacked

private:
    XlsxTable() = default;
    bool readColumns(const Frame &frame);
    bool nextBlock();

    std::unique_ptr<HelperProcess> m_helper;
    QStringList m_names;
    qsizetype m_namesInHeader = 0;
    qint64 m_size = 0;
    qint64 m_read = 0;
    QByteArray m_block;
    Unpacker m_left{QByteArray()};
    bool m_ended = false;
    qint64 m_line = 0;
    qint64 m_rows = 0;
    std::vector<XlsxField> m_fields;
    XlsxCounts m_counts;
    std::optional<ApiError> m_fault;
};

} // namespace rowdesk
