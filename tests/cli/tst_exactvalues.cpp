// The whole way of a value: from the bytes that the server sent to what is shown, copied, exported and printed. Nothing
// may change a digit or a character on it.
#include "api/rowstream.h"
#include "cli/programs.h"
#include "core/wtf8.h"
#include "files/tablewriter.h"
#include "models/tablemodel.h"
#include "models/tabletext.h"
#include "net/apiclient.h"
#include "support/faultserver.h"

#include <QItemSelectionModel>
#include <QSignalSpy>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// A value as the server writes it, and what must become of it.
struct Value
{
    QByteArray sent; ///< JSON, as it is in the page
    QByteArray json; ///< JSON, as it is printed and exported
    QString shown;   ///< in the table
    QString copied;  ///< to the clipboard, and the text of the value panel
    QByteArray csv;  ///< as rowdesk-cli prints it
};

Value number(const char *digits)
{
    return {digits, digits, QString::fromLatin1(digits), QString::fromLatin1(digits), digits};
}

/// A text without quotes, commas or line ends.
Value text(const QByteArray &sent, const QString &characters)
{
    const QByteArray utf8 = characters.toUtf8();
    return {'"' + sent + '"', '"' + utf8 + '"', characters, characters, utf8};
}

QByteArray longText()
{
    return QByteArray(1024 * 1024, 'x');
}

QVector<Value> values()
{
    const QString smile = QString::fromUtf8("😀");
    Value longOne = text(longText(), QString::fromLatin1(longText()));
    longOne.shown = QString(TableModel::longestDisplay, u'x') + u'…';
    return {number("9007199254740993"),
            number("18446744073709551616"),
            number("-9223372036854775809"),
            number("0.1"),
            number("0.10"),
            number("1e400"),
            number("-1.50E-7"),
            number("12345678901234567890.123456789"),
            text("00123", QStringLiteral("00123")),
            {"\"\"", "\"\"", QStringLiteral("empty"), QString(), "\"\""},
            {"null", "null", QStringLiteral("null"), QString(), ""},
            {"true", "true", QStringLiteral("true"), QStringLiteral("true"), "true"},
            text("true", QStringLiteral("true")),
            text("null", QStringLiteral("null")),
            {"[[1,2.50],{\"a\":[null]}]", "[[1,2.50],{\"a\":[null]}]", QStringLiteral("[[1,2.50],{\"a\":[null]}]"),
             QStringLiteral("[[1,2.50],{\"a\":[null]}]"), "\"[[1,2.50],{\"\"a\"\":[null]}]\""},
            text(smile.toUtf8(), smile),
            text("\\ud83d\\ude00", smile),
            text("  a b  ", QStringLiteral("  a b  ")),
            {"\"a,\\\"b\\\"\\nc\"", "\"a,\\\"b\\\"\\nc\"", QStringLiteral("a,\"b\"↵c"), QStringLiteral("a,\"b\"\nc"),
             "\"a,\"\"b\"\"\nc\""},
            longOne};
}

/// Half a surrogate pair: JSON can say it, CSV can't.
Value half()
{
    return {"\"\\ud800\"", "\"\\ud800\"", QString(QChar(0xD800)), QString(QChar(0xD800)), {}};
}

QByteArray name(qsizetype column)
{
    return "c" + QByteArray::number(column);
}

/// The page whose one row has all the values.
QByteArray page(const QVector<Value> &all)
{
    QByteArray row;
    for (qsizetype i = 0; i < all.size(); ++i)
        row += (i ? ",\"" : "\"") + name(i) + "\":" + all[i].sent;
    return "{\"data\":[{" + row + "}],\"has_more_data\":false}";
}

QByteArray expectedJson(const QVector<Value> &all)
{
    QByteArray row;
    for (qsizetype i = 0; i < all.size(); ++i)
        row += (i ? ",\"" : "\"") + name(i) + "\":" + all[i].json;
    return "[{" + row + "}]\n";
}

QByteArray expectedCsv(const QVector<Value> &all)
{
    QByteArrayList names;
    QByteArrayList cells;
    for (qsizetype i = 0; i < all.size(); ++i) {
        names.append(name(i));
        cells.append(all[i].csv);
    }
    return names.join(',') + '\n' + cells.join(',') + '\n';
}

} // namespace

class TestExactValues : public QObject
{
    Q_OBJECT

    FaultServer m_server;
    QVector<Value> m_whole = values() + QVector<Value>{half()};

    /// Dataset 1 has all values, dataset 2 those that CSV can carry.
    void serve()
    {
        m_server.respond = [this](const LedgerEntry &request) {
            if (request.target.contains("/data/1"))
                return Fault::answer(200, page(m_whole));
            // Signing in looks at something small.
            return Fault::answer(200, request.target.contains("/data/2") ? page(values()) : "{\"data\":[]}");
        };
    }

    Ran cli(const QString &arguments) const
    {
        Cli cli(m_server.url().toString());
        cli.set("ROWDESK_AUTH", QStringLiteral("api_key"));
        cli.set("ROWDESK_API_KEY", QStringLiteral("key"));
        cli.set("ROWDESK_API_VERSION", QStringLiteral("classic"));
        QProcess process;
        cli.start(process, arguments.split(QLatin1Char(' ')));
        // The server is in this thread: it must be able to answer meanwhile.
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
            return {};
        return Cli::end(process);
    }

    /// The row as the window's table and the exporters get it.
    struct Table
    {
        QNetworkAccessManager network;
        ApiClient client;
        RowStream stream;
        TableModel model;

        explicit Table(const QUrl &url) : client(&network, url), stream(&client, {QStringLiteral("1"), {}})
        {
            QSignalSpy ended(&stream, &RowStream::ended);
            model.setStream(&stream);
            stream.start();
            if (!QTest::qWaitFor([&] { return ended.count() > 0; }, 60'000) || !stream.store()->isComplete())
                qFatal("the page was not read");
        }
    };

private slots:
    void initTestCase()
    {
        QVERIFY(m_server.start());
        serve();
    }

    void shownAndCopied()
    {
        const Table table(m_server.url());
        QCOMPARE(table.model.columnCount(), m_whole.size());
        for (int column = 0; column < m_whole.size(); ++column) {
            const QModelIndex cell = table.model.index(0, column);
            QCOMPARE(cell.data().toString(), m_whole[column].shown);
            QCOMPARE(cell.data(TableModel::ExactTextRole).toString(), m_whole[column].copied);
            QCOMPARE(cell.data(TableModel::ExactTextRole).toString().isNull(), m_whole[column].sent == "null");
        }
    }

    void copiedAsATable()
    {
        const Table table(m_server.url());
        QItemSelection all(table.model.index(0, 0), table.model.index(0, table.model.columnCount() - 1));
        QStringList cells;
        QString html;
        for (const Value &value : m_whole) {
            const bool quoted = value.copied.contains(u'"') || value.copied.contains(u'\n');
            cells.append(quoted ? u'"' + QString(value.copied).replace(u"\""_qs, u"\"\""_qs) + u'"' : value.copied);
        }
        const CellBlock block = selectedBlock(all);
        QCOMPARE(blockAsTsv(table.model, block, false), cells.join(u'\t') + u'\n');
        const QString marked = blockAsHtml(table.model, block, false);
        for (const Value &value : m_whole)
            QVERIFY2(marked.contains(u'>' + value.copied.toHtmlEscaped() + u"</td>"_qs),
                     value.sent.left(40).constData());
    }

    void exportedToFiles()
    {
        const Table table(m_server.url());
        const QTemporaryDir folder;
        Schema schema;
        RowBatch batch(int(m_whole.size()));
        batch.beginRow(1);
        std::string scratch;
        for (int column = 0; column < m_whole.size(); ++column) {
            schema.columns.append({QString::fromLatin1(name(column)), ColumnType::Text});
            const CellView cell = table.stream.store()->cell(0, column, scratch);
            batch.addCell(cell.kind, cell.text);
        }
        const QString path = folder.filePath(QStringLiteral("all.json"));
        const auto json = openJsonWriter(path, schema);
        QVERIFY(json && (*json)->write(batch) && (*json)->finish());
        const QByteArray expected = expectedJson(m_whole);
        QCOMPARE(contents(path), "[\n" + expected.mid(1, expected.size() - 3) + "\n]\n");
        // Half a character is refused by formats without escapes, and then there is no file.
        const QString refused = folder.filePath(QStringLiteral("all.csv"));
        {
            const auto csv = openCsvWriter(refused, schema, csvForPrograms());
            const Result<Done> written = (*csv)->write(batch);
            QVERIFY(!written && written.error().message.contains(u"half a character"));
            const auto workbook = openXlsxWriter(folder.filePath(QStringLiteral("all.xlsx")), schema);
            QVERIFY(!(*workbook)->write(batch));
        }
        QVERIFY(!QFile::exists(refused));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("all.xlsx"))));
    }

    void exportedToCsv()
    {
        const Table table(m_server.url());
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("most.csv"));
        const auto most = static_cast<int>(values().size());
        Schema schema;
        RowBatch batch(most);
        batch.beginRow(1);
        std::string scratch;
        for (int column = 0; column < most; ++column) {
            schema.columns.append({QString::fromLatin1(name(column)), ColumnType::Text});
            const CellView cell = table.stream.store()->cell(0, column, scratch);
            batch.addCell(cell.kind, cell.text);
        }
        CsvExport options;
        options.carriageReturns = false;
        options.quotes = QuoteRule::AllTexts;
        const auto csv = openCsvWriter(path, schema, options);
        QVERIFY(csv && (*csv)->write(batch) && (*csv)->finish());
        const QByteArray line = contents(path).mid(contents(path).indexOf('\n') + 1);
        QByteArrayList cells;
        for (const Value &value : values()) {
            const bool isText = value.sent.startsWith('"') && !value.csv.startsWith('"');
            cells.append(isText ? '"' + value.csv + '"' : value.csv);
        }
        QVERIFY2(line == cells.join(',') + '\n', line.left(1000).constData());
    }

    void printedAsJson()
    {
        const Ran ran = cli(QStringLiteral("data get 1 --format json"));
        QCOMPARE(ran.err, QByteArray());
        QCOMPARE(ran.code, 0);
        QVERIFY2(ran.out == expectedJson(m_whole), ran.out.left(2000).constData());
    }

    void printedAsCsv()
    {
        const Ran ran = cli(QStringLiteral("data get 2 --format csv"));
        QCOMPARE(ran.err, QByteArray());
        QCOMPARE(ran.code, 0);
        QVERIFY2(ran.out == expectedCsv(values()), ran.out.left(2000).constData());
        // Half a character is refused, never replaced.
        const Ran refused = cli(QStringLiteral("data get 1 --format csv"));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("half a character"), refused.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestExactValues)
#include "tst_exactvalues.moc"
