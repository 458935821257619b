#include "api/rowstream.h"

#include "api/dialect.h"
#include "api/jsonpage.h"
#include "core/background.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSet>
#include <QThreadPool>

#include <map>

namespace rowdesk {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

constexpr int widestWindow = 4; ///< pages asked for and not yet appended

ApiError endless(const QString &message)
{
    return {ErrorKind::BadAnswer,
            0,
            {},
            message,
            tr("The rows before it are shown. Try again, or tell whoever runs the service."),
            {}};
}

} // namespace

class RowStream::Private
{
public:
    Private(RowStream *stream, ApiClient *apiClient, RowsOf rowsOf)
        : q(stream), client(apiClient), rows(std::move(rowsOf))
    {
        pool.setMaxThreadCount(1); // pages are decoded in order, and the other core is the network's
    }

    void read();
    void halt(std::optional<ApiError> why);
    void dropWork();
    void pump();
    void ask(int page);
    void take(int page, Result<Answer> answer);
    void decodeNext();
    void decoded(int page, Result<RowsPage> result);
    void noteTotal(const RowsPage &page);
    std::optional<ApiError> whyNotWhole() const;
    std::optional<ApiError> whyNotGoOn(const RowsPage &page, int number) const;
    bool isLast(const RowsPage &page, bool repeated) const;

    RowStream *q;
    ApiClient *client;
    RowsOf rows;
    std::shared_ptr<ColumnStore> store = std::make_shared<ColumnStore>();

    bool reading = false;
    int generation = 0; ///< answers of an earlier start() or retry() are dropped by it
    int appended = 0;   ///< pages in the store
    int queued = 0;     ///< pages given to the worker
    int asked = 0;      ///< pages asked for
    int pageLimit = 10'000;
    int allowed = pageLimit;
    bool saysMore = false;   ///< the newest page said that another one exists; what retry() begins with is still owed
    bool looksAhead = false; ///< since this start() or retry() a page has said so, so asking ahead is safe
    qint64 bytes = 0;
    std::optional<qint64> total;
    QStringList notes;
    QSet<quint64> fingerprints;

    std::map<int, Call<Answer>> inFlight;
    std::map<int, Result<Answer>> arrived; ///< waiting for the pages before them
    std::shared_ptr<std::atomic_bool> cancelled;

    PageDecoder decoder; ///< the worker's, while there is one
    QThreadPool pool;    ///< last: its destructor waits for the worker
};

void RowStream::Private::read()
{
    reading = true;
    asked = queued = appended;
    looksAhead = false;
    cancelled = std::make_shared<std::atomic_bool>(false);
    store->setLoading();
    pump();
}

void RowStream::Private::dropWork()
{
    reading = false;
    ++generation;
    if (cancelled)
        *cancelled = true;
    arrived.clear();
    for (const auto &[page, call] : std::exchange(inFlight, {}))
        call.abort();
}

void RowStream::Private::halt(std::optional<ApiError> why)
{
    dropWork();
    if (why)
        store->setStopped(std::move(*why));
    else
        store->setComplete();
    emit q->ended(); // last: the receiver may delete us
}

void RowStream::Private::pump()
{
    const int window = looksAhead ? std::min(widestWindow, 1 + appended) : 1;
    while (reading && asked < appended + window && asked < allowed)
        ask(++asked);
}

void RowStream::Private::ask(int page)
{
    const Dialect &dialect = Dialect::of(client->apiVersion());
    const Call<Answer> call = client->send(dialect.readRows(rows.datasetId, rows.version, page));
    inFlight[page] = call;
    call.then(q, [this, page, current = generation](Result<Answer> answer) {
        if (current == generation)
            take(page, std::move(answer));
    });
}

void RowStream::Private::take(int page, Result<Answer> answer)
{
    inFlight.erase(page);
    if (answer)
        bytes += answer->body.size();
    arrived.insert_or_assign(page, std::move(answer));
    decodeNext();
}

void RowStream::Private::decodeNext()
{
    for (auto next = arrived.find(queued + 1); next != arrived.end(); next = arrived.find(queued + 1)) {
        if (!next->second && queued > appended)
            return; // the page before may be the last one, and then this failure means nothing
        if (!next->second)
            return halt(next->second.error());
        QByteArray body = std::move(next->second).value().body;
        arrived.erase(next);
        const int page = ++queued;
        // The pool is waited for in our destructor, so `this` and the decoder outlive the task.
        const auto result = std::make_shared<std::optional<Result<RowsPage>>>();
        runInBackground(
            [this, page, result, stop = cancelled, body = std::move(body)]() mutable {
                result->emplace(decoder.decode(std::move(body), page, stop.get()));
            },
            [this, alive = QPointer(q), page, result, current = generation] {
                if (alive && current == generation)
                    decoded(page, std::move(**result));
            },
            pool);
    }
}

/// The service's last word was that this is the end. Its own count may know better.
std::optional<ApiError> RowStream::Private::whyNotWhole() const
{
    if (!total || store->rowCount() >= *total)
        return std::nullopt;
    return ApiError{ErrorKind::BadAnswer,
                    0,
                    {},
                    tr("The service says that the table has %1 rows, but its last page came after %2.")
                        .arg(*total)
                        .arg(store->rowCount()),
                    tr("Rows are missing. Reload to read the table from its beginning."),
                    {}};
}

bool RowStream::Private::isLast(const RowsPage &page, bool repeated) const
{
    if (page.more != RowsPage::More::Unsaid)
        return page.more == RowsPage::More::No;
    if (saysMore)
        return false; // the page before promised rows: silence is not the end
    // Nothing said: the end is an empty page, or the first page again from a service that has no pages. (One that
    // filled the size we asked for has pages, and may have cut the rows there.)
    const std::optional<int> size = Dialect::of(client->apiVersion()).pageSize();
    const bool noPages = repeated && appended == 1 && (!size || store->rowCount() != *size);
    return page.chunk->rows == 0 || noPages;
}

std::optional<ApiError> RowStream::Private::whyNotGoOn(const RowsPage &page, int number) const
{
    if (page.chunk->rows == 0)
        return endless(tr("Page %1 of the rows is empty, yet the service says that more follow.").arg(number));
    // Going on could take rows twice: which of the two it is can't be seen.
    if (fingerprints.contains(page.fingerprint))
        return endless(tr("Page %1 of the rows is the same as an earlier one: either the service sends it again and "
                          "again, or so many rows of the table are alike.")
                           .arg(number));
    return std::nullopt;
}

void RowStream::Private::noteTotal(const RowsPage &page)
{
    if (!page.total)
        return;
    if (total && *total != *page.total && notes.isEmpty())
        notes
            << tr("The table changed while it was being read: it had %1 rows, then %2. Rows may be missing or double.")
                   .arg(*total)
                   .arg(*page.total);
    total = page.total;
}

void RowStream::Private::decoded(int page, Result<RowsPage> result)
{
    if (!result)
        return halt(result.error());
    noteTotal(*result);
    const bool repeated = fingerprints.contains(result->fingerprint);
    const bool last = isLast(*result, repeated);
    if (!last) {
        if (const std::optional<ApiError> fault = whyNotGoOn(*result, page))
            return halt(fault);
    }
    fingerprints.insert(result->fingerprint);
    appended = page;
    saysMore = looksAhead = result->more == RowsPage::More::Yes;
    const int current = generation;
    // A service without pages has answered with its first page again.
    if (!repeated || result->more == RowsPage::More::No) {
        const qsizetype first = store->rowCount();
        if (store->append(result->chunk))
            emit q->columnsChanged();
        if (current == generation && result->chunk->rows > 0)
            emit q->rowsAppended(first, result->chunk->rows);
    }
    if (current != generation)
        return; // a receiver stopped us
    if (last)
        return halt(whyNotWhole());
    if (page >= allowed)
        return halt(endless(tr("After %1 pages of rows the service still says that more follow.").arg(page)));
    pump();
    decodeNext();
}

RowStream::RowStream(ApiClient *client, RowsOf rows, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, client, std::move(rows)))
{
}

RowStream::~RowStream()
{
    d->dropWork();
}

std::shared_ptr<const ColumnStore> RowStream::store() const
{
    return d->store;
}

void RowStream::setPageLimit(int pages)
{
    d->pageLimit = pages;
    d->allowed = pages;
}

void RowStream::start()
{
    if (!d->reading && d->appended == 0)
        d->read();
}

void RowStream::stop()
{
    if (!d->reading)
        return;
    d->halt(ApiError{ErrorKind::Cancelled,
                     0,
                     {},
                     tr("Reading was stopped after %1 rows.").arg(d->store->rowCount()),
                     tr("Read on to get the rest."),
                     {}});
}

void RowStream::retry()
{
    if (d->reading || d->store->isComplete())
        return;
    if (d->appended >= d->allowed)
        d->allowed = d->appended + d->pageLimit;
    d->read();
}

bool RowStream::isReading() const
{
    return d->reading;
}

qint64 RowStream::bytesReceived() const
{
    return d->bytes;
}

int RowStream::pagesRead() const
{
    return d->appended;
}

std::optional<qint64> RowStream::totalRows() const
{
    return d->total;
}

QStringList RowStream::notes() const
{
    return d->notes;
}

} // namespace rowdesk
