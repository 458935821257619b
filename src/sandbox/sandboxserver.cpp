#include "sandbox/sandboxserver.h"

#include "core/handover.h"
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
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace rowdesk {

using namespace sandbox;

namespace {

ApiError cannotStart(const QString &message)
{
    ApiError error;
    error.kind = ErrorKind::Local;
    error.message = message;
    return error;
}

/// A thread with its own connection to the store. Tasks run in it in the order in which they were given.
class Worker
{
public:
    using Task = std::function<void(Services &)>;

    Worker() = default;
    ~Worker() { stop(); }
    Q_DISABLE_COPY_MOVE(Worker)

    /// Opens the store in the worker's thread and waits for it.
    std::optional<ApiError> start(const QString &file, Shared &shared)
    {
        std::promise<std::optional<ApiError>> opened;
        std::future<std::optional<ApiError>> error = opened.get_future();
        m_thread = std::thread([this, file, &shared, opened = std::move(opened)]() mutable {
            const Result<std::unique_ptr<Database>> database = Database::open(file);
            opened.set_value(database ? std::nullopt : std::optional(database.error()));
            if (database)
                work(**database, shared);
        });
        return error.get();
    }

    /// Runs what was given before, closes the store and ends the thread. What is given later is dropped.
    void stop()
    {
        {
            const std::lock_guard guard(m_lock);
            m_ending = true;
        }
        m_wake.notify_one();
        if (m_thread.joinable())
            m_thread.join();
    }

    int waiting() const { return m_waiting; }

    void run(Task task)
    {
        {
            const std::lock_guard guard(m_lock);
            if (m_ending)
                return;
            m_tasks.push_back(std::move(task));
        }
        ++m_waiting;
        m_wake.notify_one();
    }

private:
    void work(Database &database, Shared &shared)
    {
        Services services(database, shared);
        std::unique_lock guard(m_lock);
        for (;;) {
            m_wake.wait(guard, [this] { return m_ending || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            const Task task = std::move(m_tasks.front());
            m_tasks.pop_front();
            guard.unlock();
            task(services);
            --m_waiting;
            guard.lock();
        }
    }

    std::mutex m_lock; ///< of the next three
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    bool m_ending = false;
    std::atomic<int> m_waiting = 0;
    std::thread m_thread;
};

/// The thread that speaks HTTP.
class Network : public QThread
{
public:
    ~Network() override { stop(); }

    /// Listens on 127.0.0.1 and gives the port, which the system chooses for 0.
    Result<quint16> listen(quint16 port, HttpFront::Handler handler)
    {
        m_port = port;
        m_handler = std::move(handler);
        std::future<Result<quint16>> listening = m_listening.get_future();
        start();
        return listening.get();
    }

    void stop()
    {
        quit();
        wait();
        m_ended.take();
    }

protected:
    void run() override
    {
        serve();
        m_ended.give();
    }

private:
    void serve()
    {
        HttpFront front(m_handler);
        auto listener = std::make_unique<QTcpServer>();
        if (!listener->listen(QHostAddress::LocalHost, m_port)) {
            m_listening.set_value(cannotStart(SandboxServer::tr("The port %1 of 127.0.0.1 can't be used: %2")
                                                  .arg(m_port)
                                                  .arg(listener->errorString())));
            return;
        }
        const quint16 port = listener->serverPort();
        front.bind(listener.release()); // now the front's child
        m_listening.set_value(port);
        exec();
    }

    quint16 m_port = 0;
    HttpFront::Handler m_handler;
    std::promise<Result<quint16>> m_listening;
    Handover m_ended;
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
    Network m_network;
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
    std::promise<Result<Done>> filling;
    m_writer.run([this, &filling](Services &services) {
        Result<Done> filled = addUsersWhenNone(services.documents);
        if (filled && options.demo)
            filled = fillWithDemoData(services);
        if (filled && options.demo)
            filled = fillWithDemoAccount(services.documents);
        filling.set_value(std::move(filled));
    });
    return filling.get_future().get();
}

Result<Done> SandboxServer::Private::listen()
{
    const Result<quint16> listening = m_network.listen(
        options.port, [this](const HttpRequest &request, const HttpFront::Answer &answer) { handle(request, answer); });
    if (!listening)
        return listening.error();
    port = *listening;
    return Done{};
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
    // First the workers, whose answers go to the front, which is the network's; what still comes in is dropped.
    m_writer.stop();
    for (Worker &reader : m_readers)
        reader.stop();
    m_network.stop();
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
