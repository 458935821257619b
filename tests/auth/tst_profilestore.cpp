#include "auth/profilestore.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;

namespace {

Profile profile(const QString &name)
{
    Profile profile;
    profile.name = name;
    profile.method = AuthMethod::Basic;
    profile.baseUrl = QUrl(QStringLiteral("https://gateway.example/api/"));
    profile.apiVersion = QStringLiteral("2025.3");
    profile.clientId = QStringLiteral("id");
    profile.user = QStringLiteral("ä@example.com");
    profile.redirectUrl = QUrl(QStringLiteral("http://127.0.0.1:4711/back"));
    return profile;
}

} // namespace

class TestProfileStore : public QObject
{
    Q_OBJECT
private slots:
    void keepsProfiles();
    void isForTheOwnerAlone();
    void noFileIsNoProfiles();
    void damagedFileIsLeftAlone_data();
    void damagedFileIsLeftAlone();
    void refusesNamesThatClash();
    void findsByName();

private:
    QString path() const
    {
        return m_dir.filePath(QStringLiteral("%1/rowdesk/profiles.json"))
            .arg(QTest::currentTestFunction() ? QString::fromLatin1(QTest::currentTestFunction()) : QString());
    }
    QTemporaryDir m_dir;
};

void TestProfileStore::keepsProfiles()
{
    const ProfileStore store(path());
    QVERIFY(store.save({profile(QStringLiteral("Prod")), profile(QStringLiteral("Test"))}));
    const auto loaded = ProfileStore(path()).load();
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), 2);
    const Profile &first = loaded->at(0);
    QCOMPARE(first.name, QStringLiteral("Prod"));
    QCOMPARE(first.method, AuthMethod::Basic);
    QCOMPARE(first.baseUrl, QUrl(QStringLiteral("https://gateway.example/api/")));
    QCOMPARE(first.apiVersion, QStringLiteral("2025.3"));
    QCOMPARE(first.clientId, QStringLiteral("id"));
    QCOMPARE(first.user, QStringLiteral("ä@example.com"));
    QCOMPARE(first.redirectUrl, QUrl(QStringLiteral("http://127.0.0.1:4711/back")));
}

void TestProfileStore::isForTheOwnerAlone()
{
    QVERIFY(ProfileStore(path()).save({profile(QStringLiteral("A"))}));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path()) & others));
    QVERIFY(!(QFile::permissions(QFileInfo(path()).absolutePath()) & others));
}

void TestProfileStore::noFileIsNoProfiles()
{
    const auto loaded = ProfileStore(path()).load();
    QVERIFY(loaded);
    QVERIFY(loaded->isEmpty());
}

void TestProfileStore::damagedFileIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("other shape") << QByteArray("{\"profiles\":{}}");
    QTest::newRow("no name") << QByteArray(R"({"profiles":[{"auth":"basic","base_url":"https://a/"}]})");
    QTest::newRow("unknown method") << QByteArray(R"({"profiles":[{"name":"a","auth":"x","base_url":"https://a/"}]})");
}

void TestProfileStore::damagedFileIsLeftAlone()
{
    QFETCH(QByteArray, json);
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("profiles.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
    file.close();
    const auto loaded = ProfileStore(file.fileName()).load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::Local);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), json);
}

void TestProfileStore::refusesNamesThatClash()
{
    QVERIFY(!ProfileStore(path()).save({profile(QStringLiteral("A")), profile(QStringLiteral("A"))}));
    QVERIFY(!ProfileStore(path()).save({profile({})}));
    QVERIFY(!QFile::exists(path()));
}

void TestProfileStore::findsByName()
{
    const ProfileStore store(path());
    QVERIFY(store.save({profile(QStringLiteral("A")), profile(QStringLiteral("B"))}));
    QCOMPARE(store.find(QStringLiteral("B"))->name, QStringLiteral("B"));
    const auto missing = store.find(QStringLiteral("C"));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::Usage);
    QVERIFY(missing.error().message.contains(QStringLiteral("A, B")));
}

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
