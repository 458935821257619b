#include "cli/rowtext.h"

#include "cli/command.h"

#include "core/wtf8.h"

namespace rowdesk::cli {
namespace {

void appendCsvText(std::string &out, std::string_view text)
{
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

void appendJsonCell(std::string &out, const CellView &cell)
{
    switch (cell.kind) {
    case CellKind::Null:
        out += "null";
        return;
    case CellKind::Text:
        appendJsonString(out, cell.text);
        return;
    case CellKind::Number:
    case CellKind::Bool:
    case CellKind::Json:
        out += cell.text;
        return;
    }
}

} // namespace

std::vector<std::string> jsonNames(const ColumnStore &store)
{
    std::vector<std::string> names;
    for (int column = 0; column < store.columnCount(); ++column)
        appendJsonString(names.emplace_back(), wtf8FromString(store.columnName(column)));
    return names;
}

void appendJsonRow(std::string &out, const ColumnStore &store, qsizetype row, const std::vector<std::string> &names)
{
    std::string scratch;
    out += '{';
    for (int column = 0; column < store.columnCount(); ++column) {
        if (column > 0)
            out += ',';
        out += names[static_cast<size_t>(column)];
        out += ':';
        appendJsonCell(out, store.cell(row, column, scratch));
    }
    out += '}';
}

bool appendCsvHeader(std::string &out, const QStringList &names)
{
    for (qsizetype column = 0; column < names.size(); ++column) {
        if (column > 0)
            out += ',';
        const std::string name = wtf8FromString(names[column]);
        if (hasHalfPair(name))
            return false;
        appendCsvText(out, name);
    }
    out += names.isEmpty() ? "" : "\n";
    return true;
}

bool appendCsvRow(std::string &out, const ColumnStore &store, qsizetype row)
{
    std::string scratch;
    for (int column = 0; column < store.columnCount(); ++column) {
        if (column > 0)
            out += ',';
        const CellView cell = store.cell(row, column, scratch);
        if (cell.kind == CellKind::Null)
            continue;
        if (cell.kind == CellKind::Text && hasHalfPair(cell.text))
            return false;
        appendCsvText(out, cell.text);
    }
    out += '\n';
    return true;
}

ApiError halfCharacterError()
{
    return {ErrorKind::File,          0, {}, tr("A value holds half a character, which CSV can't carry."),
            tr("Use --format json."), {}};
}

} // namespace rowdesk::cli
