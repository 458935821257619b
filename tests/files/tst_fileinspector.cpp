#include "files/filefixture.h"
#include "files/fileinspector.h"
#include "files/valueconverter.h"

#include <QCryptographicHash>
#include <QLocale>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

class TestFileInspector : public QObject
{
    Q_OBJECT
    FileFixture m_files;

    FileInspection inspect(const QByteArray &content)
    {
        const QString path = m_files.write(content);
        const auto format = detectFormat(path);
        if (!format)
            return {};
        auto inspection = inspectFile(path, *format);
        return inspection ? std::move(inspection).value() : FileInspection{};
    }
    ColumnFindings column(const QByteArrayList &values, const QByteArray &others = "1;x")
    {
        QByteArray content = "first;second;it\n";
        for (const QByteArray &value : values)
            content += others + ';' + value + '\n';
        const FileInspection inspection = inspect(content);
        return inspection.columns.size() == 3 ? inspection.columns[2] : ColumnFindings{};
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void thousandsByPoint()
    {
        const ColumnFindings asked = column({"1.234", "2.500"});
        QVERIFY(asked.question == ColumnQuestion::DecimalMark);
        QCOMPARE(asked.questionValues, QStringList({QStringLiteral("1.234"), QStringLiteral("2.500")}));
        ColumnRule grouped = asked.ruleIfAnswered;
        grouped.marks = {',', '.'};
        std::string out;
        QVERIFY(ValueConverter(grouped).convert({CellKind::Text, "1.234"}, out).problem == ValueProblem::None);
        QCOMPARE(out, std::string("1234"));
        const auto typeOf = [this](const QByteArray &content) { return inspect(content).columns.last(); };
        // Nothing but the numbers themselves: the point is what it mostly is.
        QVERIFY(typeOf("a,b\n1,1.234\n2,2.500\n").rule.type == ColumnType::Number);
        QVERIFY(typeOf("a,b\n\"1,5\",1.234\n\"2,5\",2.500\n").question == ColumnQuestion::DecimalMark);
        QVERIFY(column({"1.234", "2.500"}, "1.5;x").question == ColumnQuestion::None);
    }

    void notesOfOne()
    {
        const auto has = [this](const QByteArray &content, const char *note) {
            const QStringList notes = inspect(content).notes;
            return notes.contains(QString::fromLatin1(note)) ? QString() : notes.join(QLatin1Char('|'));
        };
        QCOMPARE(has("a,b\n1,2\n3\n5,6\n", "1 row has too few fields (line 3)."), QString());
        QCOMPARE(has("a,b\n1,2\n3\n5\n7,8\n9,9\n", "2 rows have too few fields (lines 3; 4)."), QString());
        QCOMPARE(has("a,b\n1,2\n3,4,5\n5,6\n", "1 row has too many fields (line 3)."), QString());
        QCOMPARE(has("a,b\n\"x\ny\",2\n3,4\n", "1 cell contains line breaks."), QString());
        QCOMPARE(has("a,b\n1,2\n\n3,4\n", "1 blank line is left out."), QString());
    }

    void linesAboveTheHeaderAreTold()
    {
        const FileInspection titled = inspect("Report of May\n\nid,name,n\n1,x,2\n2,y,3\n");
        QCOMPARE(titled.rows, 2);
        QVERIFY(titled.notes.contains(QStringLiteral("Lines 1–2 above the header row 3 were left out.")));
        QVERIFY(inspect("Report\nid,name,n\n1,x,2\n2,y,3\n")
                    .notes.contains(QStringLiteral("Line 1 above the header row 2 was left out.")));
        QVERIFY(inspect("sep=;\na;b;c\n1;2;3\n").notes.isEmpty());
    }

    void types_data()
    {
        using enum ColumnType;
        QTest::addColumn<QByteArrayList>("values");
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("question");
        const auto row = [](const char *name, const QByteArrayList &values, ColumnType type,
                            ColumnQuestion question = ColumnQuestion::None) {
            QTest::newRow(name) << values << static_cast<int>(type) << static_cast<int>(question);
        };
        row("T19 leading zero", {"0805", "12345"}, Text);
        row("T19 quoted digits", {"\"11001\"", "\"11002\""}, Text);
        row("T21 E in an id", {"E10078100", "E10078101"}, Text);
        row("21 1E5", {"1E5", "2E5"}, Text);
        row("T22 19 digits", {"1234567890123456789", "1"}, Number);
        row("T22 20 digits", {"11234567800033596096", "1"}, Text);
        row("T22 exponent", {"9.007199254740993e15", "1.5"}, Number);
        row("exponents with a comma, as a German Excel writes them", {"1,23457E+11", "1,5", "1E+5"}, Number);
        row("exponents with both marks", {"1.5E+3", "2,5"}, Text, ColumnQuestion::DecimalMark);
        row("T23 0 and 1 stay numbers", {"0", "1", "0"}, Number);
        row("T23 late decimals", {"1", "2", "3", "1.1"}, Number);
        row("T24 decimal comma", {"0,435", "1,5"}, Number);
        row("T25 spaces", {"10 237,65", "1,5"}, Number);
        row("T25 points and comma", {"1.000,92", "5"}, Number);
        row("T25 apostrophes", {"1'234.50", "5"}, Number);
        row("T25 three digits after a comma", {"173,900", "12"}, Text, ColumnQuestion::DecimalMark);
        row("three digits after a point", {"1.234", "2.500", "12.345"}, Text, ColumnQuestion::DecimalMark);
        row("three digits after a point and whole numbers", {"1.234", "900"}, Text, ColumnQuestion::DecimalMark);
        row("another length after the point", {"1.234", "2.5"}, Number);
        row("20 both marks", {"1,5", "1.5"}, Text, ColumnQuestion::DecimalMark);
        row("T26 percent", {"12.5%", "4%"}, Percentage);
        row("T26 percent with comma", {"4,3%", "4%"}, Percentage);
        row("T26 percent and words", {"4%", "high"}, Text);
        row("T27 money", {"$1,234.56", "($987.65)"}, Text);
        row("T29 either order", {"03/04/2025", "05/06/2025"}, Text, ColumnQuestion::DateOrder);
        row("T29 one decides", {"03/04/2025", "31/12/2025"}, Date);
        row("points, one decides", {"03.04.2025", "31.10.2025", "01.12.2025"}, Date);
        row("points, either order", {"03.04.2025", "05.06.2025"}, Text, ColumnQuestion::DateOrder);
        row("T29 contradiction", {"13/04/2025", "04/13/2025"}, Text, ColumnQuestion::DateOrder);
        row("two-digit years", {"2/3/24", "4/5/24"}, Text, ColumnQuestion::ShortYears);
        row("ISO dates", {"2025-04-03", "2025-04-04"}, Date);
        row("ISO times", {"2025-04-03T10:00:00", "2025-04-04 11:30"}, DateTime);
        row("true and false", {"true", "False"}, Checkbox);
        row("T38 empty dates", {"2025-04-03", "", "NULL"}, Date);
        row("mixed", {"1", "2", "x", "y"}, Text);
        row("nothing", {"", ""}, Text);
        row("words", {"a", "b"}, Text);
        row("formulas", {"=1+1", "@x"}, Text);
        row("blanks around numbers", {" 1", "2 "}, Number);
    }
    void types()
    {
        QFETCH(QByteArrayList, values);
        QFETCH(int, type);
        QFETCH(int, question);
        const ColumnFindings found = column(values);
        QCOMPARE(static_cast<int>(found.rule.type), type);
        QCOMPARE(static_cast<int>(found.question), question);
        QVERIFY(!found.reason.isEmpty());
        QCOMPARE(found.questionText.isEmpty(), found.question == ColumnQuestion::None);
        QCOMPARE(found.problemCount, 0);
    }

    /// What is suggested must be what is done: every value converts, but for the problems that were counted.
    void suggestionsAndConversionsAgree_data() { types_data(); }
    void suggestionsAndConversionsAgree()
    {
        QFETCH(QByteArrayList, values);
        const ColumnFindings found = column(values);
        std::string out;
        for (const QByteArray &value : values) {
            const QByteArray bare = value.startsWith('"') ? value.mid(1, value.size() - 2) : value;
            const CellView cell{bare.isEmpty() ? CellKind::Null : CellKind::Text,
                                {bare.constData(), static_cast<size_t>(bare.size())}};
            QCOMPARE(ValueConverter(found.rule).convert(cell, out).problem, ValueProblem::None);
        }
    }

    void problemsAreNamedWithTheirLines()
    {
        QByteArray content = "id,day\n";
        for (int line = 2; line <= 10001; ++line)
            content += QByteArray::number(line) + (line == 812    ? ",2000-1-NA\n"
                                                   : line == 4410 ? ",2025-02-30\n"
                                                                  : ",2025-04-03\n");
        const FileInspection inspection = inspect(content);
        const ColumnFindings &day = inspection.columns[1];
        QCOMPARE(inspection.rows, 10000);
        QCOMPARE(day.rule.type, ColumnType::Date);
        QCOMPARE(day.reason, QStringLiteral("9,998 values are dates, 2 are not (lines 812; 4,410)."));
        QCOMPARE(day.problemCount, 2);
        QCOMPARE(day.problems.size(), 2);
        QCOMPARE(day.problems[0].line, 812);
        QCOMPARE(day.problems[0].value, QStringLiteral("2000-1-NA"));
        QCOMPARE(day.problems[0].reason, valueProblemText(ValueProblem::NotADate));
        QCOMPARE(day.problems[1].line, 4410);
        QCOMPARE(day.problems[1].reason, valueProblemText(ValueProblem::ImpossibleDate));
    }

    void badNumbersAreListed()
    {
        QByteArrayList values(60, "1.5");
        values << "NaN"
               << "inf"
               << "1e400"
               << "-0";
        const ColumnFindings found = column(values);
        QCOMPARE(found.rule.type, ColumnType::Number);
        QCOMPARE(found.problemCount, 4);
        QCOMPARE(found.problems[0].reason, valueProblemText(ValueProblem::NotFinite));
        QCOMPARE(found.problems[3].reason, valueProblemText(ValueProblem::NegativeZero));
    }

    void aPlainNumberAmongPercentsIsAProblem()
    {
        QByteArrayList values(20, "4.5%");
        values << "5";
        const ColumnFindings found = column(values);
        QCOMPARE(found.rule.type, ColumnType::Percentage);
        QCOMPARE(found.problemCount, 1);
        QCOMPARE(found.problems[0].reason, valueProblemText(ValueProblem::NoPercentSign));
    }

    void aPercentSignMayStandBehindBlanksOfAnyKind()
    {
        const ColumnFindings found =
            column({"2%", "2 %", "2\u00a0%", "2\u202f%", "2\t%", "2  %", "2 \u00a0 %", "2,5\u202f%"});
        QCOMPARE(found.rule.type, ColumnType::Percentage);
        QCOMPARE(found.problemCount, 0);
        std::string out;
        const ValueConverter converter(found.rule);
        QCOMPARE(converter.convert({CellKind::Text, "2 \u00a0\t%"}, out).problem, ValueProblem::None);
        QCOMPARE(out, std::string("0.02"));
    }

    void aShareWithAnExponentIsAShare()
    {
        const ColumnFindings found = column(QByteArrayList(20, "2%") << "2E2%"
                                                                     << "1e400%");
        QCOMPARE(found.rule.type, ColumnType::Percentage);
        QCOMPARE(found.problemCount, 1);
        QCOMPARE(found.problems[0].reason, valueProblemText(ValueProblem::NotFinite));
        std::string out;
        const ValueConverter converter(found.rule);
        QCOMPARE(converter.convert({CellKind::Text, "2E2%"}, out).problem, ValueProblem::None);
        QCOMPARE(out, std::string("0.02E2"));
        QCOMPARE(converter.convert({CellKind::Text, "1e400%"}, out).problem, ValueProblem::NotFinite);
    }

    void aPercentAmongPlainNumbersIsAProblem()
    {
        QByteArrayList values(20, "93");
        values << "93.2%";
        const ColumnFindings found = column(values);
        QCOMPARE(found.rule.type, ColumnType::Number);
        QCOMPARE(found.reason.toUtf8(), "20 values are numbers, 1 is not (line 22).");
        QCOMPARE(found.problemCount, 1);
        QCOMPARE(found.problems[0].reason, valueProblemText(ValueProblem::PercentSign));
        std::string out;
        const auto converted = ValueConverter(found.rule).convert({CellKind::Text, "93.2%"}, out);
        QCOMPARE(converted.problem, ValueProblem::PercentSign); // and never 0.932
        const ColumnFindings odd = column(QByteArrayList(20, "93") << "5E0%");
        QCOMPARE(odd.problemCount, 1);
        QCOMPARE(ValueConverter(odd.rule).convert({CellKind::Text, "5E0%"}, out).problem, ValueProblem::PercentSign);
        ColumnRule asShares = found.rule;
        asShares.type = ColumnType::Percentage;
        QCOMPARE(ValueConverter(asShares).convert({CellKind::Text, "93.2%"}, out).problem, ValueProblem::None);
    }

    void blanksAloneAreNoValue()
    {
        const ColumnFindings found = column({"1", "  ", "2"});
        QCOMPARE(found.rule.type, ColumnType::Number);
        QCOMPARE(found.values, 2);
        QCOMPARE(found.emptyTexts, 1);
        std::string out;
        QCOMPARE(ValueConverter(found.rule).convert({CellKind::Text, "  "}, out).kind, CellKind::Null);
    }

    void everySpellingOfANullWordIsOneWord()
    {
        const ColumnFindings found = column({"1", "NULL", "null", "n/a", "Null", "2"});
        QCOMPARE(found.rule.type, ColumnType::Number);
        QCOMPARE(found.nullWords, 4);
        QCOMPARE(found.rule.nullWords, QVector<QByteArray>({"NULL", "n/a"}));
        QCOMPARE(found.problemCount, 0);
    }

    void dateOrderIsExplainedByCounts()
    {
        const ColumnFindings found = column({"03/04/2025", "31/12/2025", "30/12/2025"});
        QCOMPARE(found.rule.dateOrder, DateOrder::DayMonthYear);
        QVERIFY2(found.reason.contains(QStringLiteral("2 values only fit day-month")), qPrintable(found.reason));
        const ColumnFindings open = column({"03/04/2025"});
        QCOMPARE(open.questionValues, QStringList{QStringLiteral("03/04/2025")});
        QCOMPARE(open.ruleIfAnswered.type, ColumnType::Date);
        QVERIFY(open.reason.contains(QStringLiteral("text until")));
    }

    void nullsEmptiesAndNullWordsAreCountedApart()
    {
        const FileInspection inspection = inspect("a,b\n1,\n2,\"\"\n3,x\n4,NULL\n");
        const ColumnFindings &b = inspection.columns[1];
        QCOMPARE(b.nulls, 1);
        QCOMPARE(b.emptyTexts, 1);
        QCOMPARE(b.nullWords, 1);
        QCOMPARE(b.values, 1);
        QVERIFY(b.rule.nullWords.isEmpty()); // in text a word is a word
        QVERIFY(b.notes.join(QLatin1Char(' ')).contains(QStringLiteral("NULL")));
    }

    void theFileIsDescribed()
    {
        const QByteArray content = "id,text\n1,\"a\nb\"\n\n2,x\"y\n3\n4,5,6\n";
        const FileInspection inspection = inspect(content);
        QCOMPARE(inspection.size, content.size());
        QCOMPARE(inspection.sha256, QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
        QCOMPARE(shown(inspection.sample), "1|a\nb/2|x\"y/3|~");
        QCOMPARE(inspection.counts.blankLines, 1);
        QCOMPARE(inspection.counts.shortRows, 1);
        QCOMPARE(inspection.counts.longRows, 1);
        QCOMPARE(inspection.counts.cellsWithLineBreaks, 1);
        QCOMPARE(inspection.counts.strayQuotes, 1);
        QCOMPARE(inspection.notes.size(), 5);
        QVERIFY(!inspection.damage);
        QVERIFY(!inspection.isReadable()); // ragged rows stop the reading until someone decides
    }

    void damageIsDescribedAndTheRowsBeforeItAreKnown()
    {
        const FileInspection inspection = inspect("id,n\n1,2\n3,\"4\n5,6\n");
        QVERIFY(inspection.damage);
        QCOMPARE(inspection.damage->code, QStringLiteral("csv.unterminated-quote"));
        QCOMPARE(inspection.rows, 1);
        QVERIFY(!inspection.isReadable());
    }

    void namesThatRepeatOrAreMissingAreNoted()
    {
        const FileInspection inspection = inspect("id,,ID \n1,,3\n2,,4\n");
        QVERIFY(inspection.columns[1].notes.first().contains(QStringLiteral("neither a name nor values")));
        QVERIFY(inspection.columns[2].notes.first().contains(QStringLiteral("column 1")));
    }

    void filesThatAreNoTablesAreRefusedByName()
    {
        QCOMPARE(detectFormat(m_files.write("")).error().code, QStringLiteral("file.empty"));
        QCOMPARE(detectFormat(m_files.write("%PDF-1.4\n")).error().code, QStringLiteral("file.pdf"));
        QCOMPARE(detectFormat(m_files.path(QStringLiteral("none"))).error().code, QStringLiteral("file.missing"));
        const FileInspection onlyHeader = inspect("a,b\n");
        QCOMPARE(onlyHeader.rows, 0);
        QCOMPARE(onlyHeader.columns.size(), 2);
        QCOMPARE(onlyHeader.notes.size(), 1);
    }

    void cancelEndsIt()
    {
        const QString path = m_files.write("a,b\n" + QByteArray("1,2\n").repeated(100000));
        FileWork work;
        work.cancel = true;
        const auto inspection = inspectFile(path, {}, &work);
        QVERIFY(!inspection);
        QCOMPARE(inspection.error().kind, ErrorKind::Cancelled);
        work.cancel = false;
        QVERIFY(inspectFile(path, {}, &work));
        QCOMPARE(work.done.load(), work.total.load());
    }

    void theSampleIsLimitedAndTheInspectionIsNot()
    {
        const QString path = m_files.write("a,b\n" + QByteArray("1,2\n").repeated(5000));
        const auto inspection = inspectFile(path, {}, nullptr, 10);
        QCOMPARE(inspection->sample.rowCount(), 10);
        QCOMPARE(inspection->rows, 5000);
        RowBatch batch(2);
        auto source = openFile(path, inspection->format);
        QCOMPARE(*(*source)->read(batch, 1000000), 5000);
    }
};

QTEST_GUILESS_MAIN(TestFileInspector)
#include "tst_fileinspector.moc"
