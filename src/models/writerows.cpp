// Rows of a table to a file, on a worker.

#include "models/tableexport.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::TableExport)
};

constexpr qsizetype rowsAtOnce = 2000;
constexpr size_t dayLength = 10;

bool isIsoDay(std::string_view text)
{
    if (text.size() < dayLength)
        return false;
    for (size_t i = 0; i < dayLength; ++i) {
        const bool hyphen = i == 4 || i == 7;
        if (hyphen ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    }
    return text.size() == dayLength || text[dayLength] == 'T' || text[dayLength] == ' ';
}

/// 2025-04-03T09:05:00 in another form; false when it is no such day.
bool writeDay(std::string_view text, DateForm form, std::string &out)
{
    if (!isIsoDay(text))
        return false;
    const std::string_view year = text.substr(0, 4);
    const std::string_view month = text.substr(5, 2);
    const std::string_view day = text.substr(8, 2);
    const char mark = form == DateForm::DayDots ? '.' : '/';
    out.assign(form == DateForm::MonthSlashes ? month : day).append(1, mark);
    out.append(form == DateForm::MonthSlashes ? day : month).append(1, mark).append(year);
    if (text.size() > dayLength)
        out.append(1, ' ').append(text.substr(dayLength + 1));
    return true;
}

ApiError cancelled()
{
    return {ErrorKind::Cancelled, 0, {}, Texts::tr("The export was cancelled. Nothing was written."), {}, {}};
}

Result<std::unique_ptr<TableWriter>> openWriter(const Schema &schema, const ExportOptions &options, const QString &path)
{
    switch (options.kind) {
    case ExportKind::Xlsx:
        return openXlsxWriter(path, schema);
    case ExportKind::Json:
        return openJsonWriter(path, schema);
    case ExportKind::Csv:
        break;
    }
    return openCsvWriter(path, schema, options.csv);
}

/// Appends one row of the table.
class RowMaker
{
public:
    RowMaker(const ExportRows &rows, const ExportOptions &options) : m_rows(rows)
    {
        m_form = options.kind == ExportKind::Csv ? options.dates : DateForm::Iso;
        for (const ColumnSpec &column : rows.schema.columns)
            m_dated.push_back(column.type == ColumnType::Date || column.type == ColumnType::DateTime);
    }

    void add(qsizetype place, RowBatch &batch)
    {
        const qsizetype row = m_rows.order ? qsizetype((*m_rows.order)[size_t(place)]) : place;
        batch.beginRow(place + 1);
        for (int i = 0; i < m_rows.columns.size(); ++i) {
            CellView cell = m_rows.table.cell(row, m_rows.columns[i], m_scratch);
            if (m_form != DateForm::Iso && m_dated[size_t(i)] && cell.kind == CellKind::Text &&
                writeDay(cell.text, m_form, m_day))
                cell.text = m_day;
            batch.addCell(cell.kind, cell.text);
        }
    }

private:
    const ExportRows &m_rows;
    DateForm m_form;
    std::vector<bool> m_dated;
    std::string m_scratch;
    std::string m_day;
};

} // namespace

ExportOptions ExportOptions::forPrograms()
{
    return {ExportKind::Csv, csvForPrograms(), DateForm::Iso};
}

ExportOptions ExportOptions::forExcel(const QLocale &locale)
{
    ExportOptions options{ExportKind::Csv, csvForExcel(locale), DateForm::Iso};
    const QString form = locale.dateFormat(QLocale::ShortFormat);
    if (locale.language() == QLocale::C || form.contains(QStringLiteral("MMM")))
        return options; // no numbers alone: nothing that Excel would read
    if (form.startsWith(u'd', Qt::CaseInsensitive))
        options.dates = form.contains(u'/') ? DateForm::DaySlashes : DateForm::DayDots;
    else if (form.startsWith(u'M'))
        options.dates = DateForm::MonthSlashes;
    return options;
}

QString ExportOptions::suffix() const
{
    switch (kind) {
    case ExportKind::Xlsx:
        return QStringLiteral("xlsx");
    case ExportKind::Json:
        return QStringLiteral("json");
    case ExportKind::Csv:
        break;
    }
    return QStringLiteral("csv");
}

Result<Exported> writeRows(const ExportRows &rows, const ExportOptions &options, const QString &path, FileWork *work)
{
    const Result<std::unique_ptr<TableWriter>> writer = openWriter(rows.schema, options, path);
    if (!writer)
        return writer.error();
    if (work)
        work->total = rows.count();
    RowMaker maker(rows, options);
    RowBatch batch(static_cast<int>(rows.columns.size()));
    for (qsizetype place = 0; place < rows.count();) {
        if (work && work->cancel)
            return cancelled();
        batch.clear();
        for (; place < rows.count() && batch.rowCount() < rowsAtOnce; ++place)
            maker.add(place, batch);
        if (const Result<Done> done = (*writer)->write(batch); !done)
            return done.error();
        if (work)
            work->done = place;
    }
    if (work && work->cancel)
        return cancelled();
    if (const Result<Done> done = (*writer)->finish(); !done)
        return done.error();
    return Exported{path, rows.count(), (*writer)->guardedCells()};
}

} // namespace rowdesk
