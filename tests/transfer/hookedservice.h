#pragma once

#include "transfer/simulatedservice.h"

namespace rowdesk::test {

/// A simulated service whose answers a test can replace, and that tells when it is asked.
class HookedService final : public SimulatedService
{
public:
    using SimulatedService::SimulatedService;

    template<typename T>
    using Hook = std::function<std::optional<Result<T>>()>; ///< gives an answer instead of the service's own, or none

    Dialect::RowShape shape = Dialect::RowShape::Members;
    Hook<DataService::TableFacts> onFacts;
    Hook<TableSnapshot> onRead;
    Hook<RowsPage> onPage;
    Hook<QString> onCreate;
    Hook<QVector<DatasetInfo>> onList;
    /// Takes the call over; it is answered by what this gives.
    std::function<std::optional<Call<DataService::Appended>>(ApiClient::Gate)> onAppend;

    Dialect::RowShape rowShape() const override { return shape; }
    Call<DataService::TableFacts> facts(const QString &id) override
    {
        return answer(onFacts, [&] {
            // As over the network: what is given up is answered at once.
            Completion<DataService::TableFacts> completion;
            m_giveUp = [completion] { completion.finish(ApiError{ErrorKind::Cancelled, 0, {}, {}, {}, {}}); };
            completion.onAbort([this] { std::exchange(m_giveUp, {})(); });
            SimulatedService::facts(id).then(this, [completion](const auto &facts) { completion.finish(facts); });
            return completion.call();
        });
    }
    Call<TableSnapshot> read(const QString &id) override
    {
        return answer(onRead, [&] { return SimulatedService::read(id); });
    }
    Call<RowsPage> page(const QString &id, int number) override
    {
        return answer(onPage, [&] { return SimulatedService::page(id, number); });
    }
    Call<QString> create(const DataService::NewTable &table) override
    {
        return answer(onCreate, [&] { return SimulatedService::create(table); });
    }
    Call<QVector<DatasetInfo>> list(const QString &name) override
    {
        return answer(onList, [&] { return SimulatedService::list(name); });
    }

    Call<DataService::Appended> append(const QString &id, const QByteArray &body, qint64 count,
                                       ApiClient::Gate gate) override
    {
        const auto taken = onAppend ? onAppend(gate) : std::nullopt;
        return taken ? *taken : SimulatedService::append(id, body, count, std::move(gate));
    }

private:
    template<typename T, typename Own>
    Call<T> answer(const Hook<T> &hook, const Own &own)
    {
        const std::optional<Result<T>> given = hook ? hook() : std::nullopt;
        return given ? Call<T>::finished(*given) : own();
    }

    std::function<void()> m_giveUp; ///< the counting under way
};

} // namespace rowdesk::test
