#include "transfer/snapshotblock.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace rowdesk {
namespace {

constexpr int compression = 1; ///< texts shrink nearly as much as with more, in a third of the time

/// Takes parts from the front of bytes that may be anything.
class Bytes
{
public:
    explicit Bytes(std::string_view bytes) : m_rest(bytes) {}

    std::optional<std::string_view> take(size_t count)
    {
        if (count > m_rest.size())
            return std::nullopt;
        const std::string_view part = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return part;
    }
    bool isEmpty() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

/// The cells of one column as they lie in a block.
struct ColumnPart
{
    std::string_view kinds;
    std::string_view lengths;
    std::string_view texts;

    quint32 length(size_t row) const { return qFromLittleEndian<quint32>(lengths.data() + row * 4); }
};

std::optional<ColumnPart> takeColumn(Bytes &bytes, size_t rows)
{
    const auto kinds = bytes.take(rows);
    const auto lengths = bytes.take(rows * 4);
    if (!kinds || !lengths)
        return std::nullopt;
    ColumnPart part{*kinds, *lengths, {}};
    size_t total = 0;
    for (size_t row = 0; row < rows; ++row) {
        if (static_cast<unsigned char>(part.kinds[row]) > static_cast<unsigned char>(CellKind::Json))
            return std::nullopt;
        total += part.length(row);
    }
    const auto texts = bytes.take(total);
    if (!texts)
        return std::nullopt;
    part.texts = *texts;
    return part;
}

size_t textBytes(const Segment &segment, size_t row)
{
    switch (segment.form()) {
    case Segment::Form::Words:
        return segment.piece(static_cast<size_t>(segment.values().at(row))).size();
    case Segment::Form::Texts:
    case Segment::Form::Mixed:
        return segment.piece(row).size();
    default:
        return 0; // numbers and moments are short
    }
}

} // namespace

qsizetype rowsOfBlock(const TableSnapshot::Piece &piece, int columns, qsizetype first)
{
    constexpr size_t mostText = 16 << 20;
    const qsizetype most = std::min<qsizetype>(mostRowsABlock, piece.chunk->rows - first);
    size_t bytes = 0;
    for (qsizetype count = 0; count < most; ++count) {
        for (int column = 0; column < columns; ++column) {
            if (const Segment *segment = piece.segment(column))
                bytes += textBytes(*segment, static_cast<size_t>(first + count));
        }
        if (bytes > mostText)
            return std::max<qsizetype>(count, 1);
    }
    return most;
}

QByteArray packBlock(const TableSnapshot::Piece &piece, int columns, qsizetype first, qsizetype count)
{
    QByteArray raw;
    std::string scratch;
    for (int column = 0; column < columns; ++column) {
        const Segment *segment = piece.segment(column);
        QByteArray kinds(count, static_cast<char>(CellKind::Null));
        QByteArray lengths(count * 4, '\0');
        QByteArray texts;
        for (qsizetype row = 0; segment && row < count; ++row) {
            const CellView cell = segment->cell(static_cast<size_t>(first + row), scratch);
            kinds[row] = static_cast<char>(cell.kind);
            qToLittleEndian(static_cast<quint32>(cell.text.size()), lengths.data() + row * 4);
            texts.append(cell.text.data(), static_cast<qsizetype>(cell.text.size()));
        }
        raw += kinds + lengths + texts;
    }
    return qCompress(raw, compression);
}

std::shared_ptr<const Chunk> unpackBlock(const QByteArray &packed, const QStringList &columns, quint32 rows)
{
    const QByteArray raw = rows > mostRowsABlock ? QByteArray() : qUncompress(packed);
    if (rows > mostRowsABlock || (raw.isEmpty() && !columns.isEmpty()))
        return nullptr;
    Bytes bytes({raw.constData(), static_cast<size_t>(raw.size())});
    std::vector<ColumnPart> parts;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const std::optional<ColumnPart> part = takeColumn(bytes, rows);
        if (!part)
            return nullptr;
        parts.push_back(*part);
    }
    if (!bytes.isEmpty())
        return nullptr;
    ChunkBuilder builder;
    for (const QString &name : columns)
        builder.column(name);
    std::vector<size_t> places(parts.size(), 0);
    for (quint32 row = 0; row < rows; ++row) {
        builder.beginRow();
        for (size_t i = 0; i < parts.size(); ++i) {
            const quint32 length = parts[i].length(row);
            const auto kind = static_cast<CellKind>(parts[i].kinds[row]);
            if (kind != CellKind::Null)
                builder.add(static_cast<int>(i), {kind, parts[i].texts.substr(places[i], length)});
            places[i] += length;
        }
    }
    return builder.seal();
}

} // namespace rowdesk
