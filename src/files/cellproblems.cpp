#include "files/tableplan.h"
#include "files/valueconverter.h"

#include <QCoreApplication>

#include <numeric>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TablePlan)
};

constexpr qsizetype longestValue = 100;

QString shortened(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(std::min<size_t>(value.size(), 4 * longestValue)))
        .left(longestValue);
}

/// Tries cells by the rules of their columns and keeps what does not fit.
class ProblemFinder
{
public:
    ProblemFinder(const QVector<ColumnRule> &rules, qsizetype most) : m_most(most)
    {
        for (const ColumnRule &rule : rules)
            m_converters.emplace_back(rule);
        m_problems.countOf.resize(rules.size());
        m_problems.unreadableOf.resize(rules.size());
    }

    void look(const CsvField &field, int column, qint64 line)
    {
        look(CellView{field.isNull() ? CellKind::Null : CellKind::Text, field.text()}, column, line);
    }

    void look(const XlsxField &field, int column, qint64 line)
    {
        if (field.issue == XlsxIssue::None)
            return look(field.cell, column, line);
        ++m_problems.unreadableOf[column];
        add(line, column, field.cell.text, xlsxIssueText(field.issue));
    }

    CellProblems take() { return std::move(m_problems); }

private:
    void look(CellView cell, int column, qint64 line)
    {
        const auto problem = m_converters[static_cast<size_t>(column)].convert(cell, m_scratch).problem;
        if (problem != ValueProblem::None)
            add(line, column, cell.text, valueProblemText(problem));
    }

    void add(qint64 line, int column, std::string_view value, const QString &reason)
    {
        ++m_problems.countOf[column];
        if (m_problems.first.size() < m_most)
            m_problems.first.append({line, column, shortened(value), reason});
    }

    std::vector<ValueConverter> m_converters;
    CellProblems m_problems;
    qsizetype m_most;
    std::string m_scratch;
};

template<typename Reader>
Result<CellProblems> findIn(Result<std::unique_ptr<Reader>> opened, const QVector<ColumnRule> &rules, FileWork *work,
                            qsizetype most)
{
    if (!opened)
        return opened.error();
    Reader &reader = **opened;
    ProblemFinder finder(rules, most);
    while (reader.nextRow()) {
        const auto fields = reader.fields();
        const auto count = std::min<qsizetype>(rules.size(), static_cast<qsizetype>(fields.size()));
        for (qsizetype column = 0; column < count; ++column)
            finder.look(fields[static_cast<size_t>(column)], static_cast<int>(column), reader.line());
        if (work && work->cancel)
            return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The reading was cancelled."), {}, {}};
    }
    return finder.take();
}

} // namespace

qint64 CellProblems::count() const
{
    return std::accumulate(countOf.begin(), countOf.end(), qint64{0});
}

Result<CellProblems> findProblems(const QString &path, const FileFormat &format, const QVector<ColumnRule> &rules,
                                  FileWork *work, qsizetype most)
{
    const FileFormat all = lenient(format);
    return format.kind == FileKind::Xlsx ? findIn(XlsxTable::open(path, all.xlsx), rules, work, most)
                                         : findIn(CsvReader::open(path, all.csv), rules, work, most);
}

} // namespace rowdesk
