#include "files/halfcharacters.h"
#include "files/numbervalue.h"
#include "files/savedfile.h"
#include "files/tablewriter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rowdesk {
namespace {

/// The beginnings that spreadsheet programs take for a formula (or drop before they look for one), as OWASP lists them.
bool looksLikeFormula(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> fullWidth{"＝", "＋", "－", "＠"};
    const char first = text.empty() ? '\0' : text.front();
    if (!text.empty() &&
        (first == '\t' || first == '\r' || first == '\n' || first == '\0' || first == '=' || first == '@'))
        return true;
    if (first == '+' || first == '-')
        return !scanNumber(text);
    return std::any_of(fullWidth.begin(), fullWidth.end(),
                       [text](std::string_view sign) { return text.starts_with(sign); });
}

class CsvWriter final : public TableWriter
{
public:
    CsvWriter(std::unique_ptr<SavedFile> file, const Schema &schema, const CsvExport &options)
        : m_file(std::move(file)), m_options(options), m_encoder(options.encoding)
    {
        m_mark = m_encoder.mark();
        m_encoder.check(std::string_view(options.nullText.constData(), static_cast<size_t>(options.nullText.size())),
                        TextEncoder::nullText, {});
        if (options.byteOrderMark && options.encoding == TextEncoding::Utf8)
            m_mark = "\xef\xbb\xbf";
        for (int column = 0; column < schema.columns.size(); ++column) {
            if (column > 0)
                m_text += m_options.delimiter;
            m_names.append(schema.columns[column].name);
            const QByteArray name = m_names.last().toUtf8();
            m_encoder.check({name.constData(), static_cast<size_t>(name.size())}, TextEncoder::names, m_names.last());
            addText({name.constData(), static_cast<size_t>(name.size())});
        }
        endLine();
    }

    Result<Done> write(const RowBatch &batch) override
    {
        if (std::optional<ApiError> error = halfCharacterError(batch))
            return *error;
        for (qsizetype row = 0; row < batch.rowCount(); ++row) {
            ++m_rows;
            for (int column = 0; column < batch.columnCount(); ++column) {
                if (column > 0)
                    m_text += m_options.delimiter;
                const CellView cell = batch.cell(row, column);
                m_encoder.check(cell.text, m_rows, m_names[column]);
                addCell(cell);
            }
            endLine();
        }
        return flush();
    }

    Result<Done> finish() override
    {
        if (const auto written = flush(); !written)
            return written.error();
        if (!m_encoder.isComplete())
            return m_encoder.error();
        return m_file->finish();
    }

    qint64 guardedCells() const override { return m_guarded; }

private:
    /// Once a character was met that can't be written, the rest is only looked through for others.
    Result<Done> flush()
    {
        if (!m_encoder.isComplete()) {
            m_text.clear();
            return Done{};
        }
        m_encoder.encode(m_text);
        if (!m_mark.empty())
            m_text.insert(0, std::exchange(m_mark, {}));
        return m_file->write(m_text);
    }

    void endLine() { m_text += m_options.carriageReturns ? "\r\n" : "\n"; }

    void addCell(CellView cell)
    {
        switch (cell.kind) {
        case CellKind::Null:
            m_text += std::string_view(m_options.nullText.constData(), static_cast<size_t>(m_options.nullText.size()));
            break;
        case CellKind::Number:
            addNumber(cell.text);
            break;
        case CellKind::Bool:
            m_text += cell.text;
            break;
        case CellKind::Text:
        case CellKind::Json:
            addText(cell.text);
            break;
        }
    }

    void addNumber(std::string_view literal)
    {
        const size_t point = m_options.decimalMark == '.' ? std::string_view::npos : literal.find('.');
        if (point == std::string_view::npos) {
            m_text += literal;
            return;
        }
        const bool quote = m_options.decimalMark == m_options.delimiter;
        m_text.append(quote ? "\"" : "").append(literal.substr(0, point)).append(1, m_options.decimalMark);
        m_text.append(literal.substr(point + 1)).append(quote ? "\"" : "");
    }

    void addText(std::string_view text)
    {
        const bool guard = m_options.formulaGuard && looksLikeFormula(text);
        m_guarded += guard ? 1 : 0;
        if (!guard && !needsQuotes(text)) {
            m_text += text;
            return;
        }
        m_text += '"';
        if (guard)
            m_text += '\'';
        for (const char c : text) {
            if (c == '"')
                m_text += '"';
            m_text += c;
        }
        m_text += '"';
    }

    bool needsQuotes(std::string_view text) const
    {
        if (text.empty() || m_options.quotes == QuoteRule::AllTexts)
            return true;
        const std::string_view nullText(m_options.nullText.constData(), static_cast<size_t>(m_options.nullText.size()));
        const auto special = [this](char c) { return c == m_options.delimiter || c == '"' || c == '\n' || c == '\r'; };
        return std::any_of(text.begin(), text.end(), special) || text == nullText || scanNumber(text).has_value();
    }

    std::unique_ptr<SavedFile> m_file;
    CsvExport m_options;
    TextEncoder m_encoder;
    QStringList m_names;
    qint64 m_rows = 0;
    std::string m_mark; // until it is written
    std::string m_text; // UTF-8
    qint64 m_guarded = 0;
};

} // namespace

CsvExport csvForPrograms()
{
    return {};
}

CsvExport csvForExcel(const QLocale &locale)
{
    CsvExport options;
    options.byteOrderMark = true;
    options.decimalMark = locale.decimalPoint() == QStringLiteral(",") ? ',' : '.';
    options.delimiter = options.decimalMark == ',' ? ';' : ',';
    return options;
}

Result<std::unique_ptr<TableWriter>> openCsvWriter(const QString &path, const Schema &schema, const CsvExport &options)
{
    auto file = SavedFile::open(path);
    if (!file)
        return file.error();
    return std::unique_ptr<TableWriter>(new CsvWriter(std::move(file).value(), schema, options));
}

} // namespace rowdesk
