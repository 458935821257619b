#include "auth/secretsjson.h"
#include "auth/secretstore.h"
#include "support/await.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

Secrets someSecrets()
{
    Secrets secrets;
    secrets.clientSecret = QStringLiteral("canary-secret \u20ac \"");
    secrets.apiKey = QStringLiteral("canary-key");
    return secrets;
}

} // namespace

/// Where secrets live. The real keychain is asked by keychain.sh, which starts this program in an environment that has
/// one (ROWDESK_TEST_KEYCHAIN=yes), that has a bus without one (=none), or no bus at all (=nobus).
class TestSecretStore : public QObject
{
    Q_OBJECT
private slots:
    void jsonKeepsEverything();
    void jsonRefusesWhatIsNotOurs_data();
    void jsonRefusesWhatIsNotOurs();
    void jsonRefusesWhatIsTooLong();
    void sessionStoreRemembersAndForgets();
    void keychainRemembersAndForgets();
    void withoutKeychainEachCallSaysSo();

private:
    void checkStore(SecretStore &store);
};

void TestSecretStore::jsonKeepsEverything()
{
    Secrets secrets = someSecrets();
    secrets.password = QStringLiteral("p:w");
    secrets.refreshToken = QStringLiteral("r");
    const Result<QByteArray> value = encodeSecrets(secrets);
    QVERIFY(value);
    QVERIFY(value->size() < 2048);
    const Result<Secrets> back = decodeSecrets(*value);
    QVERIFY(back);
    QCOMPARE(back->clientSecret, secrets.clientSecret);
    QCOMPARE(back->password, secrets.password);
    QCOMPARE(back->apiKey, secrets.apiKey);
    QCOMPARE(back->refreshToken, secrets.refreshToken);
    QVERIFY(decodeSecrets(*encodeSecrets({}))->isEmpty());
}

void TestSecretStore::jsonRefusesWhatIsNotOurs_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("hunter2");
    QTest::newRow("cut") << QByteArray("{\"v\":1,\"api_key\":\"x");
    QTest::newRow("another version") << QByteArray("{\"v\":2}");
    QTest::newRow("array") << QByteArray("[1]");
}

void TestSecretStore::jsonRefusesWhatIsNotOurs()
{
    QFETCH(QByteArray, value);
    const Result<Secrets> secrets = decodeSecrets(value);
    QVERIFY(!secrets);
    QCOMPARE(secrets.error().kind, ErrorKind::Local);
    QVERIFY(!secrets.error().text().contains(QLatin1String("hunter2")));
}

void TestSecretStore::jsonRefusesWhatIsTooLong()
{
    Secrets secrets;
    secrets.refreshToken = QString(2100, QLatin1Char('x'));
    QCOMPARE(encodeSecrets(secrets).error().kind, ErrorKind::Local);
}

void TestSecretStore::checkStore(SecretStore &store)
{
    const QString name = QStringLiteral("Account \u00e9 1");
    const Result<Secrets> before = await(store.read(name));
    QVERIFY2(before, before ? "" : qPrintable(before.error().text()));
    QVERIFY(before->isEmpty());
    QVERIFY(await(store.write(name, someSecrets())));
    QCOMPARE(await(store.read(name)).value().clientSecret, someSecrets().clientSecret);
    QVERIFY(await(store.read(QStringLiteral("Account"))).value().isEmpty());
    Secrets other;
    other.password = QStringLiteral("new");
    QVERIFY(await(store.write(name, other)));
    QCOMPARE(await(store.read(name)).value().password, other.password);
    QVERIFY(await(store.read(name)).value().clientSecret.isEmpty());
    QVERIFY(await(store.remove(name)));
    QVERIFY(await(store.read(name)).value().isEmpty());
    QVERIFY(await(store.remove(name))); // gone is what was wanted
}

void TestSecretStore::sessionStoreRemembersAndForgets()
{
    const auto store = makeSessionSecretStore();
    QVERIFY(!store->isPersistent());
    checkStore(*store);
}

void TestSecretStore::keychainRemembersAndForgets()
{
    if (qEnvironmentVariable("ROWDESK_TEST_KEYCHAIN") != QLatin1String("yes"))
        QSKIP("Run by keychain.sh.");
    const auto store = makeKeychainSecretStore();
    QVERIFY(store->isPersistent());
    checkStore(*store);
}

void TestSecretStore::withoutKeychainEachCallSaysSo()
{
    const QString environment = qEnvironmentVariable("ROWDESK_TEST_KEYCHAIN");
    if (environment != QLatin1String("none") && environment != QLatin1String("nobus"))
        QSKIP("Run by keychain.sh.");
    const auto store = makeKeychainSecretStore();
    const QString name = QStringLiteral("Account");
    // Nothing may block: all three are started before the first one is waited for.
    const Call<Done> write = store->write(name, someSecrets());
    const Call<Secrets> read = store->read(name);
    const Call<Done> remove = store->remove(name);
    const Result<Done> written = await(write), removed = await(remove);
    const Result<Secrets> secrets = await(read);
    for (const ApiError *error : {written ? nullptr : &written.error(), removed ? nullptr : &removed.error(),
                                  secrets ? nullptr : &secrets.error()}) {
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::Local);
        QVERIFY2(error->message.contains(QLatin1String("keychain")), qPrintable(error->text()));
        QVERIFY2(error->hint.contains(QLatin1String("Nothing was written to a file")), qPrintable(error->text()));
        QVERIFY(!error->text().contains(QLatin1String("canary")));
    }
}

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
