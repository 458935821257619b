#include "cli/programs.h"

#include <QFileInfo>

using namespace rowdesk::test;

/// `snapshot …` and comparing with snapshots, through the real programs.
class TestCliSnapshots : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void savedListedVerifiedRead();
    void comparedByName();
    void ofAVersion();
    void damageIsTold();
    void brokenReadingSavesNothing();
    void deleted();
    void refused_data();
    void refused();

private:
    std::unique_ptr<Sandbox> m_sandbox;
};

namespace {

QString word(const char *text)
{
    return QString::fromLatin1(text);
}

QJsonArray listed(const Cli &cli, const char *options = "")
{
    const Ran ran = cli.run(QByteArray("snapshot list").append(options).constData());
    return ran.code == 0 ? ran.json()[word("snapshots")].toArray() : QJsonArray();
}

} // namespace

void TestCliSnapshots::initTestCase()
{
    m_sandbox = std::make_unique<Sandbox>(true);
    QVERIFY(m_sandbox->url().startsWith(QStringLiteral("http://127.0.0.1:")));
}

void TestCliSnapshots::savedListedVerifiedRead()
{
    const Cli cli(m_sandbox->url());
    QVERIFY(listed(cli).isEmpty());
    const Ran saved = cli.run("snapshot save 2");
    QVERIFY2(saved.code == 0 && saved.err.isEmpty(), saved.err.constData());
    const QJsonObject told = saved.json();
    QCOMPARE(told[word("dataset")].toInt(), 2);
    QCOMPARE(told[word("dataset_name")].toString(), word("Weather"));
    QCOMPARE(told[word("rows")].toInt(), 2922);
    QVERIFY(told[word("account")].toString().contains(m_sandbox->url()));
    QVERIFY(!told.contains(word("version")));
    QVERIFY(QFileInfo(told[word("file")].toString()).size() == told[word("bytes")].toInt());
    QCOMPARE(listed(cli), QJsonArray{told});
    QCOMPARE(listed(cli, " --dataset 2"), QJsonArray{told});
    QVERIFY(listed(cli, " --dataset 1").isEmpty());
    // By its name and by its file, and what is in it is what the dataset has, byte for byte.
    for (const char *by : {"name", "file"}) {
        const Ran verified = cli.run({word("snapshot"), word("verify"), told[word(by)].toString()});
        QCOMPARE(verified.code, 0);
        QCOMPARE(verified.json()[word("whole")].toBool(), true);
        QCOMPARE(verified.json()[word("columns")].toInt(), 7);
    }
    for (const char *format : {"csv", "json"}) {
        const Ran rows =
            cli.run({word("snapshot"), word("get"), told[word("name")].toString(), word("--format"), word(format)});
        QCOMPARE(rows.code, 0);
        QCOMPARE(rows.out, cli.run(QByteArray("data get 2 --format ").append(format).constData()).out);
    }
}

void TestCliSnapshots::comparedByName()
{
    const Cli cli(m_sandbox->url());
    const QString name = cli.run("snapshot save 2").json()[word("name")].toString();
    const auto compare = [&cli](const QString &a, const QString &b) {
        return cli.run({word("data"), word("compare"), a, b, word("--key"), word("location,date")});
    };
    const Ran same = compare(word("2@snapshot:") + name, word("2"));
    QVERIFY2(same.code == 0, same.err.constData());
    QCOMPARE(same.json()[word("unchanged")].toInt(), 2922);
    QCOMPARE(same.json()[word("a")].toString(), word("Dataset 2, snapshot ") + name);
    const Ran older = compare(word("2@3"), word("2@snapshot:latest"));
    QCOMPARE(older.json()[word("added")].toInt(), 3);
    QCOMPARE(older.json()[word("changed")].toInt(), 13);
    // One that is not there: what there is.
    const Ran none = compare(word("2@snapshot:yesterday"), word("2"));
    QCOMPARE(none.code, 1);
    QVERIFY(none.isOneSentence() && none.err.contains(name.toUtf8()));
    const Ran other = compare(word("1@snapshot:latest"), word("2"));
    QVERIFY(other.code == 1 && other.err.contains("snapshot save 1"));
}

void TestCliSnapshots::ofAVersion()
{
    const Cli cli(m_sandbox->url());
    const Ran saved = cli.run("snapshot save 2 --version 1");
    QCOMPARE(saved.json()[word("version")].toString(), word("1"));
    QCOMPARE(saved.json()[word("rows")].toInt(), 2700);
    const Ran compared = cli.run("data compare 2@snapshot:latest 2@1");
    QCOMPARE(compared.json()[word("unchanged")].toInt(), 2700);
}

void TestCliSnapshots::damageIsTold()
{
    const Cli cli(m_sandbox->url());
    const QJsonObject told = cli.run("snapshot save 2").json();
    QFile file(told[word("file")].toString());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2) && file.write("x") == 1);
    file.close();
    const Ran verified = cli.run({word("snapshot"), word("verify"), told[word("name")].toString()});
    QCOMPARE(verified.code, 1);
    QVERIFY(verified.isOneSentence() && verified.err.contains("checksum"));
    QCOMPARE(cli.run("data compare 2@snapshot:latest 2").code, 1);
    // Cut short, it does not even tell whose it is, and can still be deleted.
    QVERIFY(file.resize(9));
    const QJsonArray list = listed(cli);
    QCOMPARE(list.size(), 1);
    QVERIFY(list[0][word("problem")].toString().contains(word("shorter")));
    QCOMPARE(cli.run({word("snapshot"), word("delete"), list[0][word("name")].toString()}).code, 0);
    QVERIFY(listed(cli).isEmpty());
}

void TestCliSnapshots::brokenReadingSavesNothing()
{
    const Cli cli(m_sandbox->url());
    m_sandbox->setFaults(
        R"({"page_size":500,"rules":[{"verb":"GET","path":"/data/2","at":3,"times":0,"status":500}]})");
    const Ran ran = cli.run("snapshot save 2");
    m_sandbox->setFaults("{}");
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.isOneSentence());
    QVERIFY(listed(cli).isEmpty());
}

void TestCliSnapshots::deleted()
{
    const Cli cli(m_sandbox->url());
    const QString file = cli.run("snapshot save 2").json()[word("file")].toString();
    // A copy elsewhere is not ours to delete.
    QTemporaryDir folder;
    const QString copy = folder.filePath(word("copy.rowsnap"));
    QVERIFY(QFile::copy(file, copy));
    QCOMPARE(cli.run({word("snapshot"), word("delete"), copy}).code, 1);
    QVERIFY(QFile::exists(copy));
    QCOMPARE(cli.run({word("snapshot"), word("delete"), file}).code, 0);
    QVERIFY(!QFile::exists(file));
}

void TestCliSnapshots::refused_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no id") << QByteArray("snapshot save") << 2;
    QTest::newRow("no such dataset") << QByteArray("snapshot save 4711") << 1;
    QTest::newRow("no such version") << QByteArray("snapshot save 2 --version 99") << 1;
    QTest::newRow("no such snapshot") << QByteArray("snapshot verify nothing") << 1;
    QTest::newRow("no snapshot at all") << QByteArray("snapshot get /dev/null") << 1;
    QTest::newRow("no name") << QByteArray("data compare 2@snapshot: 2") << 2;
    QTest::newRow("no such format") << QByteArray("snapshot get x --format pdf") << 2;
}

void TestCliSnapshots::refused()
{
    QFETCH(QByteArray, arguments);
    QFETCH(int, code);
    const Ran ran = Cli(m_sandbox->url()).run(arguments.constData());
    QCOMPARE(ran.code, code);
    QVERIFY2(ran.isOneSentence(), ran.err.constData());
}

QTEST_GUILESS_MAIN(TestCliSnapshots)
#include "tst_clisnapshots.moc"
