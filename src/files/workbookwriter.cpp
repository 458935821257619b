#include "files/datevalue.h"
#include "files/halfcharacters.h"
#include "files/tablewriter.h"
#include "files/workbookfile.h"

namespace rowdesk {
namespace {

class WorkbookWriter final : public TableWriter
{
public:
    WorkbookWriter(const QString &path, const Schema &schema) : m_file(path), m_schema(schema) {}

    Result<Done> start()
    {
        if (const auto started = m_file.start(); !started)
            return started.error();
        m_sheet = workbook_add_worksheet(m_file.book(), nullptr);
        if (!m_sheet)
            return m_file.noSheet();
        m_dayFormat = format("yyyy-mm-dd");
        m_timeFormat = format("yyyy-mm-dd hh:mm:ss");
        m_shareFormat = format("0.00%");
        for (int column = 0; column < m_schema.columns.size(); ++column)
            writeText(static_cast<lxw_col_t>(column), m_schema.columns[column].name.toStdString());
        ++m_row;
        return m_file.outcome(m_row);
    }

    Result<Done> write(const RowBatch &batch) override
    {
        if (std::optional<ApiError> error = halfCharacterError(batch))
            return *error;
        for (qsizetype row = 0; row < batch.rowCount() && m_file.isGood(); ++row) {
            for (int column = 0; column < batch.columnCount(); ++column)
                writeCell(static_cast<lxw_col_t>(column), batch.cell(row, column));
            ++m_row;
        }
        return m_file.outcome(m_row);
    }

    Result<Done> finish() override { return m_file.finish(m_row); }

private:
    lxw_format *format(const char *pattern)
    {
        lxw_format *made = workbook_add_format(m_file.book());
        format_set_num_format(made, pattern);
        return made;
    }

    void writeText(lxw_col_t column, std::string_view text)
    {
        m_file.note(worksheet_write_string(m_sheet, m_row, column, m_file.cellText(text), nullptr));
    }

    void writeCell(lxw_col_t column, CellView cell)
    {
        const ColumnType type = m_schema.columns[column].type;
        switch (cell.kind) {
        case CellKind::Null:
            return;
        case CellKind::Bool:
            return m_file.note(worksheet_write_boolean(m_sheet, m_row, column, cell.text == "true", nullptr));
        case CellKind::Number:
            return writeNumber(column, cell.text, type);
        case CellKind::Text:
            if ((type == ColumnType::Date || type == ColumnType::DateTime) && writeDate(column, cell.text))
                return;
            return writeText(column, cell.text);
        case CellKind::Json:
            return writeText(column, cell.text);
        }
    }

    void writeNumber(lxw_col_t column, std::string_view literal, ColumnType type)
    {
        const std::optional<double> value = workbookNumber(literal);
        if (!value || type == ColumnType::Id)
            return writeText(column, literal);
        m_file.note(worksheet_write_number(m_sheet, m_row, column, *value,
                                           type == ColumnType::Percentage ? m_shareFormat : nullptr));
    }

    /// A day or time as Excel has it: from March 1900 on and without a zone; false for others, which stay text.
    bool writeDate(lxw_col_t column, std::string_view text)
    {
        const auto date = scanDate(text);
        const auto day = date && date->isIso && date->zone.empty() && date->fraction.size() <= 3
                             ? dayOf(*date, DateOrder::YearMonthDay)
                             : std::nullopt;
        if (!day || day->year < 1900 || (day->year == 1900 && day->month < 3))
            return false;
        double seconds = date->seconds;
        double part = 0.1;
        for (const char c : date->fraction) {
            seconds += (c - '0') * part;
            part /= 10;
        }
        lxw_datetime value{day->year, day->month, day->day, date->hour, date->minute, seconds};
        m_file.note(
            worksheet_write_datetime(m_sheet, m_row, column, &value, date->hasTime ? m_timeFormat : m_dayFormat));
        return true;
    }

    WorkbookFile m_file;
    Schema m_schema;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_dayFormat = nullptr;
    lxw_format *m_timeFormat = nullptr;
    lxw_format *m_shareFormat = nullptr;
    lxw_row_t m_row = 0;
};

} // namespace

Result<std::unique_ptr<TableWriter>> openXlsxWriter(const QString &path, const Schema &schema)
{
    auto writer = std::make_unique<WorkbookWriter>(path, schema);
    if (const auto started = writer->start(); !started)
        return started.error();
    return std::unique_ptr<TableWriter>(std::move(writer));
}

} // namespace rowdesk
