#include "files/fileconversion.h"

#include "files/valueconverter.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileConversion)
};

ApiError misfit(qint64 line, const QString &column, CellView cell, ValueProblem problem)
{
    const QString value =
        QString::fromUtf8(cell.text.data(), static_cast<qsizetype>(std::min<size_t>(cell.text.size(), 400))).left(80);
    return {ErrorKind::File,
            0,
            QStringLiteral("file.misfit"),
            Words::tr("Line %1, column %2: “%3” does not fit. %4")
                .arg(QString::number(line), column, value, valueProblemText(problem)),
            Words::tr("Correct the value, or choose another type for the column."),
            {}};
}

/// Turns rows as they are read into rows of values.
class RowsOfValues
{
public:
    RowsOfValues(const TablePlan &plan, bool badValuesAreNull) : m_plan(plan), m_badValuesAreNull(badValuesAreNull)
    {
        for (const PlannedColumn &column : plan.columns)
            m_converters.emplace_back(column.rule);
    }

    Result<Done> convert(const RowBatch &from, RowBatch &to)
    {
        for (qsizetype row = 0; row < from.rowCount(); ++row) {
            to.beginRow(from.sourceLine(row));
            for (int column = 0; column < from.columnCount(); ++column) {
                const CellView cell = from.cell(row, column);
                const auto made = m_converters[static_cast<size_t>(column)].convert(cell, m_value);
                if (made.problem != ValueProblem::None && !m_badValuesAreNull)
                    return misfit(from.sourceLine(row), m_plan.columns[column].name, cell, made.problem);
                m_leftOut += made.problem != ValueProblem::None ? 1 : 0;
                to.addCell(made.kind, m_value);
            }
        }
        return Done{};
    }

    qint64 leftOut() const { return m_leftOut; }

private:
    const TablePlan &m_plan;
    bool m_badValuesAreNull;
    std::vector<ValueConverter> m_converters;
    std::string m_value;
    qint64 m_leftOut = 0;
};

void takeCounts(const CsvReader &reader, FileConversion &done)
{
    done.counts = reader.counts();
}
void takeCounts(const XlsxTable &reader, FileConversion &done)
{
    done.xlsxCounts = reader.counts();
}

template<typename Reader>
Result<FileConversion> convertFrom(Result<std::unique_ptr<Reader>> opened, const TablePlan &plan, TableWriter &writer,
                                   bool badValuesAreNull, const FileWork *work)
{
    constexpr qsizetype rowsAtOnce = 4096;
    if (!opened)
        return opened.error();
    Reader &reader = **opened;
    const auto columns = static_cast<int>(plan.columns.size());
    if (reader.columnCount() != columns)
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("file.changed"),
                        Words::tr("The file has changed since it was looked at."),
                        Words::tr("Start again."),
                        {}};
    RowsOfValues values(plan, badValuesAreNull);
    FileConversion done;
    RowBatch from(columns);
    RowBatch to(columns);
    while (!(work && work->cancel)) {
        from.clear();
        to.clear();
        const Result<qsizetype> read = reader.read(from, rowsAtOnce);
        if (!read)
            return read.error();
        if (*read == 0) {
            takeCounts(reader, done);
            done.leftOutCells = values.leftOut();
            return done;
        }
        if (const auto made = values.convert(from, to); !made)
            return made.error();
        if (const auto written = writer.write(to); !written)
            return written.error();
        done.rows += *read;
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The conversion was stopped."), {}, {}};
}

} // namespace

Result<FileConversion> convertFile(const QString &path, const FileFormat &format, const TablePlan &plan,
                                   TableWriter &writer, bool badValuesAreNull, const FileWork *work)
{
    return format.kind == FileKind::Xlsx
               ? convertFrom(XlsxTable::open(path, format.xlsx), plan, writer, badValuesAreNull, work)
               : convertFrom(CsvReader::open(path, format.csv), plan, writer, badValuesAreNull, work);
}

} // namespace rowdesk
