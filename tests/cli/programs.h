#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

/// What a run of the program left behind.
struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    /// Exactly one line on stderr, nothing on stdout: how a refusal looks.
    bool isOneSentence() const
    {
        return out.isEmpty() && err.count('\n') == 1 && err.endsWith('\n') && err.startsWith("rowdesk-cli: ");
    }
};

/// The sandbox server as a program of its own.
class Sandbox
{
public:
    /// `demo`: with the sample account (resources/sandbox/README.md).
    explicit Sandbox(bool demo = false) : m_demo(demo) { start(); }
    ~Sandbox() { kill(); }
    Q_DISABLE_COPY_MOVE(Sandbox)

    void start()
    {
        QStringList arguments{QStringLiteral("--port"), QString::number(m_port), QStringLiteral("--allow-faults"),
                              QStringLiteral("--data"), m_folder.path()};
        if (m_demo)
            arguments << QStringLiteral("--demo");
        m_process.start(QStringLiteral(PROGRAMS "/rowdesk-sandbox"), arguments);
        while (!m_process.canReadLine() && m_process.waitForReadyRead(30'000)) {
        }
        m_url = QString::fromUtf8(m_process.readLine()).trimmed().section(QLatin1Char(' '), 1);
    }

    /// Again after kill(), where it was.
    void startAgain()
    {
        m_port = QUrl(m_url).port();
        start();
    }

    /// As when the power goes.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    QString url() const { return m_url; }

    /// Sets fault switches (resources/sandbox/README.md); the ones from before are taken back.
    void setFaults(const QByteArray &json) const
    {
        request(QNetworkAccessManager::DeleteOperation, "faults");
        request(QNetworkAccessManager::PostOperation, "faults", json);
    }

    /// Write calls that came in, and how many of them were carried out.
    std::pair<qsizetype, qsizetype> calls(const char *pathEnd) const
    {
        const QJsonDocument ledger = QJsonDocument::fromJson(request(QNetworkAccessManager::GetOperation, "ledger"));
        std::pair<qsizetype, qsizetype> counts{0, 0};
        for (const QJsonValue &call : ledger[QStringLiteral("calls")].toArray()) {
            if (!call[QStringLiteral("path")].toString().contains(QLatin1String(pathEnd)))
                continue;
            ++counts.first;
            counts.second += call[QStringLiteral("applied")].toBool() ? 1 : 0;
        }
        return counts;
    }

private:
    QByteArray request(QNetworkAccessManager::Operation operation, const char *what, const QByteArray &body = {}) const
    {
        QNetworkAccessManager network;
        QNetworkRequest asked(QUrl(m_url + QStringLiteral("_sandbox/") + QString::fromLatin1(what)));
        asked.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        QNetworkReply *reply = operation == QNetworkAccessManager::PostOperation     ? network.post(asked, body)
                               : operation == QNetworkAccessManager::DeleteOperation ? network.deleteResource(asked)
                                                                                     : network.get(asked);
        if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 60'000) ||
            reply->error() != QNetworkReply::NoError)
            qFatal("the sandbox did not take the fault switches");
        return reply->readAll();
    }

    bool m_demo;
    int m_port = 0; ///< any
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_url;
};

/// rowdesk-cli with the sandbox's client credentials; variables can be set or, with an empty value, taken away.
class Cli
{
public:
    explicit Cli(const QString &url)
    {
        set("ROWDESK_BASE_URL", url);
        set("ROWDESK_CLIENT_ID", QStringLiteral("demo"));
        set("ROWDESK_CLIENT_SECRET", QStringLiteral("demo-secret"));
        set("XDG_CONFIG_HOME", m_home.path());
        set("ROWDESK_DATA_DIR", m_home.filePath(QStringLiteral("data")));
    }

    void set(const char *name, const QString &value)
    {
        if (value.isEmpty())
            m_environment.remove(QString::fromLatin1(name));
        else
            m_environment.insert(QString::fromLatin1(name), value);
    }

    /// Where the program keeps what it knows.
    QString dataFolder() const { return m_environment.value(QStringLiteral("ROWDESK_DATA_DIR")); }

    void start(QProcess &process, const QStringList &arguments) const
    {
        process.setProcessEnvironment(m_environment);
        process.start(QStringLiteral(PROGRAMS "/rowdesk-cli"), arguments);
        process.closeWriteChannel();
    }

    static Ran end(QProcess &process)
    {
        process.waitForFinished(120'000);
        const bool exited = process.exitStatus() == QProcess::NormalExit && process.state() == QProcess::NotRunning;
        return {exited ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    }

    Ran run(const QStringList &arguments) const
    {
        QProcess process;
        start(process, arguments);
        return end(process);
    }

    /// "data get 1 --format csv": arguments without spaces in them.
    Ran run(const char *arguments) const { return run(QString::fromUtf8(arguments).split(QLatin1Char(' '))); }

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QString dataFile(const char *name)
{
    return QStringLiteral(TEST_DATA "/cli/") + QString::fromLatin1(name);
}

} // namespace rowdesk::test
