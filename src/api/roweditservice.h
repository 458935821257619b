#pragma once

#include "net/apiclient.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <optional>

namespace rowdesk {

/// One column's value as JSON writes it.
struct ColumnValue
{
    QString column;
    QByteArray json;
};

/// Holds for rows whose column has one of these values (JSON).
struct RowCondition
{
    QString column;
    QVector<QByteArray> values;
};

/// Which rows of a table are meant: those for which every condition holds.
struct RowFilter
{
    QVector<RowCondition> conditions; ///< never none: that would mean every row
    bool firstOnly = false;           ///< only the first row that is found
};

/// How a dataset is brought up to date (API contract §4).
enum class RefreshMode { Reload, Recreate, Update, UpdateAppend, Append };

/// "reload", "recreate", "update", "updateappend", "append": the words of the API and of the command line.
QString refreshModeName(RefreshMode mode);
std::optional<RefreshMode> refreshModeFromName(QStringView name);

/// Changes to rows that are in a table already, and refreshing (API contract §4). None of them is undone by asking
/// again, but doing a removal twice does no more than once. A lost answer is ErrorKind::OutcomeUnknown.
/// Lives in the client's thread; neither owns the client nor keeps state.
class RowEditService
{
public:
    explicit RowEditService(ApiClient *client);

    /// How many values one condition may have: one in the classic dialect.
    int mostValues() const;

    /// Removes the rows; gives how many, when the service tells. A filter without a condition, and a body that would
    /// not travel, is ErrorKind::Usage: nothing is sent then.
    Call<std::optional<qint64>> remove(const QString &datasetId, const RowFilter &filter) const;
    /// Puts these values into the rows; gives how many, when the service tells.
    Call<std::optional<qint64>> update(const QString &datasetId, const RowFilter &filter,
                                       const QVector<ColumnValue> &values) const;
    /// Asks for a refresh; the service carries it out in its own time.
    Call<Done> refresh(const QString &datasetId, RefreshMode mode) const;

private:
    ApiClient *m_client;
};

} // namespace rowdesk
