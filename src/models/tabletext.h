#pragma once

#include <QItemSelection>
#include <QString>
#include <QVector>

namespace rowdesk {

class TableModel;

/// The cells that a copy takes: the selected rows and columns. Selections with holes are copied as the block around
/// them, with the cells that were not selected left out (empty).
struct CellBlock
{
    QVector<int> rows;
    QVector<int> columns;
    QItemSelection selection;

    bool isEmpty() const { return rows.isEmpty() || columns.isEmpty(); }
};

/// A text as one field of tab-separated lines: in quotes when it holds a tab, a line break or a quote.
QString tsvField(const QString &text);

CellBlock selectedBlock(const QItemSelection &selection);

/// Tab-separated, as spreadsheets take it from the clipboard: exact texts, null as nothing, cells holding tabs, line
/// breaks or quotes in quotes.
QString blockAsTsv(const TableModel &model, const CellBlock &block, bool withHeaders);

/// The same cells as an HTML table whose texts stay texts: "00123" keeps its zeros in a spreadsheet.
QString blockAsHtml(const TableModel &model, const CellBlock &block, bool withHeaders);

} // namespace rowdesk
