// What the journal costs: the same rows sent to a sandbox in this process by a bare loop and by an upload, one after
// the other, several times. Prints one JSON object. Usage: benchupload [rows [rounds]]
#include "sandbox/sandboxserver.h"
#include "transfer/batchmaker.h"
#include "transfer/uploadjob.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include <cstdio>

using namespace rowdesk;

namespace {

class Numbers final : public RowSource
{
public:
    explicit Numbers(int rows) : m_rows(rows) {}
    QStringList columnNames() const override { return {QStringLiteral("n"), QStringLiteral("text")}; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override
    {
        qsizetype given = 0;
        for (; given < limit && m_next < m_rows; ++given) {
            batch.beginRow(++m_next + 1);
            batch.addCell(CellKind::Text, std::to_string(m_next));
            batch.addCell(CellKind::Text, "row number " + std::to_string(m_next));
        }
        return given;
    }

private:
    int m_rows;
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

UploadPlan planFor(const DataService &service, int rows)
{
    static int count = 0;
    UploadPlan plan;
    plan.source = std::make_shared<Numbers>(rows);
    plan.target.columns = {{QStringLiteral("n"), ColumnType::Number}, {QStringLiteral("text"), ColumnType::Text}};
    plan.sourceColumn = {0, 1};
    plan.datasetId = wait(service.create({QStringLiteral("bench %1").arg(++count), {}, plan.target}));
    return plan;
}

qint64 bareLoop(const DataService &service, const UploadPlan &plan)
{
    QElapsedTimer clock;
    clock.start();
    BatchMaker maker(plan, service.rowShape());
    for (BatchMaker::Step step = maker.next(); !step.pieces.empty(); step = maker.next()) {
        for (const SendPiece &piece : step.pieces)
            wait(service.append(plan.datasetId, piece.body, piece.rows));
    }
    return clock.elapsed();
}

qint64 upload(const DataService &service, const UploadPlan &plan, const std::shared_ptr<UploadJournal> &journal)
{
    QElapsedTimer clock;
    clock.start();
    UploadJob job({serviceTarget(service), journal}, plan);
    QEventLoop loop;
    QObject::connect(&job, &UploadJob::finished, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    job.start();
    loop.exec();
    if (!job.receipt().complete)
        qFatal("%s", qPrintable(job.receipt().error->text()));
    return clock.elapsed();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const int rows = argc > 1 ? atoi(argv[1]) : 50'000;
    const int rounds = argc > 2 ? atoi(argv[2]) : 3;
    const QTemporaryDir dir;
    SandboxServer sandbox({});
    if (!sandbox.start())
        return 1;
    QNetworkAccessManager network;
    ApiClient client(&network, sandbox.url());
    class Key final : public Authorizer
    {
        Call<Done> ready() override { return Call<Done>::finished(Done{}); }
        void authorize(QNetworkRequest &request) const override
        {
            request.setRawHeader("CLICDATA-API-KEY", "demo-key");
        }
        Call<Done> renew() override { return Call<Done>::finished(Done{}); }
        bool isRenewable() const override { return false; }
    } key;
    client.setAuthorizer(&key);
    const DataService service(&client);
    const auto journal = UploadJournal::open(dir.path());
    if (!journal)
        qFatal("%s", qPrintable(journal.error().text()));
    const QTemporaryDir fastDir;
    const auto fast = UploadJournal::open(fastDir.path(), UploadJournal::Durability::Fast);
    if (!fast)
        qFatal("%s", qPrintable(fast.error().text()));
    qint64 bare = 0;
    qint64 unsynced = 0;
    qint64 journalled = 0;
    for (int round = 0; round < rounds; ++round) {
        bare += bareLoop(service, planFor(service, rows));
        unsynced += upload(service, planFor(service, rows), *fast);
        journalled += upload(service, planFor(service, rows), *journal);
    }
    const auto ratio = [bare](qint64 time) { return static_cast<double>(time) / static_cast<double>(bare); };
    std::printf("{\"rows\":%d,\"rounds\":%d,\"bare_ms\":%lld,\"journal_ms\":%lld,\"ratio\":%.3f,"
                "\"ratio_unsynced\":%.3f}\n",
                rows, rounds, static_cast<long long>(bare), static_cast<long long>(journalled), ratio(journalled),
                ratio(unsynced));
    return 0;
}
