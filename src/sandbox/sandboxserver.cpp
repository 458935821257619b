#include "sandbox/sandboxserver.h"

#include "sandbox/demoaccount.h"
#include "sandbox/demodata.h"
#include "sandbox/faultapi.h"
#include "sandbox/httpfront.h"
#include "sandbox/ledger.h"
#include "sandbox/sandboxapi.h"
#include "sandbox/signinapi.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QThread>

#include <array>
#include <atomic>

namespace rowdesk {

using namespace sandbox;

namespace {

/// A thread with its own connection to the store. Tasks run in it in the order in which they were given.
class Worker
{
public:
    Worker() { m_thread.setObjectName(QStringLiteral("sandbox worker")); }
    ~Worker() { stop(); }
    Q_DISABLE_COPY_MOVE(Worker)

    /// Opens the store in the worker's thread and waits for it.
    std::optional<ApiError> start(const QString &file, Shared &shared)
    {
        m_home.moveToThread(&m_thread);
        m_thread.start();
        std::optional<ApiError> error;
        QMetaObject::invokeMethod(
            &m_home,
            [&] {
                Result<std::unique_ptr<Database>> opened = Database::open(file);
                if (!opened) {
                    error = opened.error();
                    return;
                }
                m_database = std::move(opened).value();
                m_services = std::make_unique<Services>(*m_database, shared);
            },
            Qt::BlockingQueuedConnection);
        return error;
    }

    /// Runs what was given before, closes the store and ends the thread.
    void stop()
    {
        if (!m_thread.isRunning())
            return;
        QMetaObject::invokeMethod(
            &m_home,
            [this] {
                m_services.reset();
                m_database.reset();
                m_home.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    int waiting() const { return m_waiting; }

    void run(std::function<void(Services &)> task)
    {
        ++m_waiting;
        QMetaObject::invokeMethod(
            &m_home,
            [this, task = std::move(task)] {
                task(*m_services);
                --m_waiting;
            },
            Qt::QueuedConnection);
    }

    /// Like run(), and waits for the end.
    template<typename Task>
    void runAndWait(Task task)
    {
        QMetaObject::invokeMethod(
            &m_home, [&] { task(*m_services); }, Qt::BlockingQueuedConnection);
    }

private:
    QThread m_thread;
    QObject m_home;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Services> m_services;
    std::atomic<int> m_waiting = 0;
};

/// Notes a write in the ledger, carries the call out if the fault lets it, and answers as the fault wants.
HttpReply answerWithFault(const HttpRequest &request, const FaultEffect &effect, Services &services)
{
    Ledger ledger(services.database);
    const bool write = isWrite(request);
    if (write)
        ledger.open(request);
    const HttpReply reply = effect.carriedOut ? answerRequest(request, services) : HttpReply();
    if (write)
        ledger.close();
    return effect.spoil(reply);
}

ApiError cannotStart(const QString &message)
{
    ApiError error;
    error.kind = ErrorKind::Local;
    error.message = message;
    return error;
}

} // namespace

class SandboxServer::Private
{
public:
    explicit Private(SandboxOptions given) : options(std::move(given)) {}
    ~Private() { stop(); }
    Q_DISABLE_COPY_MOVE(Private)

    Result<Done> start();
    void stop();

    SandboxOptions options;
    QString errorText;
    quint16 port = 0;
    std::unique_ptr<Faults> faults;

private:
    Result<QString> folder();
    Result<Done> openStore();
    Result<Done> listen();
    void handle(const HttpRequest &request, const HttpFront::Answer &answer);

    std::unique_ptr<QTemporaryDir> m_temporary;
    Shared m_shared;
    Worker m_writer; ///< every change, one after the other
    std::array<Worker, 2> m_readers;
    QThread m_network;
    QObject m_networkHome;
    std::unique_ptr<HttpFront> m_front; ///< lives in m_network
};

Result<QString> SandboxServer::Private::folder()
{
    if (options.dataDir.isEmpty()) {
        m_temporary = std::make_unique<QTemporaryDir>();
        if (!m_temporary->isValid())
            return cannotStart(tr("No temporary folder can be made: %1").arg(m_temporary->errorString()));
        return m_temporary->path();
    }
    if (!QDir().mkpath(options.dataDir))
        return cannotStart(tr("The folder %1 can't be made.").arg(options.dataDir));
    return options.dataDir;
}

Result<Done> SandboxServer::Private::openStore()
{
    const Result<QString> dir = folder();
    if (!dir)
        return dir.error();
    const QString file = *dir + QStringLiteral("/sandbox.sqlite");
    m_shared.pageSize = options.pageSize;
    faults = std::make_unique<Faults>(m_shared);
    for (Worker *worker : {&m_writer, &m_readers[0], &m_readers[1]}) {
        if (const std::optional<ApiError> error = worker->start(file, m_shared))
            return *error;
    }
    Result<Done> filled = Done{};
    m_writer.runAndWait([&](Services &services) {
        filled = addUsersWhenNone(services.documents);
        if (filled && options.demo)
            filled = fillWithDemoData(services);
        if (filled && options.demo)
            filled = fillWithDemoAccount(services.documents);
    });
    return filled;
}

Result<Done> SandboxServer::Private::listen()
{
    m_network.setObjectName(QStringLiteral("sandbox network"));
    m_networkHome.moveToThread(&m_network);
    m_network.start();
    Result<Done> result = Done{};
    QMetaObject::invokeMethod(
        &m_networkHome,
        [&] {
            m_front = std::make_unique<HttpFront>(
                [this](const HttpRequest &request, const HttpFront::Answer &answer) { handle(request, answer); });
            auto listener = std::make_unique<QTcpServer>();
            if (!listener->listen(QHostAddress::LocalHost, options.port)) {
                result = cannotStart(
                    tr("The port %1 of 127.0.0.1 can't be used: %2").arg(options.port).arg(listener->errorString()));
                return;
            }
            port = listener->serverPort();
            m_front->bind(listener.release()); // now the front's child
        },
        Qt::BlockingQueuedConnection);
    return result;
}

void SandboxServer::Private::handle(const HttpRequest &request, const HttpFront::Answer &answer)
{
    Worker &reader = m_readers[0].waiting() <= m_readers[1].waiting() ? m_readers[0] : m_readers[1];
    Worker &worker = isWrite(request) ? m_writer : reader;
    if (options.allowFaults && isFaultCall(request)) {
        worker.run(
            [this, request, answer](Services &services) { answer(answerFaultCall(request, *faults, services)); });
        return;
    }
    if (!options.allowFaults && !faults->isAny()) {
        worker.run([request, answer](Services &services) { answer(answerRequest(request, services)); });
        return;
    }
    const FaultEffect effect = faults->effectOn(request);
    worker.run([request, answer, effect](Services &services) { answer(answerWithFault(request, effect, services)); });
}

Result<Done> SandboxServer::Private::start()
{
    if (Result<Done> opened = openStore(); !opened)
        return opened;
    return listen();
}

void SandboxServer::Private::stop()
{
    // First the listener, so that nothing new comes; then the workers, which post answers to the front; then the front.
    if (m_network.isRunning()) {
        QMetaObject::invokeMethod(
            &m_networkHome,
            [this] {
                if (m_front) {
                    for (QTcpServer *server : m_front->servers())
                        server->close();
                }
            },
            Qt::BlockingQueuedConnection);
    }
    m_writer.stop();
    for (Worker &reader : m_readers)
        reader.stop();
    if (m_network.isRunning()) {
        QMetaObject::invokeMethod(
            &m_networkHome,
            [this] {
                m_front.reset();
                m_networkHome.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        m_network.quit();
        m_network.wait();
    }
}

SandboxServer::SandboxServer(SandboxOptions options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(std::move(options)))
{
}

SandboxServer::~SandboxServer() = default;

bool SandboxServer::start()
{
    const Result<Done> started = d->start();
    if (!started)
        d->errorText = started.error().message;
    return static_cast<bool>(started);
}

QString SandboxServer::errorText() const
{
    return d->errorText;
}

void SandboxServer::loseNextAnswer()
{
    if (!d->faults)
        return;
    const QJsonObject rule{{QStringLiteral("verb"), QStringLiteral("POST")},
                           {QStringLiteral("path"), QStringLiteral("/data/")},
                           {QStringLiteral("drop"), QStringLiteral("after")}};
    d->faults->clear();
    (void)d->faults->set({{QStringLiteral("rules"), QJsonArray{rule}}});
}

QUrl SandboxServer::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(d->port);
    url.setPath(QStringLiteral("/"));
    return url;
}

} // namespace rowdesk
