#include "core/textedits.h"
#include "core/wtf8.h"
#include "files/diffcells.h"
#include "files/diffreport.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DiffReport)
};

constexpr std::string_view style = R"(<style>
:root{color-scheme:light dark;--line:#d0d4da;--soft:#f3f5f8;--add:#dff3e3;--del:#fbe3e4;--chg:#fff3cd;--text:#1c2430}
@media(prefers-color-scheme:dark){:root{--line:#444c56;--soft:#22272e;--add:#173a24;--del:#4a1f23;--chg:#453a10;
--text:#dfe5ec}body{background:#1b1f24}}
body{font:15px/1.45 system-ui,sans-serif;color:var(--text);max-width:80rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}.sum{font-size:1.15rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top;white-space:pre-wrap}
th{background:var(--soft)}td.n{text-align:right}tr.add td{background:var(--add)}tr.del td{background:var(--del)}
td.chg{background:var(--chg)}del{opacity:.75}mark{background:none;color:inherit;font-weight:700;text-decoration:underline}
del mark{text-decoration:line-through}small{opacity:.8}ins{text-decoration:none;font-weight:600}i{opacity:.6}
</style>
)";

void appendEscaped(std::string &out, std::string_view text)
{
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\0':
            out += "\xEF\xBF\xBD";
            break;
        default:
            out += c;
        }
    }
}

constexpr qsizetype longestShown = 2000; ///< characters of a cell; the CSV report has them all

class HtmlPage
{
public:
    HtmlPage(const DiffReport &report, const TextSink &sink, size_t rowsASection)
        : m_report(report), m_cells(report), m_sink(sink), m_most(rowsASection)
    {
    }

    Result<Done> write()
    {
        writeHead();
        writeColumns();
        const TableDiff &diff = m_report.diff;
        writeSection(Words::tr("Changed rows"), diff.changed.size(), [&](size_t i) { writeChanged(i); });
        writeSection(Words::tr("Removed rows"), diff.removed.size(),
                     [&](size_t i) { writeAlone("del", "\u2212", Words::tr("removed"), diff.removed[i], true); });
        writeSection(Words::tr("Added rows"), diff.added.size(),
                     [&](size_t i) { writeAlone("add", "+", Words::tr("added"), diff.added[i], false); });
        m_text += "</body></html>\n";
        return m_failure ? Result<Done>(*m_failure) : m_sink(m_text);
    }

private:
    void add(std::string_view html) { m_text += html; }
    void addText(const QString &text) { appendEscaped(m_text, text.toStdString()); }
    void addElement(std::string_view tag, const QString &text)
    {
        (m_text += '<') += tag;
        m_text += '>';
        addText(text);
        m_text += "</";
        m_text += tag.substr(0, tag.find(' '));
        m_text += ">\n";
    }
    QString number(size_t value) const { return m_locale.toString(qint64(value)); }

    void writeHead()
    {
        const TableDiff &diff = m_report.diff;
        const QString title = Words::tr("What changed: %1 \u2192 %2").arg(m_report.a.name, m_report.b.name);
        add("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
            "'unsafe-inline'\">\n");
        addElement("title", title);
        add(style);
        add("</head><body>\n");
        addElement("h1", title);
        addElement("p class=\"sum\"", reconcilingLine(diff, m_locale));
        addElement("p class=\"sum\"",
                   Words::tr("+ %1 added \u00B7 \u2212 %2 removed \u00B7 ~ %3 changed \u00B7 %4 same")
                       .arg(number(diff.added.size()), number(diff.removed.size()), number(diff.changed.size()),
                            m_locale.toString(diff.unchanged)));
        for (const QString &remark : diffRules(m_report.options) + diffRemarks(m_report, m_locale))
            addElement("p", remark);
        addElement("p", Words::tr("Compared on %1.").arg(m_locale.toString(m_report.when, QLocale::LongFormat)));
    }

    void writeColumns()
    {
        if (!m_report.diff.byKey || m_report.diff.paired() == 0)
            return;
        addElement("h2", Words::tr("Columns"));
        add("<table><tr>");
        for (const QString &title : {Words::tr("Column"), Words::tr("Changed"), Words::tr("Match")})
            addElement("th", title);
        add("</tr>\n");
        const auto whole = static_cast<double>(m_report.diff.paired());
        for (const DiffColumn &column : m_report.diff.columns) {
            if (!column.isCompared())
                continue;
            const double share = 100.0 * (whole - static_cast<double>(column.changed)) / whole;
            add("<tr>");
            addElement("td", column.name);
            addElement("td class=\"n\"", m_locale.toString(column.changed));
            addElement("td class=\"n\"", Words::tr("%1 %").arg(m_locale.toString(share, 'f', 2)));
            add("</tr>\n");
        }
        add("</table>\n");
    }

    template<typename WriteRow>
    void writeSection(const QString &title, size_t count, const WriteRow &writeRow)
    {
        if (count == 0)
            return;
        addElement("h2", QStringLiteral("%1 (%2)").arg(title, number(count)));
        if (count > m_most) {
            addElement(
                "p",
                Words::tr("The first %1 of %2. The CSV report has all of them.").arg(number(m_most), number(count)));
        }
        add("<div class=\"scroll\"><table><tr>");
        addElement("th", Words::tr("Change"));
        forColumns([&](size_t column) { addElement("th", m_report.diff.columns[column].name); });
        add("</tr>\n");
        for (size_t i = 0; i < std::min(count, m_most) && !m_failure; ++i) {
            writeRow(i);
            flush();
        }
        add("</table></div>\n");
    }

    /// The key first, then the columns that were compared, added or removed.
    template<typename F>
    void forColumns(const F &f)
    {
        std::ranges::for_each(m_cells.keyColumns(), f);
        for (const size_t column : m_cells.valueColumns()) {
            if (m_report.diff.columns[column].role != DiffColumn::Role::Ignored)
                f(column);
        }
    }

    void writeValue(CellView cell)
    {
        if (cell.kind == CellKind::Null)
            add("<i>null</i>");
        else if (cell.text.empty())
            add("<i>\"\"</i>");
        else if (cell.text.size() <= size_t(longestShown))
            appendEscaped(m_text, cell.text);
        else
            addText(textExcerpts(stringFromWtf8(cell.text), QString(), longestShown).old);
    }

    /// Old and new; of texts the characters that differ are marked, of numbers the difference is told, and what can't
    /// be seen is said.
    void writeChange(CellView old, CellView now)
    {
        if (old.kind == CellKind::Text && now.kind == CellKind::Text && !old.text.empty() && !now.text.empty()) {
            const auto [before, after] = textExcerpts(stringFromWtf8(old.text), stringFromWtf8(now.text), longestShown);
            const TextEdits edits = textEdits(before, after);
            writeMarked("del", before, edits.old);
            add(" \u2192 ");
            writeMarked("ins", after, edits.now);
        } else {
            add("<del>");
            writeValue(old);
            add("</del> \u2192 <ins>");
            writeValue(now);
            add("</ins>");
        }
        if (const QString note = changeNote(old, now); !note.isEmpty()) {
            add(" <small>(");
            addText(note);
            add(")</small>");
        }
    }

    void writeMarked(std::string_view tag, const QString &text, const QVector<TextPart> &parts)
    {
        (m_text += '<') += tag;
        m_text += '>';
        qsizetype from = 0;
        for (const TextPart &part : parts) {
            addText(text.mid(from, part.start - from));
            add("<mark>");
            addText(text.mid(part.start, part.length));
            add("</mark>");
            from = part.start + part.length;
        }
        addText(text.mid(from));
        m_text += "</";
        m_text += tag;
        m_text += '>';
    }

    void writeChanged(size_t index)
    {
        const TableDiff::Pair pair = m_report.diff.changed[index];
        add("<tr>");
        addElement("td", Words::tr("~ changed"));
        forColumns([&](size_t column) {
            const CellView now = m_cells.now(pair.b, column);
            const bool isNumber = now.kind == CellKind::Number;
            if (!m_report.diff.isCellChanged(index, column)) {
                add(isNumber ? "<td class=\"n\">" : "<td>");
                writeValue(m_report.diff.columns[column].inB < 0 ? m_cells.old(pair.a, column) : now);
            } else {
                add("<td class=\"chg\">");
                writeChange(m_cells.old(pair.a, column), now);
            }
            add("</td>");
        });
        add("</tr>\n");
    }

    void writeAlone(std::string_view rowClass, const char *glyph, const QString &word, quint32 row, bool ofA)
    {
        add("<tr class=\"");
        add(rowClass);
        add("\">");
        addElement("td", QString::fromUtf8(glyph) + QLatin1Char(' ') + word);
        forColumns([&](size_t column) {
            const CellView cell = ofA ? m_cells.old(row, column) : m_cells.now(row, column);
            add(cell.kind == CellKind::Number ? "<td class=\"n\">" : "<td>");
            writeValue(cell);
            add("</td>");
        });
        add("</tr>\n");
    }

    void flush()
    {
        if (m_text.size() < (1 << 20))
            return;
        if (const Result<Done> written = m_sink(m_text); !written)
            m_failure = written.error();
    }

    const DiffReport &m_report;
    DiffCells m_cells;
    const TextSink &m_sink;
    size_t m_most;
    QLocale m_locale;
    std::string m_text;
    std::optional<ApiError> m_failure;
};

} // namespace

Result<Done> writeDiffHtml(const DiffReport &report, const TextSink &sink, size_t rowsASection)
{
    return HtmlPage(report, sink, rowsASection).write();
}

} // namespace rowdesk
