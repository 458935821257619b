#include "core/wtf8.h"
#include "files/diffcells.h"
#include "files/diffreport.h"
#include "files/numbervalue.h"

#include <QLocale>

namespace rowdesk {
namespace {

/// Writes the lines of the CSV report.
class CsvLines
{
public:
    CsvLines(const DiffReport &report, const TextSink &sink) : m_report(report), m_cells(report), m_sink(sink) {}

    Result<Done> write()
    {
        const TableDiff &diff = m_cells.diff();
        m_text = "change,row_old,row_new";
        for (const size_t column : m_cells.keyColumns())
            addText(m_cells.name(column));
        m_text += ",column,old,new\r\n";
        addAbout();
        for (size_t i = 0; i < diff.changed.size(); ++i) {
            for (const size_t column : m_cells.valueColumns()) {
                if (diff.isCellChanged(i, column))
                    addLine("changed", diff.changed[i].a, diff.changed[i].b, column);
            }
            if (const auto flushed = flush(false); !flushed)
                return flushed.error();
        }
        for (const quint32 row : diff.removed) {
            if (const auto written = addRow("removed", row, DiffCells::none); !written)
                return written.error();
        }
        for (const quint32 row : diff.added) {
            if (const auto written = addRow("added", DiffCells::none, row); !written)
                return written.error();
        }
        return flush(true);
    }

private:
    /// What was compared, by what, and the counts, in the same columns as the changes: the file stays one table.
    void addAbout()
    {
        const TableDiff &diff = m_cells.diff();
        const DiffOptions &options = m_report.options;
        addAbout("table", m_report.a.name, m_report.b.name);
        addAbout("rows", QString::number(diff.rowsA), QString::number(diff.rowsB));
        addCount("added", qint64(diff.added.size()));
        addCount("removed", qint64(diff.removed.size()));
        addCount("changed", qint64(diff.changed.size()));
        addCount("unchanged", diff.unchanged);
        addCount("cells_changed", diff.cellsChanged);
        for (const QString &remark : diffRemarks(m_report, QLocale::c()))
            addAbout("remark", {}, remark);
        for (const QString &name : options.key.isEmpty() ? QStringList{QString()} : options.key)
            addAbout("key", {}, name);
        for (const QString &name : options.ignored)
            addAbout("ignored", {}, name);
        for (const auto &[name, used] :
             {std::pair("trim", options.trim), std::pair("ignore_case", options.ignoreCase),
              std::pair("null_is_empty", options.nullIsEmpty), std::pair("dates_only", options.datesOnly),
              std::pair("as_written", options.asWritten)})
            addAbout(name, {}, used ? QStringLiteral("true") : QStringLiteral("false"));
        QStringList tolerant = options.tolerances.keys();
        tolerant.sort();
        for (const QString &name : tolerant)
            addAbout("tolerance", {}, name + QLatin1Char('=') + toleranceText(options.tolerances.value(name)));
        addAbout("compared_at", {}, m_report.when.toUTC().toString(Qt::ISODate));
    }
    void addCount(std::string_view name, qint64 count) { addAbout(name, {}, QString::number(count)); }

    /// A null text is no value.
    void addAbout(std::string_view name, const QString &old, const QString &now)
    {
        m_text += "about,,";
        m_text.append(m_cells.keyColumns().size() + 1, ',');
        m_text += name;
        for (const QString &text : {old, now}) {
            if (text.isNull())
                m_text += ',';
            else
                addText(wtf8FromString(text));
        }
        m_text += "\r\n";
    }

    /// A row of one side: a line for each cell with a value, or one without a column when it has none.
    Result<Done> addRow(std::string_view change, quint32 a, quint32 b)
    {
        bool any = false;
        for (const size_t column : m_cells.valueColumns()) {
            const bool isNull =
                (b == DiffCells::none ? m_cells.old(a, column) : m_cells.now(b, column)).kind == CellKind::Null;
            if (!isNull)
                addLine(change, a, b, column);
            any = any || !isNull;
        }
        if (!any) {
            beginLine(change, a, b);
            m_text += ",,,\r\n";
        }
        return flush(false);
    }

    void beginLine(std::string_view change, quint32 a, quint32 b)
    {
        m_text += change;
        for (const quint32 row : {a, b}) {
            m_text += ',';
            m_text += row == DiffCells::none ? std::string() : std::to_string(qint64(row) + 1);
        }
        for (const size_t column : m_cells.keyColumns())
            addCell(b == DiffCells::none ? m_cells.old(a, column) : m_cells.now(b, column));
    }

    void addLine(std::string_view change, quint32 a, quint32 b, size_t column)
    {
        beginLine(change, a, b);
        addText(m_cells.name(column));
        addCell(a == DiffCells::none ? CellView{} : m_cells.old(a, column));
        addCell(b == DiffCells::none ? CellView{} : m_cells.now(b, column));
        m_text += "\r\n";
    }

    void addCell(CellView cell)
    {
        if (cell.kind == CellKind::Null)
            m_text += ',';
        else if (cell.kind == CellKind::Text || cell.kind == CellKind::Json)
            addText(cell.text);
        else
            (m_text += ',') += cell.text;
    }

    void addText(std::string_view text)
    {
        m_text += ',';
        const char first = text.empty() ? '\0' : text.front();
        const bool sign = first == '+' || first == '-';
        const bool guarded =
            first == '=' || first == '@' || first == '\t' || first == '\r' || (sign && !scanNumber(text));
        if (!text.empty() && !guarded && text.find_first_of(",\"\r\n") == std::string_view::npos) {
            m_text += text;
            return;
        }
        m_text += guarded ? "\"'" : "\"";
        for (const char c : text)
            (m_text += c == '"' ? "\"" : "") += c;
        m_text += '"';
    }

    Result<Done> flush(bool all)
    {
        constexpr size_t block = 1 << 20;
        return all || m_text.size() >= block ? m_sink(m_text) : Result<Done>(Done{});
    }

    const DiffReport &m_report;
    DiffCells m_cells;
    const TextSink &m_sink;
    std::string m_text;
};

} // namespace

Result<Done> writeDiffCsv(const DiffReport &report, const TextSink &sink)
{
    return CsvLines(report, sink).write();
}

} // namespace rowdesk
