#include "models/rowsquestion.h"

#include "models/words.h"

#include <algorithm>

namespace rowdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::RowsQuestion)
};

QString lineNumbers(const QVector<qint64> &lines, qint64 all)
{
    QStringList texts;
    for (const qint64 line : lines)
        texts.append(Words::number(line));
    const QString numbers = texts.join(QStringLiteral(", ")) + (all > lines.size() ? QStringLiteral(", …") : QString());
    return all == 1 ? Texts::tr("line %1").arg(numbers) : Texts::tr("lines %1").arg(numbers);
}

/// "“1”, “Müller”, …": empty fields are seen as such.
QString fieldsText(const QStringList &fields, qsizetype all)
{
    constexpr qsizetype longest = 24;
    QStringList texts;
    for (const QString &field : fields)
        texts.append(u'“' + Words::oneLine(field, longest) + u'”');
    if (all > fields.size())
        texts.append(QStringLiteral("…"));
    return texts.join(QStringLiteral(", "));
}

QString describe(const RaggedRow &row)
{
    const qsizetype extra = row.fields - row.columns;
    const QString start = fieldsText(row.start, std::min(row.fields, row.columns));
    const QString line = Words::number(row.line);
    if (extra > 0)
        return Texts::tr("Line %1: %2; too many: %3").arg(line, start, fieldsText(row.beyond, extra));
    return Texts::tr("Line %1: %2; %3 of %4 fields").arg(line, start).arg(row.fields).arg(row.columns);
}

/// Which rows they are: the lines of the first ones, and the first few themselves.
QString whichRows(const QString &sentence, const QVector<RaggedRow> &rows, const QVector<qint64> &lines, qint64 all)
{
    constexpr qsizetype mostShown = 3;
    QStringList texts{sentence.arg(Words::rows(all), lineNumbers(lines, all))};
    for (const RaggedRow &row : rows.mid(0, mostShown))
        texts.append(describe(row));
    return texts.join(u'\n');
}

QString cellsOf(const QStringList &names, qint64 all)
{
    return names.join(QStringLiteral(", ")) + (all > names.size() ? QStringLiteral(", …") : QString());
}

int answerOf(RaggedRows rows)
{
    switch (rows) {
    case RaggedRows::Stop:
        break;
    case RaggedRows::FillNull:
        return 0;
    case RaggedRows::Skip:
        return 1;
    }
    return -1;
}

int answerOf(BadCells cells)
{
    return cells == BadCells::LeaveOut ? 0 : -1;
}

void addCsvQuestions(const CsvCounts &counts, const CsvFormat &format, QVector<RowsQuestion> &questions)
{
    using About = RowsQuestion::About;
    if (counts.shortRows > 0) {
        questions.append({About::ShortRows,
                          whichRows(Texts::tr("%1 with too few fields (%2)."), counts.firstShort, counts.shortLines(),
                                    counts.shortRows),
                          {Texts::tr("Missing fields have no value"), Texts::tr("Leave these rows out")},
                          answerOf(format.shortRows)});
    }
    if (counts.longRows > 0) {
        questions.append(
            {About::LongRows,
             whichRows(Texts::tr("%1 with too many fields (%2)."), counts.firstLong, counts.longLines(),
                       counts.longRows),
             {Texts::tr("Ignore extra fields as long as they are empty"), Texts::tr("Leave these rows out")},
             answerOf(format.longRows)});
    }
}

void addXlsxQuestions(const XlsxCounts &counts, const XlsxFormat &format, QVector<RowsQuestion> &questions)
{
    using About = RowsQuestion::About;
    if (counts.badCells > 0) {
        questions.append({About::BadCells,
                          Texts::tr("Cells with an error or without a stored result: %1 (%2).")
                              .arg(Words::number(counts.badCells), cellsOf(counts.badCellNames, counts.badCells)),
                          {Texts::tr("They have no value")},
                          answerOf(format.badCells)});
    }
    if (counts.cellsOutside > 0) {
        questions.append(
            {About::CellsOutside,
             Texts::tr("Cells with values beside the table: %1 (%2).")
                 .arg(Words::number(counts.cellsOutside), cellsOf(counts.outsideNames, counts.cellsOutside)),
             {Texts::tr("Leave them out")},
             answerOf(format.cellsOutside)});
    }
}

} // namespace

QVector<RowsQuestion> rowsQuestions(const FileInspection &inspection, const FileFormat &format)
{
    QVector<RowsQuestion> questions;
    if (format.kind == FileKind::Xlsx)
        addXlsxQuestions(inspection.xlsxCounts, format.xlsx, questions);
    else
        addCsvQuestions(inspection.counts, format.csv, questions);
    return questions;
}

void answerRowsQuestion(RowsQuestion::About about, int choice, FileFormat &format)
{
    const RaggedRows rows = choice == 0 ? RaggedRows::FillNull : RaggedRows::Skip;
    switch (about) {
    case RowsQuestion::About::ShortRows:
        format.csv.shortRows = rows;
        break;
    case RowsQuestion::About::LongRows:
        format.csv.longRows = rows;
        break;
    case RowsQuestion::About::BadCells:
        format.xlsx.badCells = BadCells::LeaveOut;
        break;
    case RowsQuestion::About::CellsOutside:
        format.xlsx.cellsOutside = BadCells::LeaveOut;
        break;
    }
}

} // namespace rowdesk
