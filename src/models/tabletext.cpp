#include "models/tabletext.h"

#include "models/tablemodel.h"

#include <algorithm>

namespace rowdesk {

namespace {

void addRange(QVector<int> &to, int first, int last)
{
    for (int i = first; i <= last; ++i)
        to.append(i);
}

void sortOnce(QVector<int> &values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool isWhole(const CellBlock &block)
{
    qsizetype cells = 0;
    for (const QItemSelectionRange &range : block.selection)
        cells += qsizetype(range.width()) * range.height();
    return cells == block.rows.size() * block.columns.size();
}

/// Calls take(column, selected) for each cell of the block in this row.
template<typename Take>
void forEachCell(const TableModel &model, const CellBlock &block, int row, bool whole, Take take)
{
    for (const int column : block.columns)
        take(column, whole || block.selection.contains(model.index(row, column)));
}

QString header(const TableModel &model, int column)
{
    return model.headerData(column, Qt::Horizontal).toString();
}

} // namespace

QString tsvField(const QString &text)
{
    const bool needsQuotes = text.contains(QLatin1Char('\t')) || text.contains(QLatin1Char('\n')) ||
                             text.contains(QLatin1Char('\r')) || text.contains(QLatin1Char('"'));
    if (!needsQuotes)
        return text;
    return QLatin1Char('"') + QString(text).replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

CellBlock selectedBlock(const QItemSelection &selection)
{
    CellBlock block;
    block.selection = selection;
    for (const QItemSelectionRange &range : selection) {
        addRange(block.rows, range.top(), range.bottom());
        addRange(block.columns, range.left(), range.right());
    }
    sortOnce(block.rows);
    sortOnce(block.columns);
    return block;
}

QString blockAsTsv(const TableModel &model, const CellBlock &block, bool withHeaders)
{
    QString text;
    const auto endLine = [&text] {
        text.chop(1); // the tab after the last cell
        text += QLatin1Char('\n');
    };
    if (withHeaders) {
        for (const int column : block.columns)
            text += tsvField(header(model, column)) + QLatin1Char('\t');
        endLine();
    }
    const bool whole = isWhole(block);
    for (const int row : block.rows) {
        forEachCell(model, block, row, whole, [&](int column, bool selected) {
            if (selected)
                text += tsvField(model.exactText(row, column));
            text += QLatin1Char('\t');
        });
        endLine();
    }
    return text;
}

QString blockAsHtml(const TableModel &model, const CellBlock &block, bool withHeaders)
{
    QString html = QStringLiteral("<table>");
    if (withHeaders) {
        html += QStringLiteral("<tr>");
        for (const int column : block.columns)
            html += QStringLiteral("<th>%1</th>").arg(header(model, column).toHtmlEscaped());
        html += QStringLiteral("</tr>");
    }
    const bool whole = isWhole(block);
    for (const int row : block.rows) {
        html += QStringLiteral("<tr>");
        forEachCell(model, block, row, whole, [&](int column, bool selected) {
            const bool isNumber = model.look(row, column) == TableModel::Look::Number;
            // Spreadsheets guess; the format "@" tells them that a text is a text.
            html += isNumber ? QStringLiteral("<td>") : QStringLiteral("<td style=\"mso-number-format:'\\@'\">");
            if (selected)
                html += model.exactText(row, column).toHtmlEscaped();
            html += QStringLiteral("</td>");
        });
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

} // namespace rowdesk
