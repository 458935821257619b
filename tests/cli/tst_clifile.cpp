#include "cli/programs.h"
#include "files/xlsxfixture.h"

using namespace rowdesk::test;

/// `file inspect` and `file convert` as programs: what scripts and strangers meet.
class TestCliFile : public QObject
{
    Q_OBJECT
    FileFixture m_files;
    Cli m_cli{QStringLiteral("http://127.0.0.1:1/")}; // no account is asked for anything

    Ran file(const QStringList &arguments) { return m_cli.run(QStringList{QStringLiteral("file")} + arguments); }
    QJsonObject inspect(const QByteArray &content, const QStringList &options = {})
    {
        return file(QStringList{QStringLiteral("inspect"), m_files.write(content)} + options).json();
    }
    static QStringList typesOf(const QJsonObject &report)
    {
        QStringList types;
        for (const QJsonValue &column : report[QStringLiteral("columns")].toArray())
            types << column[QStringLiteral("type")].toString();
        return types;
    }
    static QJsonArray problemsOf(const QJsonObject &report) { return report[QStringLiteral("problems")].toArray(); }
    Ran convert(const QByteArray &content, const QString &target, const QStringList &options = {})
    {
        return file(
            QStringList{QStringLiteral("convert"), m_files.write(content), QStringLiteral("-o"), m_files.path(target)} +
            options);
    }

private slots:
    void anInspectionIsOneObject()
    {
        const Ran ran =
            file({QStringLiteral("inspect"),
                  m_files.write("id;price;day;zip;ok\n1;1,50;31.12.2025;0805;true\n2;;01.02.2025;1234;false\n")});
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out.count('\n'), 1);
        QVERIFY(ran.err.isEmpty());
        const QJsonObject report = ran.json();
        QCOMPARE(report[QStringLiteral("format")], QStringLiteral("csv"));
        QCOMPARE(report[QStringLiteral("encoding")], QStringLiteral("UTF-8"));
        QCOMPARE(report[QStringLiteral("delimiter")], QStringLiteral(";"));
        QCOMPARE(report[QStringLiteral("header_row")], 1);
        QCOMPARE(report[QStringLiteral("rows")], 2);
        QCOMPARE(report[QStringLiteral("sheets")].toArray().size(), 0);
        QCOMPARE(typesOf(report),
                 QStringList({QStringLiteral("number"), QStringLiteral("number"), QStringLiteral("date"),
                              QStringLiteral("text"), QStringLiteral("checkbox")}));
        const QJsonObject price = report[QStringLiteral("columns")][1].toObject();
        QCOMPARE(price[QStringLiteral("name")], QStringLiteral("price"));
        QCOMPARE(price[QStringLiteral("nulls")], 1);
        QVERIFY(price[QStringLiteral("reason")].toString().contains(QStringLiteral("decimal comma")));
        QCOMPARE(problemsOf(report).size(), 0);
    }

    void problemsNameLineColumnAndValue()
    {
        QByteArray content = "id,day\n";
        for (int i = 0; i < 30; ++i)
            content += i == 12 ? "1,2000-1-NA\n" : "1,2025-04-03\n";
        const QJsonObject report = inspect(content);
        QCOMPARE(problemsOf(report).size(), 1);
        const QJsonObject problem = problemsOf(report)[0].toObject();
        QCOMPARE(problem[QStringLiteral("line")], 14);
        QCOMPARE(problem[QStringLiteral("column")], QStringLiteral("day"));
        QCOMPARE(problem[QStringLiteral("value")], QStringLiteral("2000-1-NA"));
        QVERIFY(problem[QStringLiteral("reason")].toString().contains(QStringLiteral("not a date")));
    }

    void moreProblemsThanSamplesAreAllListed()
    {
        QByteArray content = "id,n\n" + QByteArray("1,2\n").repeated(400) + QByteArray("1,x\n").repeated(30);
        QCOMPARE(problemsOf(inspect(content)).size(), 30);
    }

    void anAmbiguousColumnIsAskedAndNotGuessed()
    {
        const QByteArray content = "id,day\n1,03/04/2025\n2,05/06/2025\n";
        const QJsonObject report = inspect(content);
        QCOMPARE(typesOf(report)[1], QStringLiteral("text"));
        QCOMPARE(problemsOf(report).size(), 1);
        QCOMPARE(problemsOf(report)[0][QStringLiteral("line")], 2);
        QVERIFY(problemsOf(report)[0][QStringLiteral("reason")].toString().contains(
            QStringLiteral("--date-order day=dmy")));

        const Ran refused = convert(content, QStringLiteral("asked.csv"));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.isOneSentence(), refused.err.constData());
        QVERIFY(refused.err.contains("Column day"));
        QVERIFY(refused.err.contains("--date-order day=dmy"));
        QVERIFY(!QFile::exists(m_files.path(QStringLiteral("asked.csv"))));

        const auto answered = [&](const char *option) {
            convert(content, QStringLiteral("answered.csv"), QString::fromLatin1(option).split(QLatin1Char(' ')));
            return contents(m_files.path(QStringLiteral("answered.csv")));
        };
        QCOMPARE(answered("--date-order day=dmy"), "id,day\n1,2025-04-03\n2,2025-06-05\n");
        QCOMPARE(answered("--date-order mdy"), "id,day\n1,2025-03-04\n2,2025-05-06\n");
        QCOMPARE(answered("--type day=text"), "id,day\n1,03/04/2025\n2,05/06/2025\n");
    }

    void theDecimalMarkIsAsked()
    {
        const QByteArray content = "id;price\n1;173,900\n2;12\n";
        QCOMPARE(convert(content, QStringLiteral("d.csv")).code, 1);
        convert(content, QStringLiteral("d.csv"), {QStringLiteral("--decimal-mark"), QStringLiteral(",")});
        QCOMPARE(contents(m_files.path(QStringLiteral("d.csv"))), "id,price\n1,173.900\n2,12\n");
        convert(content, QStringLiteral("d.csv"), {QStringLiteral("--decimal-mark"), QStringLiteral("price=.")});
        QCOMPARE(contents(m_files.path(QStringLiteral("d.csv"))), "id,price\n1,173900\n2,12\n");
    }

    void valuesAreWrittenInCanonicalForm()
    {
        const QByteArray content = "n;d;t;p;b;x;e\n1.234,5;31.12.2025;2025-04-03 10:05;12,5%;TRUE;007;\"\"\n"
                                   ";01.02.2025;;4%;false;;\n";
        const Ran ran = convert(content, QStringLiteral("all.csv"));
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.json()[QStringLiteral("rows")], 2);
        QCOMPARE(contents(m_files.path(QStringLiteral("all.csv"))),
                 "n,d,t,p,b,x,e\n1234.5,2025-12-31,2025-04-03T10:05:00,0.125,true,\"007\",\"\"\n"
                 ",2025-02-01,,0.04,false,,\n");
        QCOMPARE(convert(content, QStringLiteral("all.json")).code, 0);
        QCOMPARE(contents(m_files.path(QStringLiteral("all.json"))),
                 "[\n{\"n\":1234.5,\"d\":\"2025-12-31\",\"t\":\"2025-04-03T10:05:00\",\"p\":0.125,\"b\":true,"
                 "\"x\":\"007\",\"e\":\"\"},\n"
                 "{\"n\":null,\"d\":\"2025-02-01\",\"t\":null,\"p\":0.04,\"b\":false,\"x\":null,\"e\":null}\n]\n");
        QCOMPARE(convert(content, QStringLiteral("all.xlsx")).code, 0);
        const Ran again = file({QStringLiteral("inspect"), m_files.path(QStringLiteral("all.xlsx"))});
        QCOMPARE(typesOf(again.json()),
                 QStringList({QStringLiteral("number"), QStringLiteral("date"), QStringLiteral("datetime"),
                              QStringLiteral("percentage"), QStringLiteral("checkbox"), QStringLiteral("text"),
                              QStringLiteral("text")}));
    }

    /// Case T31: nobody has to know letters of patterns, and who types some can't take the month for the minutes.
    void anOrderOfDatesMayBeWrittenAsAPattern_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QByteArray>("day"); // empty: it is no order
        const auto row = [](const char *pattern, const char *day) {
            QTest::newRow(pattern) << QString::fromLatin1(pattern) << QByteArray(day);
        };
        row("dmy", "2025-04-03");
        row("dd.mm.yyyy", "2025-04-03");
        row("dd.MM.yyyy", "2025-04-03");
        row("DD/MM/YY", "2025-04-03");
        row("d=d-m-y", "2025-04-03");
        row("mm/dd/yyyy", "2025-03-04");
        row("M/D/YYYY", "2025-03-04");
        row("dd.mm", "");
        row("dd.mm.dd", "");
        row("dd.mm.yyyy hh:mm", "");
        row("day first", "");
    }
    void anOrderOfDatesMayBeWrittenAsAPattern()
    {
        QFETCH(QString, pattern);
        QFETCH(QByteArray, day);
        QFile::remove(m_files.path(QStringLiteral("d.csv")));
        const Ran ran =
            convert("d,n\n03/04/2025,1\n", QStringLiteral("d.csv"), {QStringLiteral("--date-order"), pattern});
        QCOMPARE(ran.code, day.isEmpty() ? 2 : 0);
        if (day.isEmpty())
            QVERIFY2(ran.err.contains("dmy, mdy"), ran.err.constData());
        else
            QCOMPARE(contents(m_files.path(QStringLiteral("d.csv"))), "d,n\n" + day + ",1\n");
    }

    /// Case T33: days and times are what the file says, wherever the machine stands and whatever its clock does then.
    void daysAreTheSameInEveryZone_data()
    {
        QTest::addColumn<QString>("zone");
        for (const char *zone : {"UTC", "America/Los_Angeles", "Asia/Shanghai", "Europe/Paris", "Pacific/Apia"})
            QTest::newRow(zone) << QString::fromLatin1(zone);
    }
    void daysAreTheSameInEveryZone()
    {
        QFETCH(QString, zone);
        m_cli.set("TZ", zone);
        // In these nights clocks are put forward in Los Angeles and Paris; on 30 December 2011 Apia had no day.
        const QByteArray rows = "2025-03-09,2025-03-09T02:30:00\n2025-03-30,2025-03-30T02:30:00\n"
                                "2011-12-30,2011-12-30T00:00:00\n2025-01-01,2025-12-31T23:59:59\n";
        QCOMPARE(convert("d,t\n" + rows, QStringLiteral("z.csv")).code, 0);
        QCOMPARE(contents(m_files.path(QStringLiteral("z.csv"))), "d,t\n" + rows);
        QCOMPARE(convert("d,t\n" + rows, QStringLiteral("z.xlsx")).code, 0);
        const Ran back = file({QStringLiteral("convert"), m_files.path(QStringLiteral("z.xlsx")), QStringLiteral("-o"),
                               m_files.path(QStringLiteral("back.csv"))});
        QCOMPARE(back.code, 0);
        QCOMPARE(contents(m_files.path(QStringLiteral("back.csv"))), "d,t\n" + rows);
        m_cli.set("TZ", {});
    }

    void formulasAreTextsUnlessTheGuardIsAskedFor()
    {
        const QByteArray content = "id,x\n1,=1+1\n2,@a\n";
        convert(content, QStringLiteral("g.csv"));
        QCOMPARE(contents(m_files.path(QStringLiteral("g.csv"))), content);
        convert(content, QStringLiteral("g.csv"), {QStringLiteral("--formula-guard")});
        QCOMPARE(contents(m_files.path(QStringLiteral("g.csv"))), "id,x\n1,\"'=1+1\"\n2,\"'@a\"\n");
    }

    void valuesThatDoNotFitAreTextOrWhatWasChosen()
    {
        const QByteArray content = "id,n\n" + QByteArray("1,2\n").repeated(20) + "1,x\n";
        const Ran asText = convert(content, QStringLiteral("b.json"));
        QCOMPARE(asText.code, 0);
        QVERIFY(asText.err.contains("Column n is written as text"));
        QVERIFY(contents(m_files.path(QStringLiteral("b.json"))).contains("\"n\":\"x\""));
        const Ran stopped =
            convert(content, QStringLiteral("s.json"), {QStringLiteral("--bad-values"), QStringLiteral("stop")});
        QCOMPARE(stopped.code, 1);
        QVERIFY(stopped.err.contains("\"x\" in line 22"));
        QVERIFY(!QFile::exists(m_files.path(QStringLiteral("s.json"))));
        const Ran emptied =
            convert(content, QStringLiteral("b.json"), {QStringLiteral("--bad-values"), QStringLiteral("empty")});
        QCOMPARE(emptied.json()[QStringLiteral("values_left_out")], 1);
        QVERIFY(contents(m_files.path(QStringLiteral("b.json"))).contains("\"n\":null"));
        // A type that a person has chosen is not taken back in silence.
        QCOMPARE(convert("id,n\n1,a\n2,3\n", QStringLiteral("b.json"),
                         {QStringLiteral("--type"), QStringLiteral("n=number")})
                     .code,
                 1);
        const Ran share = convert("id,n\n1,50%\n2,60\n3,70\n", QStringLiteral("b.json"),
                                  {QStringLiteral("--type"), QStringLiteral("n=number")});
        QVERIFY2(share.code == 1 && share.err.contains("percent"), share.err.constData());
    }

    void raggedRowsStopUntilSomebodyDecides()
    {
        const QByteArray content = "a,b\n1,2\n3\n4,5,6\n7,8\n9,10\n";
        const QJsonObject report = inspect(content);
        QCOMPARE(problemsOf(report).size(), 2);
        QCOMPARE(problemsOf(report)[0][QStringLiteral("line")], 3);
        const Ran refused = convert(content, QStringLiteral("r.csv"));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("Line 3") && refused.err.contains("--short-rows"), refused.err.constData());
        const Ran done = convert(content, QStringLiteral("r.csv"),
                                 {QStringLiteral("--short-rows"), QStringLiteral("fill"), QStringLiteral("--long-rows"),
                                  QStringLiteral("skip")});
        QCOMPARE(done.json()[QStringLiteral("rows_left_out")], 1);
        QCOMPARE(contents(m_files.path(QStringLiteral("r.csv"))), "a,b\n1,2\n3,\n7,8\n9,10\n");
    }

    void damageIsSaidAndNothingIsWritten()
    {
        const QByteArray content = "id,n\n1,2\n3,\"4\n5,6\n";
        const Ran ran = file({QStringLiteral("inspect"), m_files.write(content)});
        QCOMPARE(ran.code, 1);
        QCOMPARE(ran.err.count('\n'), 1);
        QVERIFY(ran.json()[QStringLiteral("rows")].isNull());
        QCOMPARE(ran.json()[QStringLiteral("rows_before_damage")], 1);
        QCOMPARE(problemsOf(ran.json())[0][QStringLiteral("line")], 3);
        const Ran refused = convert(content, QStringLiteral("x.csv"));
        QCOMPARE(refused.code, 1);
        QVERIFY(refused.isOneSentence());
        QVERIFY(!QFile::exists(m_files.path(QStringLiteral("x.csv"))));
    }

    void repeatedAndMissingNamesAreMendedAndSaid()
    {
        const QByteArray content = "id,,id\n1,2,3\n4,5,6\n";
        const QJsonObject report = inspect(content);
        QCOMPARE(problemsOf(report).size(), 2);
        const Ran ran = convert(content, QStringLiteral("n.csv"));
        QVERIFY(ran.err.contains("same name"));
        QCOMPARE(contents(m_files.path(QStringLiteral("n.csv"))), "id,Column 2,id (2)\n1,2,3\n4,5,6\n");
    }

    void theWayOfReadingCanBeGiven()
    {
        const QByteArray content = "Report\nx|y\n1|2\n";
        const QJsonObject report = inspect(content, {QStringLiteral("--delimiter"), QStringLiteral("|"),
                                                     QStringLiteral("--header-row"), QStringLiteral("2")});
        QCOMPARE(report[QStringLiteral("header_row")], 2);
        QCOMPARE(report[QStringLiteral("rows")], 1);
        const QJsonObject none = inspect("a,b\nc,d\n", {QStringLiteral("--header-row"), QStringLiteral("none")});
        QVERIFY(none[QStringLiteral("header_row")].isNull());
        QCOMPARE(none[QStringLiteral("rows")], 2);
        QCOMPARE(inspect("a,b\n1,\"2\n", {QStringLiteral("--quotes-are-text")})[QStringLiteral("rows")], 1);
    }

    void namesInTwoRows()
    {
        const QByteArray content = "Region,2024,,2025,\n,Q1,Q2,Q1,Q2\nNorth,1,2,3,4\nSouth,5,6,7,8\n";
        const QJsonObject open = inspect(content);
        QVERIFY(open[QStringLiteral("header_row")].isNull());
        const QString said = open[QStringLiteral("problems")][0][QStringLiteral("reason")].toString();
        QVERIFY2(said.contains(QStringLiteral("--header-rows 2 when the names stand in two rows")), qPrintable(said));
        const QJsonObject joined = inspect(content, {QStringLiteral("--header-rows"), QStringLiteral("2")});
        QCOMPARE(joined[QStringLiteral("header_row")], 1);
        QCOMPARE(joined[QStringLiteral("rows")], 2);
        QCOMPARE(joined[QStringLiteral("columns")][2][QStringLiteral("name")], QStringLiteral("2024 Q2"));
        QCOMPARE(joined[QStringLiteral("problems")].toArray().size(), 0);
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Sales</v></c><c r=\"B1\" t=\"str\"><v>Sales</v></c></row><row "
            "r=\"2\"><c r=\"A2\" t=\"str\"><v>EUR</v></c><c r=\"B2\" t=\"str\"><v>USD</v></c></row>"
            "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\"><v>2</v></c></row>");
        const QJsonObject sheet =
            file({QStringLiteral("inspect"), book.write(), QStringLiteral("--header-rows"), QStringLiteral("2")})
                .json();
        QCOMPARE(sheet[QStringLiteral("columns")][1][QStringLiteral("name")], QStringLiteral("Sales USD"));
    }

    void sheetsAreListedAndChosen()
    {
        XlsxFixture book;
        book.parts["xl/workbook.xml"] = XlsxFixture::workbook(
            "<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Old\" sheetId=\"2\" r:id=\"r4\" "
            "state=\"hidden\"/></sheets>");
        book.parts["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>", XlsxFixture::relation("r4", "worksheet", "worksheets/sheet2.xml") + "</Relationships>");
        const auto sheet = [](const QByteArray &value) {
            return XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name</t></is></c></row><row "
                                      "r=\"2\"><c r=\"A2\"><v>" +
                                      value + "</v></c></row>");
        };
        book.parts["xl/worksheets/sheet1.xml"] = sheet("1");
        book.parts["xl/worksheets/sheet2.xml"] = sheet("2");
        const QString path = book.write();
        const QJsonObject report = file({QStringLiteral("inspect"), path}).json();
        QCOMPARE(report[QStringLiteral("format")], QStringLiteral("xlsx"));
        QVERIFY(report[QStringLiteral("encoding")].isNull());
        QCOMPARE(report[QStringLiteral("sheets")].toArray().size(), 2);
        QCOMPARE(report[QStringLiteral("sheets")][1][QStringLiteral("hidden")], true);
        QCOMPARE(report[QStringLiteral("sheets")][0][QStringLiteral("filled_rows")], 2); // with that of the names
        QCOMPARE(report[QStringLiteral("sheets")][1][QStringLiteral("filled_rows")], 2);
        for (const char *name : {"Old", "old", "2"}) {
            QCOMPARE(file({QStringLiteral("convert"), path, QStringLiteral("--sheet"), QString::fromLatin1(name),
                           QStringLiteral("-o"), m_files.path(QStringLiteral("old.csv"))})
                         .code,
                     0);
            QCOMPARE(contents(m_files.path(QStringLiteral("old.csv"))), "name\n2\n");
        }
        const Ran none = file({QStringLiteral("inspect"), path, QStringLiteral("--sheet"), QStringLiteral("New")});
        QCOMPARE(none.code, 2);
        QVERIFY(none.err.contains("Data; Old"));
    }

    void wrongUsageIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QString path = m_files.write("a,b\n1,2\n");
        const auto row = [&](const char *arguments) {
            QTest::newRow(arguments)
                << QString::fromLatin1(arguments).replace(QStringLiteral("FILE"), path).split(QLatin1Char(' '));
        };
        row("inspect");
        row("inspect FILE FILE");
        row("inspect FILE --sheet 1");
        row("inspect FILE --delimiter ab");
        row("inspect FILE --encoding no-such-thing");
        row("inspect FILE --encoding UTF-8//IGNORE");
        row("inspect FILE --header-row x");
        row("inspect FILE --header-row none --header-rows 2");
        row("inspect FILE --date-order dym");
        row("inspect FILE --date-order c=dmy");
        row("inspect FILE --type a");
        row("inspect FILE --type c=text");
        row("inspect FILE --short-rows maybe");
        row("convert FILE");
        row("convert FILE -o out.txt");
        row("convert FILE -o FILE");
        row("convert FILE -o out.csv --bad-values x");
    }
    void wrongUsageIsSaid()
    {
        QFETCH(QStringList, arguments);
        const Ran ran = file(arguments);
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.isOneSentence(), ran.err.constData());
    }

    void whatIsNoTableIsRefused()
    {
        const Ran pdf = file({QStringLiteral("inspect"), m_files.write("%PDF-1.4\n")});
        QCOMPARE(pdf.code, 1);
        QVERIFY(pdf.isOneSentence());
        QVERIFY(pdf.err.contains("PDF"));
        QCOMPARE(file({QStringLiteral("inspect"), m_files.path(QStringLiteral("none.csv"))}).code, 1);
        const Ran unwritable = convert("a,b\n1,2\n", QStringLiteral("no/such/folder/x.csv"));
        QCOMPARE(unwritable.code, 1);
        QVERIFY(unwritable.isOneSentence());
    }
};

QTEST_GUILESS_MAIN(TestCliFile)
#include "tst_clifile.moc"
