#include "transfer/rowrules.h"

namespace rowdesk {

CellConverter::CellConverter(const RowRules &rules) : m_fixes(rules.fixes)
{
    for (const std::optional<ColumnRule> &rule : rules.columns)
        m_converters.push_back(rule ? std::optional<ValueConverter>(*rule) : std::nullopt);
}

CellView CellConverter::raw(const RowBatch &rows, qsizetype row, int column) const
{
    const CellView cell = rows.cell(row, column);
    if (m_fixes.isEmpty())
        return cell;
    const auto view = [](const QByteArray &text) {
        return CellView{text.isEmpty() ? CellKind::Null : CellKind::Text,
                        std::string_view(text.constData(), static_cast<size_t>(text.size()))};
    };
    if (const auto fix = m_fixes.cells.constFind({rows.sourceLine(row), column}); fix != m_fixes.cells.cend())
        return view(*fix);
    if (m_fixes.alike.isEmpty() || cell.kind == CellKind::Null)
        return cell;
    const auto text = QByteArray::fromRawData(cell.text.data(), static_cast<qsizetype>(cell.text.size()));
    const auto fix = m_fixes.alike.constFind({column, text});
    return fix == m_fixes.alike.cend() ? cell : view(*fix);
}

ValueConverter::Converted CellConverter::convert(const RowBatch &rows, qsizetype row, int column,
                                                 std::string &out) const
{
    const std::optional<ValueConverter> &converter = m_converters[static_cast<size_t>(column)];
    if (converter)
        return converter->convert(raw(rows, row, column), out);
    out.clear();
    return {};
}

} // namespace rowdesk
