#include "models/rowsquestion.h"

#include "models/words.h"

namespace rowdesk {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::RowsQuestion)
};

QString linesOf(const QVector<qint64> &lines, qint64 all)
{
    QStringList texts;
    for (const qint64 line : lines)
        texts.append(Words::number(line));
    return texts.join(QStringLiteral(", ")) + (all > lines.size() ? QStringLiteral(", …") : QString());
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

} // namespace

QVector<RowsQuestion> rowsQuestions(const FileInspection &inspection, const CsvFormat &format)
{
    QVector<RowsQuestion> questions;
    const CsvCounts &counts = inspection.counts;
    if (counts.shortRows > 0) {
        questions.append({Texts::tr("%1 with too few fields (line %2).")
                              .arg(Words::rows(counts.shortRows), linesOf(counts.shortLines, counts.shortRows)),
                          {Texts::tr("Missing fields have no value"), Texts::tr("Leave these rows out")},
                          answerOf(format.shortRows)});
    }
    if (counts.longRows > 0) {
        questions.append(
            {Texts::tr("%1 with too many fields (line %2).")
                 .arg(Words::rows(counts.longRows), linesOf(counts.longLines, counts.longRows)),
             {Texts::tr("Ignore extra fields as long as they are empty"), Texts::tr("Leave these rows out")},
             answerOf(format.longRows)});
    }
    return questions;
}

void answerRowsQuestion(const FileInspection &inspection, CsvFormat &format, int number, int choice)
{
    const RaggedRows rows = choice == 0 ? RaggedRows::FillNull : RaggedRows::Skip;
    const bool aboutShort = number == 0 && inspection.counts.shortRows > 0;
    (aboutShort ? format.shortRows : format.longRows) = rows;
}

} // namespace rowdesk
