#include "files/datevalue.h"
#include "files/halfcharacters.h"
#include "files/savedfile.h"
#include "files/tablewriter.h"
#include "files/xlsxsheet.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <fast_float/fast_float.h>
#include <xlsxwriter.h>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WorkbookWriter)
};

/// Digits that count: a double keeps fifteen of them.
int significantDigits(std::string_view literal)
{
    const size_t e = std::min(literal.find_first_of("eE"), literal.size());
    int digits = 0;
    for (const char c : literal.substr(0, e)) {
        if (c >= '0' && c <= '9' && (digits > 0 || c != '0'))
            ++digits;
    }
    return digits;
}

/// A text that happens to hold _x0041_ would be read as the character of that number, so its underscore is written so.
void appendEscaped(std::string_view text, std::string &out)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
    for (size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i, 7);
        const bool looksEscaped = rest.size() == 7 && rest.starts_with("_x") && rest.back() == '_' &&
                                  std::all_of(rest.begin() + 2, rest.end() - 1, isHex);
        if (looksEscaped)
            out += "_x005F";
        out += text[i];
    }
}

/// libxlsxwriter makes the workbook in a folder beside its place; the finished file is then moved there in one step.
class WorkbookWriter final : public TableWriter
{
public:
    WorkbookWriter(const QString &path, const Schema &schema)
        : m_path(path), m_schema(schema), m_folder(QFileInfo(path).absolutePath() + QStringLiteral("/.rowdesk-XXXXXX"))
    {
    }
    ~WorkbookWriter() override
    {
        if (m_book)
            lxw_workbook_free(m_book);
    }

    Result<Done> start()
    {
        if (!m_folder.isValid())
            return writeFailure(m_path, m_folder.errorString());
        m_temporary = QFile::encodeName(m_folder.filePath(QStringLiteral("book.xlsx")));
        m_scratch = QFile::encodeName(m_folder.path());
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = m_scratch.data();
        m_book = workbook_new_opt(m_temporary.constData(), &options);
        m_sheet = m_book ? workbook_add_worksheet(m_book, nullptr) : nullptr;
        if (!m_sheet)
            return writeFailure(m_path, Words::tr("the workbook could not be started"));
        m_dayFormat = workbook_add_format(m_book);
        format_set_num_format(m_dayFormat, "yyyy-mm-dd");
        m_timeFormat = workbook_add_format(m_book);
        format_set_num_format(m_timeFormat, "yyyy-mm-dd hh:mm:ss");
        m_shareFormat = workbook_add_format(m_book);
        format_set_num_format(m_shareFormat, "0.00%");
        for (int column = 0; column < m_schema.columns.size(); ++column)
            writeText(static_cast<lxw_col_t>(column), m_schema.columns[column].name.toStdString());
        ++m_row;
        return outcome();
    }

    Result<Done> write(const RowBatch &batch) override
    {
        if (std::optional<ApiError> error = halfCharacterError(batch))
            return *error;
        for (qsizetype row = 0; row < batch.rowCount() && m_error == LXW_NO_ERROR; ++row) {
            for (int column = 0; column < batch.columnCount(); ++column)
                writeCell(static_cast<lxw_col_t>(column), batch.cell(row, column));
            ++m_row;
        }
        return outcome();
    }

    Result<Done> finish() override
    {
        if (auto good = outcome(); !good)
            return good.error();
        m_error = workbook_close(m_book);
        m_book = nullptr;
        if (auto good = outcome(); !good)
            return good.error();
        const QByteArray target = QFile::encodeName(m_path);
        if (std::rename(m_temporary.constData(), target.constData()) != 0)
            return writeFailure(m_path, qt_error_string(errno));
        return Done{};
    }

private:
    void note(lxw_error error)
    {
        if (m_error == LXW_NO_ERROR)
            m_error = error;
    }

    Result<Done> outcome() const
    {
        if (m_error == LXW_NO_ERROR)
            return Done{};
        if (m_error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
            return writeFailure(
                m_path, Words::tr("a sheet has at most %1 rows and %2 columns").arg(xlsxMostRows).arg(xlsxMostColumns));
        if (m_error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
            return writeFailure(m_path, Words::tr("row %1 has a text of more than 32,767 characters").arg(m_row));
        return writeFailure(m_path, QString::fromUtf8(lxw_strerror(m_error)));
    }

    void writeText(lxw_col_t column, std::string_view text)
    {
        m_text.clear();
        appendEscaped(text, m_text);
        if (m_text.find('\0') != std::string::npos)
            std::replace(m_text.begin(), m_text.end(), '\0', ' ');
        note(worksheet_write_string(m_sheet, m_row, column, m_text.c_str(), nullptr));
    }

    void writeCell(lxw_col_t column, CellView cell)
    {
        const ColumnType type = m_schema.columns[column].type;
        switch (cell.kind) {
        case CellKind::Null:
            return;
        case CellKind::Bool:
            return note(worksheet_write_boolean(m_sheet, m_row, column, cell.text == "true", nullptr));
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
        double value = 0;
        const auto [stop, failure] = fast_float::from_chars(literal.data(), literal.data() + literal.size(), value);
        const bool exact =
            failure == std::errc() && stop == literal.data() + literal.size() && significantDigits(literal) <= 15;
        if (!exact || type == ColumnType::Id)
            return writeText(column, literal);
        note(worksheet_write_number(m_sheet, m_row, column, value,
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
        note(worksheet_write_datetime(m_sheet, m_row, column, &value, date->hasTime ? m_timeFormat : m_dayFormat));
        return true;
    }

    QString m_path;
    Schema m_schema;
    QTemporaryDir m_folder;
    QByteArray m_temporary;
    QByteArray m_scratch;
    lxw_workbook *m_book = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_dayFormat = nullptr;
    lxw_format *m_timeFormat = nullptr;
    lxw_format *m_shareFormat = nullptr;
    lxw_row_t m_row = 0;
    lxw_error m_error = LXW_NO_ERROR;
    std::string m_text;
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
