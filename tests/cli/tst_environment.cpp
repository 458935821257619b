#include "cli/environment.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::cli;

/// Who an account is that only the environment names.
class TestEnvironment : public QObject
{
    Q_OBJECT
private slots:
    void keysAreToldApart();
    void keyIsNotInItsTrace();
    void addressesAreToldApart();

private:
    static QString identity(const QString &key, const QString &address = QStringLiteral("https://api.example.com/"))
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("ROWDESK_AUTH"), QStringLiteral("api_key"));
        environment.insert(QStringLiteral("ROWDESK_API_KEY"), key);
        environment.insert(QStringLiteral("ROWDESK_BASE_URL"), address);
        const Result<Credentials> credentials = credentialsFromEnvironment(environment);
        return credentials ? identityOf(credentials->profile) : QString();
    }
};

void TestEnvironment::keysAreToldApart()
{
    const QString one = identity(QStringLiteral("key of one"));
    QVERIFY(!one.isEmpty());
    QCOMPARE(identity(QStringLiteral("key of one")), one); // in the next run, too
    QVERIFY(identity(QStringLiteral("key of another")) != one);
}

void TestEnvironment::keyIsNotInItsTrace()
{
    const QString key = QStringLiteral("canary0123456789");
    const QString made = identity(key);
    QVERIFY(!made.contains(key) && !made.contains(QString::fromLatin1(key.toUtf8().toBase64())) &&
            !made.contains(QString::fromLatin1(key.toUtf8().toHex())));
    QCOMPARE(made.section(QLatin1Char(' '), -1).size(), 8); // 32 bits: millions of keys have the same
}

void TestEnvironment::addressesAreToldApart()
{
    QVERIFY(identity(QStringLiteral("key")) !=
            identity(QStringLiteral("key"), QStringLiteral("https://other.example/")));
}

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
