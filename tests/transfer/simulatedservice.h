#pragma once

#include "core/columnstore.h"
#include "transfer/uploadjob.h"
#include "transfer/virtualclock.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <deque>

namespace rowdesk::test {

/// What can happen to one append: every event of the list that the transport can tell, and the ends of the program.
enum class Fate {
    Stored,
    NotConnected,       ///< name not found, refused, TLS: before the last byte
    BrokenBeforeLast,   ///< the body was never complete
    RefusedCredentials, ///< 401
    AskedToWait,        ///< 429
    AskedToWaitStored,  ///< 429, and carried out all the same
    RefusedStored,      ///< 401, and carried out all the same
    Rejected,           ///< 400 with the service's own error
    Fewer,              ///< stores some and says so
    NoneStored,         ///< says 0, stored 0
    FewerToldAllStored, ///< says fewer than it stored
    MoreTold,           ///< says more than were sent
    LostStored,         ///< stored, no usable answer
    LostNotStored,
    LostStoredLate, ///< no usable answer, stored within the settle time
    LostStoredPart, ///< no usable answer, some stored
    Replayed,       ///< something on the way sends it twice
    DiesBefore,     ///< the program ends with the gate closed
    DiesAtGate,     ///< after the journal was told, before the byte left
    DiesStored,
    DiesNotStored,
    DiesStoredLate,
    Count,
    Silent ///< stored, and no answer for ever; only by script
};

/// A service in memory, and the truth about what it holds.
class SimulatedService : public QObject, public UploadTarget
{
public:
    SimulatedService(std::shared_ptr<VirtualClock> clock, quint32 seed) : m_clock(std::move(clock)), m_random(seed) {}

    struct Row
    {
        int n = 0;
        QString text;
        QString marker;
        qint64 readableFrom = 0;
    };
    std::vector<Row> rows;
    std::deque<Fate> script; ///< of the next appends; then by chance
    QSet<int> badRows;       ///< a call with one of these (n) is refused
    int appends = 0;
    QHash<int, int> fates; ///< how often each happened
    int faultPercent = 50;
    int readFaultPercent = 10;
    bool hasOtherWriter = false;
    bool withMarker = false;
    bool replays = true; ///< whether Fate::Replayed happens: only names for rows can show that
    bool dead = false;   ///< the program's end was struck: its job is to be destroyed now
    qint64 lag = 0;      ///< msec until what was stored can be read
    /// How the rows are read.
    enum class Order { AsStored, NewestFirst, SortedDown, Shuffled };
    Order order = Order::AsStored;
    std::vector<int> pageSizes; ///< in turn; empty: the service has no pages
    /// Someone else removes rows that are not of the upload. Then a denial is true: what speaks against a false one is
    /// the number of rows.
    bool hasOtherRemover = false;
    bool refusesReads = false; ///< neither counted nor read: the credentials are not accepted any more
    int wholeReads = 0;
    int pageReads = 0;
    static constexpr qint64 latest = 30'000; ///< msec; within the settle time

    QString address() const override { return QStringLiteral("sim://service/"); }
    Dialect::RowShape rowShape() const override { return Dialect::RowShape::Members; }
    Call<QString> create(const DataService::NewTable &) override
    {
        return Call<QString>::finished(ApiError{ErrorKind::Usage, 0, {}, {}, {}, {}});
    }
    Call<QVector<DatasetInfo>> list(const QString &) override
    {
        return Call<QVector<DatasetInfo>>::finished(QVector<DatasetInfo>());
    }

    Call<DataService::Appended> append(const QString &, const QByteArray &body, qint64 count,
                                       ApiClient::Gate gate) override
    {
        writeAsOther();
        ++appends;
        const Fate fate = draw();
        ++fates[int(fate)];
        Completion<DataService::Appended> completion;
        const auto left = std::make_shared<bool>(false);
        completion.onAbort([this, left, owner = QPointer<QObject>(this)] {
            if (owner && m_abort)
                std::exchange(m_abort, {})();
        });
        m_abort = [completion, left] {
            completion.finish(error(*left ? ErrorKind::OutcomeUnknown : ErrorKind::Cancelled));
        };
        if (fate == Fate::DiesBefore) {
            dead = true;
            return completion.call();
        }
        if (fate == Fate::NotConnected || fate == Fate::BrokenBeforeLast) {
            const ErrorKind kind = fate == Fate::NotConnected ? ErrorKind::Network : ErrorKind::Timeout;
            m_clock->after(5, this, [completion, kind] { completion.finish(error(kind)); });
            return completion.call();
        }
        m_clock->after(5, this, [this, completion, body, count, gate, fate, left] {
            if (!dead)
                gate.drained([this, completion, body, count, gate, fate, left] {
                    *left = true;
                    sayWhenAgain(gate, fate);
                    takeLastByte(completion, body, count, fate);
                });
        });
        return completion.call();
    }

    Call<DataService::TableFacts> facts(const QString &) override
    {
        Completion<DataService::TableFacts> completion;
        m_clock->after(5, this, [this, completion] {
            if (refusesReads)
                return completion.finish(error(ErrorKind::Credentials));
            const auto visible = std::count_if(rows.begin(), rows.end(),
                                               [this](const Row &row) { return row.readableFrom <= m_clock->now(); });
            completion.finish(DataService::TableFacts{{}, qint64(visible), {}});
        });
        return completion.call();
    }

    Call<TableSnapshot> read(const QString &) override
    {
        ++wholeReads;
        return answerRead<TableSnapshot>([this] {
            ColumnStore store;
            store.append(chunkOf(visible()));
            store.setComplete();
            return store.snapshot();
        });
    }

    Call<RowsPage> page(const QString &, int number) override
    {
        if (pageSizes.empty())
            return UploadTarget::page({}, number);
        ++pageReads;
        return answerRead<RowsPage>([this, number] {
            const std::vector<Row> all = visible();
            size_t first = 0;
            for (int i = 1; i < number; ++i)
                first += sizeOf(i);
            first = std::min(first, all.size());
            const size_t last = std::min(all.size(), first + sizeOf(number));
            RowsPage page;
            page.chunk = chunkOf({all.begin() + qsizetype(first), all.begin() + qsizetype(last)});
            page.more = last < all.size() ? RowsPage::More::Yes : RowsPage::More::No;
            return page;
        });
    }

private:
    template<typename T>
    Call<T> answerRead(std::function<T()> answer)
    {
        writeAsOther();
        Completion<T> completion;
        const quint32 dice = m_random.bounded(100u);
        if (int(dice) < readFaultPercent / 2) {
            dead = true; // the program ends while it looks
            return completion.call();
        }
        m_clock->after(20, this, [this, completion, answer, fails = int(dice) < readFaultPercent] {
            if (refusesReads)
                completion.finish(error(ErrorKind::Credentials));
            else if (fails)
                completion.finish(error(ErrorKind::Network));
            else
                completion.finish(answer());
        });
        return completion.call();
    }

    size_t sizeOf(int number) const { return size_t(pageSizes[size_t(number - 1) % pageSizes.size()]); }

    static ApiError error(ErrorKind kind) { return {kind, 0, {}, QStringLiteral("struck"), {}, {}}; }

    static void sayWhenAgain(const ApiClient::Gate &gate, Fate fate)
    {
        if (!gate.mayRepeat)
            return;
        if (fate == Fate::AskedToWait || fate == Fate::AskedToWaitStored)
            gate.mayRepeat(std::chrono::seconds(20));
        if (fate == Fate::RefusedCredentials || fate == Fate::RefusedStored)
            gate.mayRepeat(std::chrono::seconds(0));
    }

    Fate draw()
    {
        if (!script.empty()) {
            const Fate next = script.front();
            script.pop_front();
            return next;
        }
        if (int(m_random.bounded(100u)) >= faultPercent)
            return Fate::Stored;
        const Fate fate = Fate(1 + m_random.bounded(int(Fate::Count) - 1));
        if (hasOtherRemover && fate == Fate::AskedToWaitStored)
            return Fate::AskedToWait;
        if (hasOtherRemover && fate == Fate::RefusedStored)
            return Fate::RefusedCredentials;
        return fate == Fate::Replayed && !replays ? Fate::LostStored : fate;
    }

    void takeLastByte(const Completion<DataService::Appended> &completion, const QByteArray &body, qint64 count,
                      Fate fate)
    {
        using A = DataService::Appended;
        const QJsonArray sent = QJsonDocument::fromJson(body)[QStringLiteral("data")].toArray();
        const auto answer = [this, completion](Result<A> result) {
            m_clock->after(10, this, [completion, result] { completion.finish(result); });
        };
        const qint64 some = count > 1 ? m_random.bounded(qint64(1), count) : 0;
        for (const QJsonValue &row : sent) {
            if (badRows.contains(row[QStringLiteral("n")].toInt()))
                return answer(error(ErrorKind::Rejected));
        }
        switch (fate) {
        case Fate::Stored:
            store(sent, count);
            return answer(A{count, count});
        case Fate::RefusedCredentials:
            return answer(error(ErrorKind::Credentials));
        case Fate::AskedToWait:
            return answer(error(ErrorKind::RateLimited));
        case Fate::AskedToWaitStored:
            // At once: that rows can be read as soon as the service has answered is what the count before a further
            // try relies on.
            store(sent, count, 0);
            return answer(error(ErrorKind::RateLimited));
        case Fate::RefusedStored:
            store(sent, count, 0);
            return answer(error(ErrorKind::Credentials));
        case Fate::Silent:
            store(sent, count);
            return;
        case Fate::Rejected:
            return answer(error(ErrorKind::Rejected));
        case Fate::Fewer:
            store(sent, some);
            return answer(A{count, some});
        case Fate::NoneStored:
            return answer(A{count, 0});
        case Fate::FewerToldAllStored:
            store(sent, count);
            return answer(A{count, some});
        case Fate::MoreTold:
            store(sent, count);
            return answer(A{count, count + 1});
        case Fate::LostStored:
            store(sent, count);
            return answer(error(ErrorKind::OutcomeUnknown));
        case Fate::LostNotStored:
            return answer(error(ErrorKind::OutcomeUnknown));
        case Fate::LostStoredLate:
            storeLate(sent, count);
            return answer(error(ErrorKind::OutcomeUnknown));
        case Fate::LostStoredPart:
            store(sent, some);
            return answer(error(ErrorKind::OutcomeUnknown));
        case Fate::Replayed:
            store(sent, count);
            store(sent, count);
            return answer(A{count, count});
        case Fate::DiesStored:
            store(sent, count);
            break;
        case Fate::DiesStoredLate:
            storeLate(sent, count);
            break;
        default:
            break;
        }
        dead = true;
    }

    void storeLate(const QJsonArray &sent, qint64 count)
    {
        m_clock->after(m_random.bounded(latest - lag), this, [this, sent, count] { store(sent, count); });
    }

    void store(const QJsonArray &sent, qint64 count) { store(sent, count, lag); }

    void store(const QJsonArray &sent, qint64 count, qint64 readableAfter)
    {
        for (qint64 i = 0; i < count; ++i) {
            const QJsonObject row = sent[i].toObject();
            rows.push_back({row[QStringLiteral("n")].toInt(), row[QStringLiteral("text")].toString(),
                            row[QString(markerColumn)].toString(), m_clock->now() + readableAfter});
        }
    }

    void writeAsOther()
    {
        if (hasOtherWriter && m_random.bounded(3) == 0)
            rows.push_back({-1 - ++m_others, QStringLiteral("other"), {}, m_clock->now()});
        if (hasOtherRemover && m_random.bounded(4) == 0) {
            const auto others = std::find_if(rows.begin(), rows.end(), [](const Row &row) { return row.n < 0; });
            if (others != rows.end())
                rows.erase(others);
        }
    }

    std::vector<Row> visible() const
    {
        std::vector<Row> seen;
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(seen),
                     [this](const Row &row) { return row.readableFrom <= m_clock->now(); });
        if (order == Order::NewestFirst)
            std::reverse(seen.begin(), seen.end());
        if (order == Order::SortedDown)
            std::stable_sort(seen.begin(), seen.end(), [](const Row &a, const Row &b) { return a.n > b.n; });
        if (order == Order::Shuffled) // some order of its own, always the same
            std::stable_sort(seen.begin(), seen.end(),
                             [](const Row &a, const Row &b) { return qHash(a.n, 7) < qHash(b.n, 7); });
        return seen;
    }

    std::shared_ptr<const Chunk> chunkOf(const std::vector<Row> &of) const
    {
        const QStringList names = withMarker
                                      ? QStringList{QStringLiteral("n"), QStringLiteral("text"), QString(markerColumn)}
                                      : QStringList{QStringLiteral("n"), QStringLiteral("text")};
        RowBatch batch(int(names.size()));
        for (const Row &row : of) {
            batch.beginRow(1);
            batch.addCell(CellKind::Number, std::to_string(row.n) + ".0"); // spelled in its own way
            batch.addCell(CellKind::Text, row.text.toStdString());
            if (withMarker)
                batch.addCell(row.marker.isEmpty() ? CellKind::Null : CellKind::Text, row.marker.toStdString());
        }
        return chunkFromBatch(names, batch);
    }

    std::shared_ptr<VirtualClock> m_clock;
    QRandomGenerator m_random;
    int m_others = 0;              ///< rows that someone else wrote
    std::function<void()> m_abort; ///< of the append under way
};

} // namespace rowdesk::test
