#include "files/writetable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// Workbooks and JSON as they are written, names of files, and what is left of a file that was not finished.
class TestTableWriter : public QObject
{
    Q_OBJECT
    FileFixture m_files;

private slots:
    void jsonIsValidAndExact()
    {
        const RowBatch batch = batchOf(3, {{CellKind::Text, "a\"\\\n\x01é"},
                                           {CellKind::Number, "12345678901234567890"},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, ""},
                                           {CellKind::Number, "0.10"},
                                           {CellKind::Bool, "true"}});
        const QString path = m_files.path(QStringLiteral("out.json"));
        QVERIFY(writeAll(openJsonWriter(path, schemaOf({ColumnType::Text, ColumnType::Number, ColumnType::Checkbox})),
                         batch));
        const QByteArray content = contentOf(path);
        const QJsonArray rows = QJsonDocument::fromJson(content).array();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].toObject().value(QStringLiteral("column 1")).toString(), QStringLiteral("a\"\\\n\u0001é"));
        QVERIFY(rows[0].toObject().value(QStringLiteral("column 3")).isNull());
        QCOMPARE(rows[1].toObject().value(QStringLiteral("column 3")).toBool(), true);
        QVERIFY(content.contains("12345678901234567890") && content.contains("0.10"));
        QVERIFY(writeAll(openJsonWriter(path, schemaOf({ColumnType::Text})), RowBatch(1)));
        QCOMPARE(QJsonDocument::fromJson(contentOf(path)).array().size(), 0);
    }

    void workbooksComeBackUnchanged()
    {
        const QVector<ColumnType> types{ColumnType::Text,     ColumnType::Number,   ColumnType::Date,
                                        ColumnType::DateTime, ColumnType::Checkbox, ColumnType::Percentage,
                                        ColumnType::Id};
        const RowBatch batch = batchOf(7, {{CellKind::Text, "=1+1 <b>&"},
                                           {CellKind::Number, "1.5"},
                                           {CellKind::Text, "2025-04-03"},
                                           {CellKind::Text, "2025-04-03T09:05:07"},
                                           {CellKind::Bool, "true"},
                                           {CellKind::Number, "0.125"},
                                           {CellKind::Number, "42"},
                                           {CellKind::Text, "00123"},
                                           {CellKind::Number, "1234567890123456789"},
                                           {CellKind::Text, "1899-12-31"},
                                           {CellKind::Text, "2025-04-03T09:05:07Z"},
                                           {CellKind::Bool, "false"},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, "E10"},
                                           {CellKind::Text, " x\ny\t_x0041_ é😀"},
                                           {CellKind::Number, "-0.02"},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, "2025-04-03T09:05:07.250"},
                                           {CellKind::Null, ""},
                                           {CellKind::Number, "1"},
                                           {CellKind::Null, ""}});
        const QString path = m_files.path(QStringLiteral("out.xlsx"));
        QVERIFY(writeAll(openXlsxWriter(path, schemaOf(types)), batch));
        const auto format = detectFormat(path);
        QVERIFY2(format, format ? "" : qPrintable(format.error().text()));
        QCOMPARE(shown(readBack(path, *format)), shown(batch));
        QVERIFY(!contentOf(path).contains("<f>"));
        const auto inspection = inspectFile(path, *format);
        QCOMPARE(inspection->columns[2].name, QStringLiteral("column 3"));
        QCOMPARE(inspection->columns[5].rule.type, ColumnType::Percentage);
        QVERIFY(inspection->isReadable());
    }

    void nothingIsLeftOfAFileThatWasNotFinished()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out"));
        const RowBatch batch = batchOf(1, {{CellKind::Text, "x"}});
        const Schema schema = schemaOf({ColumnType::Text});
        QVERIFY(writeAll(openCsvWriter(path, schema, {}), batch));
        const QByteArray before = contentOf(path);
        const auto abandon = [&](Result<std::unique_ptr<TableWriter>> writer) {
            return writer && (*writer)->write(batch);
        };
        QVERIFY(abandon(openCsvWriter(path, schema, {})));
        QVERIFY(abandon(openJsonWriter(path, schema)));
        QVERIFY(abandon(openXlsxWriter(path, schema)));
        QCOMPARE(contentOf(path), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{QStringLiteral("out")});
    }

    void whatCannotBeWrittenSaysSo()
    {
        const Schema schema = schemaOf({ColumnType::Text});
        const QString nowhere = m_files.path(QStringLiteral("no/such/folder/out"));
        QCOMPARE(openCsvWriter(nowhere, schema, {}).error().code, QStringLiteral("file.write"));
        QCOMPARE(openJsonWriter(nowhere, schema).error().code, QStringLiteral("file.write"));
        QCOMPARE(openXlsxWriter(nowhere, schema).error().code, QStringLiteral("file.write"));
        auto writer = openXlsxWriter(m_files.path(QStringLiteral("long.xlsx")), schema);
        QVERIFY(!(*writer)->write(batchOf(1, {{CellKind::Text, std::string(40000, 'x')}})));
        QVERIFY(!(*writer)->finish());
        QVERIFY(!QFile::exists(m_files.path(QStringLiteral("long.xlsx"))));
    }

    void fileNames_data()
    {
        QTest::addColumn<QString>("dataset");
        QTest::addColumn<QString>("file");
        const auto row = [](const QString &dataset, const QString &file) {
            QTest::addRow("%s", qPrintable(dataset.left(30))) << dataset << file;
        };
        row(QStringLiteral("Sales 2025"), QStringLiteral("Sales 2025.csv"));
        row(QStringLiteral("../../etc/passwd"), QStringLiteral("_.._etc_passwd.csv"));
        row(QStringLiteral("C:\\temp\\x"), QStringLiteral("C__temp_x.csv"));
        row(QStringLiteral("a\nb\tc"), QStringLiteral("a_b_c.csv"));
        row(QStringLiteral("gpj\u202Eexe"), QStringLiteral("gpj_exe.csv"));
        row(QStringLiteral("zero\u200Bwidth"), QStringLiteral("zero_width.csv"));
        row(QStringLiteral("CON"), QStringLiteral("_CON.csv"));
        row(QStringLiteral("com1.x"), QStringLiteral("_com1.x.csv"));
        row(QStringLiteral("com10"), QStringLiteral("com10.csv"));
        row(QString(), QStringLiteral("table.csv"));
        row(QStringLiteral("..."), QStringLiteral("table.csv"));
        row(QStringLiteral(".hidden"), QStringLiteral("hidden.csv"));
        row(QStringLiteral("-rf"), QStringLiteral("rf.csv"));
        row(QStringLiteral("name. "), QStringLiteral("name.csv"));
        row(QStringLiteral("a*b?\"<>|"), QStringLiteral("a_b_____.csv"));
        row(QStringLiteral("Größe €"), QStringLiteral("Größe €.csv"));
        row(QString(300, u'x'), QString(196, u'x') + QStringLiteral(".csv"));
        row(QString(100, u'é'), QString(98, u'é') + QStringLiteral(".csv"));
        row(QStringLiteral("😀").repeated(60), QStringLiteral("😀").repeated(49) + QStringLiteral(".csv"));
    }
    void fileNames()
    {
        QFETCH(QString, dataset);
        QFETCH(QString, file);
        QCOMPARE(exportFileName(dataset, QStringLiteral("csv")), file);
        QVERIFY(exportFileName(dataset, QStringLiteral("csv")).toUtf8().size() <= 200);
    }
};

QTEST_GUILESS_MAIN(TestTableWriter)
#include "tst_tablewriter.moc"
