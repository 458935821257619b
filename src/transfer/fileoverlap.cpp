#include "transfer/fileoverlap.h"

#include "transfer/canonicalvalue.h"
#include "transfer/rowrules.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <cstring>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::FileOverlap)
};

constexpr qsizetype rowsAtOnce = 2000;

/// A row's key and the rest of it, so short that all rows of a table fit into memory.
struct Print
{
    std::array<std::uint64_t, 2> key{};
    std::uint64_t rest = 0;
    bool hasKey = false;
};

/// Makes prints of rows, cell by cell.
class Printer
{
public:
    explicit Printer(const OverlapQuestion &question)
    {
        for (int i = 0; i < question.target.columns.size(); ++i) {
            const ColumnSpec &column = question.target.columns[i];
            m_columns.push_back({column.type, question.key.contains(column.name)});
        }
    }

    /// `cell(i)` is the value of target column i.
    template<typename CellOf>
    Print print(const CellOf &cell)
    {
        Print print;
        m_key.reset();
        m_rest.reset();
        for (size_t i = 0; i < m_columns.size(); ++i) {
            const QByteArray value = canonicalValue(m_columns[i].type, cell(int(i)));
            const bool isKey = m_columns[i].isKey;
            // The length first, so that "a" + "bc" is not "ab" + "c"; -1 keeps "no value" apart from empty text.
            const qint64 length = value.isEmpty() ? -1 : value.size();
            QCryptographicHash &hash = isKey ? m_key : m_rest;
            hash.addData(QByteArrayView(reinterpret_cast<const char *>(&length), sizeof(length)));
            hash.addData(value);
            print.hasKey = print.hasKey || (isKey && value.size() > 1);
        }
        std::memcpy(print.key.data(), m_key.resultView().data(), sizeof(print.key));
        std::memcpy(&print.rest, m_rest.resultView().data(), sizeof(print.rest));
        return print;
    }

private:
    struct Column
    {
        ColumnType type;
        bool isKey;
    };
    std::vector<Column> m_columns;
    // To save memory, not to keep a secret.
    QCryptographicHash m_key{QCryptographicHash::Md5};
    QCryptographicHash m_rest{QCryptographicHash::Md5};
};

bool isBefore(const Print &a, const Print &b)
{
    return a.key != b.key ? a.key < b.key : a.rest < b.rest;
}

struct ByKey
{
    bool operator()(const Print &a, const Print &b) const { return a.key < b.key; }
};

/// The table's rows that have a key, in the order of the keys.
std::vector<Print> printsOf(const TableSnapshot &table, const OverlapQuestion &question, const FileWork *work)
{
    QVector<int> columns;
    for (const ColumnSpec &column : question.target.columns)
        columns.append(table.columnIndex(column.name));
    Printer printer(question);
    std::vector<Print> prints;
    prints.reserve(static_cast<size_t>(table.rowCount()));
    std::string scratch;
    for (qsizetype row = 0; row < table.rowCount() && !(work && work->cancel); ++row) {
        const Print print =
            printer.print([&](int i) { return columns[i] < 0 ? CellView{} : table.cell(row, columns[i], scratch); });
        if (print.hasKey)
            prints.push_back(print);
    }
    std::sort(prints.begin(), prints.end(), isBefore);
    return prints;
}

std::uint8_t standingIn(const std::vector<Print> &table, const Print &row)
{
    const auto [first, last] = std::equal_range(table.begin(), table.end(), row, ByKey());
    if (first == last)
        return 0;
    const bool same = std::any_of(first, last, [&row](const Print &other) { return other.rest == row.rest; });
    return same ? FileOverlap::There : FileOverlap::There | FileOverlap::Differs;
}

/// The file's rows, as they are told apart from each other.
struct Seen
{
    std::array<std::uint64_t, 2> key;
    quint64 row;
};

void markRepeats(std::vector<Seen> &seen, std::vector<std::uint8_t> &rows)
{
    std::sort(seen.begin(), seen.end(),
              [](const Seen &a, const Seen &b) { return a.key != b.key ? a.key < b.key : a.row < b.row; });
    bool goodBefore = false;
    for (size_t i = 0; i < seen.size(); ++i) {
        const bool repeats = i > 0 && seen[i].key == seen[i - 1].key;
        std::uint8_t &standing = rows[seen[i].row];
        goodBefore = repeats && goodBefore;
        if (repeats)
            standing |= FileOverlap::Repeats;
        if (goodBefore)
            standing |= FileOverlap::RepeatsGood;
        goodBefore = goodBefore || !(standing & FileOverlap::Bad);
    }
}

void count(FileOverlap &overlap)
{
    for (const std::uint8_t standing : overlap.rows) {
        if (standing & FileOverlap::There)
            ++(standing & FileOverlap::Differs ? overlap.different : overlap.same);
        else if (standing & FileOverlap::Repeats)
            ++overlap.repeats;
        else
            ++overlap.newRows;
        overlap.withoutKey += standing & FileOverlap::NoKey ? 1 : 0;
    }
}

/// The values of one row of a file.
class RowValues
{
public:
    RowValues(const RowRules &rules, const OverlapQuestion &question)
        : m_converter(rules), m_sourceColumn(question.sourceColumn), m_values(size_t(question.sourceColumn.size()))
    {
    }

    /// False when a cell does not fit; it is no value then.
    bool take(const RowBatch &rows, qsizetype row)
    {
        bool fits = true;
        for (size_t i = 0; i < m_values.size(); ++i) {
            const ValueConverter::Converted converted =
                m_converter.convert(rows, row, m_sourceColumn[int(i)], m_values[i].text);
            m_values[i].kind = converted.kind;
            fits = fits && converted.problem == ValueProblem::None;
        }
        return fits;
    }
    CellView cell(int i) const
    {
        const Value &value = m_values[size_t(i)];
        return {value.kind, value.kind == CellKind::Null ? std::string_view() : std::string_view(value.text)};
    }

private:
    struct Value
    {
        CellKind kind = CellKind::Null;
        std::string text;
    };
    CellConverter m_converter;
    QVector<int> m_sourceColumn;
    std::vector<Value> m_values;
};

} // namespace

bool FileOverlap::leavesOut(qsizetype row, const OverlapChoice &choice, Misfits misfits) const
{
    const std::uint8_t standing = rows[static_cast<size_t>(row)];
    const bool misfitGoes = misfits == Misfits::LeaveOut;
    if (misfitGoes && (standing & Bad))
        return false;
    if ((standing & There) && !(standing & Differs ? choice.sendDifferent : choice.sendSame))
        return true;
    return !choice.sendRepeats && (standing & (misfitGoes ? RepeatsGood : Repeats));
}

qint64 FileOverlap::rowsLeftOut(const OverlapChoice &choice, Misfits misfits) const
{
    qint64 leftOut = 0;
    for (size_t row = 0; row < rows.size(); ++row)
        leftOut += leavesOut(static_cast<qsizetype>(row), choice, misfits) ? 1 : 0;
    return leftOut;
}

Result<FileOverlap> findOverlap(const QString &path, const FileFormat &format, const RowRules &rules,
                                const OverlapQuestion &question, FileWork *work)
{
    const Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    FileOverlap overlap;
    std::vector<Print> table;
    if (question.table) {
        overlap.tableRows = question.table->rowCount();
        table = printsOf(*question.table, question, work);
    }
    Printer printer(question);
    RowValues values(rules, question);
    std::vector<Seen> seen;
    RowBatch batch(static_cast<int>(rules.columns.size()));
    while (!work || !work->cancel) {
        batch.clear();
        const Result<qsizetype> read = (*source)->read(batch, rowsAtOnce);
        if (!read)
            return read.error();
        if (*read == 0) {
            markRepeats(seen, overlap.rows);
            count(overlap);
            return overlap;
        }
        for (qsizetype row = 0; row < batch.rowCount(); ++row) {
            std::uint8_t standing = values.take(batch, row) ? 0 : FileOverlap::Bad;
            const Print print = printer.print([&values](int i) { return values.cell(i); });
            if (print.hasKey) {
                standing |= standingIn(table, print);
                seen.push_back({print.key, overlap.rows.size()});
            } else {
                standing |= FileOverlap::NoKey;
            }
            overlap.rows.push_back(standing);
        }
        if (work)
            work->done += batch.rowCount();
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The look at the rows that are there was stopped."), {}, {}};
}

} // namespace rowdesk
