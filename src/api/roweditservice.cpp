#include "api/roweditservice.h"

#include "api/dialect.h"
#include "api/rowedits.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

ApiError wrongFilter(const QString &message)
{
    return {ErrorKind::Usage, 0, {}, message, tr("Nothing was sent."), {}};
}

std::optional<ApiError> problemOf(const RowFilter &filter, int mostValues)
{
    const auto isEmpty = [](const RowCondition &condition) {
        return condition.column.isEmpty() || condition.values.isEmpty();
    };
    if (filter.conditions.isEmpty() || std::any_of(filter.conditions.begin(), filter.conditions.end(), isEmpty))
        return wrongFilter(tr("No condition says which rows are meant."));
    const bool tooMany =
        std::any_of(filter.conditions.begin(), filter.conditions.end(),
                    [mostValues](const RowCondition &condition) { return condition.values.size() > mostValues; });
    if (tooMany)
        return wrongFilter(tr("A condition has more values than the service takes in one call."));
    return std::nullopt;
}

struct ModeName
{
    RefreshMode mode;
    QLatin1StringView name;
};
constexpr std::array modeNames{ModeName{RefreshMode::Reload, QLatin1StringView("reload")},
                               ModeName{RefreshMode::Recreate, QLatin1StringView("recreate")},
                               ModeName{RefreshMode::Update, QLatin1StringView("update")},
                               ModeName{RefreshMode::UpdateAppend, QLatin1StringView("updateappend")},
                               ModeName{RefreshMode::Append, QLatin1StringView("append")}};

} // namespace

QString refreshModeName(RefreshMode mode)
{
    return std::find_if(modeNames.begin(), modeNames.end(), [mode](const ModeName &m) { return m.mode == mode; })->name;
}

std::optional<RefreshMode> refreshModeFromName(QStringView name)
{
    const auto found =
        std::find_if(modeNames.begin(), modeNames.end(), [name](const ModeName &m) { return m.name == name; });
    return found == modeNames.end() ? std::nullopt : std::optional(found->mode);
}

RowEditService::RowEditService(ApiClient *client) : m_client(client) {}

int RowEditService::mostValues() const
{
    return Dialect::of(m_client->apiVersion()).mostFilterValues();
}

Call<std::optional<qint64>> RowEditService::remove(const QString &datasetId, const RowFilter &filter) const
{
    using Removed = std::optional<qint64>;
    if (const std::optional<ApiError> problem = problemOf(filter, mostValues()))
        return Call<Removed>::finished(*problem);
    const Dialect &words = Dialect::of(m_client->apiVersion());
    return m_client->send(words.deleteRows(datasetId, encodeRemoval(words.rowShape(), filter)))
        .map<Removed>([](const Answer &answer) { return decodeEdited(answer.body, "rows_deleted"); });
}

Call<std::optional<qint64>> RowEditService::update(const QString &datasetId, const RowFilter &filter,
                                                   const QVector<ColumnValue> &values) const
{
    using Updated = std::optional<qint64>;
    if (const std::optional<ApiError> problem = problemOf(filter, mostValues()))
        return Call<Updated>::finished(*problem);
    if (values.isEmpty())
        return Call<Updated>::finished(wrongFilter(tr("No column to change is named.")));
    const Dialect &words = Dialect::of(m_client->apiVersion());
    return m_client->send(words.updateRows(datasetId, encodeUpdate(words.rowShape(), filter, values)))
        .map<Updated>([](const Answer &answer) { return decodeEdited(answer.body, "rows_updated"); });
}

Call<Done> RowEditService::refresh(const QString &datasetId, RefreshMode mode) const
{
    return m_client->send(Dialect::of(m_client->apiVersion()).refresh(datasetId, refreshModeName(mode)))
        .map<Done>([](const Answer &) { return Result<Done>(Done{}); });
}

} // namespace rowdesk
