// What the journal costs: the same rows sent to a sandbox in this process by a bare loop, by an upload whose journal is
// never synced, and by a real upload, in turns. Prints one JSON object; times are those of the quickest round, "ratio"
// and "ratio_unsynced" are of those, "ratio_median" is of the rounds in the middle; memory is what was reached beyond
// the start. Usage: benchupload [rows [rounds [milliseconds that the service takes [columns]]]]
#include "bench/figures.h"
#include "sandbox/sandboxserver.h"
#include "transfer/batchmaker.h"
#include "transfer/uploadjob.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

using namespace rowdesk;

namespace {

class Numbers final : public RowSource
{
public:
    Numbers(int rows, int columns) : m_rows(rows), m_columns(columns) {}
    QStringList columnNames() const override
    {
        QStringList names{QStringLiteral("n")};
        while (names.size() < m_columns)
            names.append(QStringLiteral("text %1").arg(names.size()));
        return names;
    }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override
    {
        qsizetype given = 0;
        for (; given < limit && m_next < m_rows; ++given) {
            batch.beginRow(++m_next + 1);
            batch.addCell(CellKind::Text, std::to_string(m_next));
            for (int column = 1; column < m_columns; ++column)
                batch.addCell(CellKind::Text, "row number " + std::to_string(m_next));
        }
        return given;
    }

private:
    int m_rows;
    int m_columns;
    int m_next = 0;
};

template<typename T>
T wait(const Call<T> &call)
{
    QEventLoop loop;
    std::optional<Result<T>> result;
    call.then(&loop, [&](Result<T> given) {
        result = std::move(given);
        loop.quit();
    });
    loop.exec();
    if (!*result)
        qFatal("%s", qPrintable(result->error().text()));
    return **result;
}

UploadPlan planFor(const DataService &service, int rows, int columns)
{
    static int count = 0;
    UploadPlan plan;
    plan.source = std::make_shared<Numbers>(rows, columns);
    for (const QString &name : plan.source->columnNames()) {
        plan.sourceColumn.append(int(plan.target.columns.size()));
        plan.target.columns.append({name, plan.target.columns.isEmpty() ? ColumnType::Number : ColumnType::Text});
    }
    plan.datasetId = wait(service.create({QStringLiteral("bench %1").arg(++count), {}, plan.target}));
    return plan;
}

class ApiKey final : public Authorizer
{
    Call<Done> ready() override { return Call<Done>::finished(Done{}); }
    void authorize(QNetworkRequest &request) const override { request.setRawHeader("CLICDATA-API-KEY", "demo-key"); }
    Call<Done> renew() override { return Call<Done>::finished(Done{}); }
    bool isRenewable() const override { return false; }
};

/// A service that nobody has used before: what went before costs nobody anything. It takes its time when told to.
class FreshService
{
public:
    explicit FreshService(int milliseconds) : m_sandbox(withFaults())
    {
        if (!m_sandbox.start())
            qFatal("the sandbox did not start");
        client.emplace(&m_network, m_sandbox.url());
        client->setAuthorizer(&m_key);
        QNetworkRequest request(m_sandbox.url().resolved(QUrl(QStringLiteral("_sandbox/faults"))));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        QNetworkReply *reply = m_network.post(request, "{\"latency_ms\":" + QByteArray::number(milliseconds) + '}');
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        if (reply->error() != QNetworkReply::NoError)
            qFatal("the sandbox did not take its switch");
        reply->deleteLater();
    }

    std::optional<ApiClient> client;

private:
    static SandboxOptions withFaults()
    {
        SandboxOptions options;
        options.allowFaults = true;
        return options;
    }

    SandboxServer m_sandbox;
    QNetworkAccessManager m_network;
    ApiKey m_key;
};

double bareLoop(const DataService &service, const UploadPlan &plan)
{
    QElapsedTimer clock;
    clock.start();
    BatchMaker maker(plan, service.rowShape());
    for (BatchMaker::Step step = maker.next(); !step.pieces.empty(); step = maker.next()) {
        for (const SendPiece &piece : step.pieces)
            wait(service.append(plan.datasetId, piece.body, piece.rows));
    }
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

double upload(const DataService &service, const UploadPlan &plan, UploadJournal::Durability durability)
{
    const QTemporaryDir dir;
    const auto journal = UploadJournal::open(dir.path(), durability);
    if (!journal)
        qFatal("%s", qPrintable(journal.error().text()));
    QElapsedTimer clock;
    clock.start();
    UploadJob job({serviceTarget(service), *journal}, plan);
    QEventLoop loop;
    QObject::connect(&job, &UploadJob::finished, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    job.start();
    loop.exec();
    if (!job.receipt().complete)
        qFatal("%s", qPrintable(job.receipt().error->text()));
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int rows = argc > 1 ? atoi(argv[1]) : 50'000;
    const int rounds = argc > 2 ? atoi(argv[2]) : 3;
    const int latency = argc > 3 ? atoi(argv[3]) : 0;
    const int columns = argc > 4 ? atoi(argv[4]) : 10;
    std::vector<double> bare;
    std::vector<double> unsynced;
    std::vector<double> journalled;
    const double idle = bench::memoryMegabytes("VmRSS");
    double memory = 0;
    const auto measure = [&](std::vector<double> &times, const auto &send) {
        FreshService fresh(latency);
        const DataService service(&*fresh.client);
        times.push_back(send(service, planFor(service, rows, columns)));
        memory = std::max(memory, bench::memoryMegabytes("VmRSS") - idle);
    };
    using Durability = UploadJournal::Durability;
    const std::array<std::function<void()>, 3> contestants{
        [&] { measure(bare, bareLoop); },
        [&] { measure(unsynced, [](const auto &to, const auto &plan) { return upload(to, plan, Durability::Fast); }); },
        [&] {
            measure(journalled, [](const auto &to, const auto &plan) { return upload(to, plan, Durability::Synced); });
        }};
    // Each takes each place in turn: what one leaves behind costs the next.
    for (int turn = 0; turn < rounds * 3; ++turn)
        contestants[size_t(turn + turn / 3) % 3]();
    const auto quickest = [](const std::vector<double> &times) {
        return *std::min_element(times.begin(), times.end());
    };
    const auto middle = [](std::vector<double> times) {
        std::nth_element(times.begin(), times.begin() + long(times.size() / 2), times.end());
        return times[times.size() / 2];
    };
    bench::print({{QStringLiteral("rows"), rows},
                  {QStringLiteral("columns"), columns},
                  {QStringLiteral("service_ms"), latency},
                  {QStringLiteral("bare_ms"), quickest(bare)},
                  {QStringLiteral("journal_ms"), quickest(journalled)},
                  {QStringLiteral("ratio"), quickest(journalled) / quickest(bare)},
                  {QStringLiteral("ratio_median"), middle(journalled) / middle(bare)},
                  {QStringLiteral("ratio_unsynced"), quickest(unsynced) / quickest(bare)},
                  {QStringLiteral("rows_per_second"), rows / quickest(journalled) * 1000},
                  {QStringLiteral("memory_mb"), memory}});
    return 0;
}
