#include "core/lookalikes.h"
#include "files/diffcells.h"
#include "files/diffreport.h"
#include "files/savedfile.h"
#include "files/workbookfile.h"
#include "files/xlsxsheet.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DiffReport)
};

class DiffWorkbook
{
public:
    DiffWorkbook(const DiffReport &report, const QString &path, CancelFlag cancelled)
        : m_report(report), m_cells(report), m_file(path), m_cancelled(cancelled)
    {
    }

    Result<Done> write()
    {
        const TableDiff &diff = m_report.diff;
        const size_t rows = diff.changed.size() + diff.removed.size() + diff.added.size();
        if (qint64(rows) >= xlsxMostRows || qint64(diff.columns.size()) >= xlsxMostColumns) {
            return writeFailure(m_file.path(),
                                Words::tr("%1 rows differ, and a sheet has at most %2 rows and %3 columns; the "
                                          "CSV report has room for all")
                                    .arg(rows)
                                    .arg(xlsxMostRows)
                                    .arg(xlsxMostColumns));
        }
        if (const auto started = m_file.start(); !started)
            return started.error();
        makeFormats();
        writeSummary();
        writeRows();
        if (isCancelled(m_cancelled))
            return exportStopped();
        return m_file.finish(m_row);
    }

private:
    lxw_format *format(lxw_color_t background)
    {
        lxw_format *made = workbook_add_format(m_file.book());
        format_set_bg_color(made, background);
        return made;
    }

    void makeFormats()
    {
        m_head = workbook_add_format(m_file.book());
        format_set_bold(m_head);
        m_addedFormat = format(0xDFF3E3);
        m_removedFormat = format(0xFBE3E4);
        m_changedFormat = format(0xFFF3CD);
    }

    /// Texts beyond what a cell holds are cut, which their end shows; the CSV report has them whole.
    void writeText(lxw_col_t column, std::string_view text, lxw_format *format)
    {
        constexpr qsizetype most = 32'767;
        QString shown = QString::fromUtf8(m_file.cellText(text));
        if (shown.size() > most)
            shown = shown.left(most - 1) + QChar(u'\u2026');
        m_file.note(worksheet_write_string(m_sheet, m_row, column, shown.toUtf8().constData(), format));
        noteWidth(column, shown.size());
    }
    void noteWidth(lxw_col_t column, qsizetype characters)
    {
        if (column >= m_widths.size())
            m_widths.resize(column + size_t{1}, 0);
        m_widths[column] = std::max(m_widths[column], characters);
    }
    void writeText(lxw_col_t column, const QString &text, lxw_format *format)
    {
        writeText(column, std::string_view(text.toStdString()), format);
    }

    void writeNumber(lxw_col_t column, double value, size_t digits, lxw_format *format)
    {
        m_file.note(worksheet_write_number(m_sheet, m_row, column, value, format));
        noteWidth(column, qsizetype(digits));
    }

    /// Each column as wide as its texts, within what a screen shows.
    void setWidths()
    {
        for (size_t column = 0; column < m_widths.size(); ++column) {
            const auto width = static_cast<double>(std::clamp<qsizetype>(m_widths[column] + 2, 6, 60));
            worksheet_set_column(m_sheet, static_cast<lxw_col_t>(column), static_cast<lxw_col_t>(column), width,
                                 nullptr);
        }
    }

    void writeCell(lxw_col_t column, CellView cell, lxw_format *format)
    {
        const std::optional<double> value = cell.kind == CellKind::Number ? workbookNumber(cell.text) : std::nullopt;
        if (value)
            writeNumber(column, *value, cell.text.size(), format);
        else if (cell.kind != CellKind::Null)
            writeText(column, cell.text, format);
        else if (format)
            m_file.note(worksheet_write_blank(m_sheet, m_row, column, format));
    }

    void writeLine(const QStringList &cells, lxw_format *format = nullptr)
    {
        lxw_col_t column = 0;
        for (const QString &cell : cells)
            writeText(column++, cell, format);
        ++m_row;
    }

    void writeSummary()
    {
        const TableDiff &diff = m_report.diff;
        const QLocale locale;
        m_sheet = workbook_add_worksheet(m_file.book(), "Summary");
        m_row = 0;
        worksheet_set_column(m_sheet, 0, 0, 40, nullptr);
        writeLine({Words::tr("What changed: %1 \u2192 %2").arg(m_report.a.name, m_report.b.name)}, m_head);
        writeLine({reconcilingLine(diff, locale)});
        const auto writeCount = [this](const QString &word, qint64 count) {
            writeText(0, word, nullptr);
            m_file.note(worksheet_write_number(m_sheet, m_row++, 1, static_cast<double>(count), nullptr));
        };
        writeCount(Words::tr("Rows added"), qint64(diff.added.size()));
        writeCount(Words::tr("Rows removed"), qint64(diff.removed.size()));
        writeCount(Words::tr("Rows changed"), qint64(diff.changed.size()));
        writeCount(Words::tr("Rows the same"), diff.unchanged);
        writeCount(Words::tr("Cells changed"), diff.cellsChanged);
        for (const QString &remark : diffRules(m_report.options) + diffRemarks(m_report, locale))
            writeLine({remark});
        writeLine({Words::tr("Compared on %1.").arg(locale.toString(m_report.when, QLocale::LongFormat))});
        ++m_row;
        writeLine({Words::tr("Column"), Words::tr("Changed")}, m_head);
        for (const DiffColumn &column : diff.columns) {
            if (diff.byKey && column.isCompared())
                writeCount(column.name, column.changed);
        }
    }

    void writeRows()
    {
        const TableDiff &diff = m_report.diff;
        m_sheet = workbook_add_worksheet(m_file.book(), "Changes");
        m_row = 0;
        m_widths.clear();
        worksheet_freeze_panes(m_sheet, 1, static_cast<lxw_col_t>(1 + m_cells.keyColumns().size()));
        QStringList head{Words::tr("Change")};
        forColumns([&](lxw_col_t, size_t column) { head.append(diff.columns[column].name); });
        writeLine(head, m_head);
        for (size_t i = 0; i < diff.changed.size() && m_file.isGood() && !isCancelled(m_cancelled); ++i)
            writeChanged(i);
        for (const quint32 row : diff.removed)
            writeAlone(Words::tr("\u2212 removed"), row, true, m_removedFormat);
        for (const quint32 row : diff.added)
            writeAlone(Words::tr("+ added"), row, false, m_addedFormat);
        setWidths();
    }

    template<typename F>
    void forColumns(const F &f)
    {
        lxw_col_t place = 1;
        for (const std::vector<size_t> *columns : {&m_cells.keyColumns(), &m_cells.valueColumns()}) {
            for (const size_t column : *columns)
                f(place++, column);
        }
    }

    static std::string shown(CellView cell)
    {
        return cell.kind == CellKind::Null ? std::string("null") : std::string(cell.text);
    }

    void writeChanged(size_t index)
    {
        const TableDiff::Pair pair = m_report.diff.changed[index];
        writeText(0, Words::tr("~ changed"), nullptr);
        forColumns([&](lxw_col_t place, size_t column) {
            if (m_report.diff.isCellChanged(index, column)) {
                const CellView old = m_cells.old(pair.a, column);
                const CellView now = m_cells.now(pair.b, column);
                const bool isSeen = unseenDifference(old, now) == Unseen::Nothing;
                const std::string note = isSeen ? std::string() : " (" + changeNote(old, now).toStdString() + ')';
                writeText(place, shown(old) + " \u2192 " + shown(now) + note, m_changedFormat);
            } else if (m_report.diff.columns[column].inB >= 0) {
                writeCell(place, m_cells.now(pair.b, column), nullptr);
            } else {
                writeCell(place, m_cells.old(pair.a, column), nullptr);
            }
        });
        ++m_row;
    }

    void writeAlone(const QString &word, quint32 row, bool ofA, lxw_format *format)
    {
        if (!m_file.isGood() || isCancelled(m_cancelled))
            return;
        writeText(0, word, format);
        forColumns([&](lxw_col_t place, size_t column) {
            writeCell(place, ofA ? m_cells.old(row, column) : m_cells.now(row, column), format);
        });
        ++m_row;
    }

    const DiffReport &m_report;
    DiffCells m_cells;
    WorkbookFile m_file;
    CancelFlag m_cancelled;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_head = nullptr;
    lxw_format *m_addedFormat = nullptr;
    lxw_format *m_removedFormat = nullptr;
    lxw_format *m_changedFormat = nullptr;
    std::vector<qsizetype> m_widths; ///< of the sheet's columns, in characters
    lxw_row_t m_row = 0;
};

} // namespace

Result<Done> writeDiffXlsx(const DiffReport &report, const QString &path, CancelFlag cancelled)
{
    return DiffWorkbook(report, path, cancelled).write();
}

} // namespace rowdesk
