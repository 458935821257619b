#include "models/columnqualities.h"

#include "models/profilewords.h"
#include "models/rowswords.h"
#include "models/tablemodel.h"
#include "models/words.h"

#include <chrono>

namespace rowdesk {
namespace {

/// While rows arrive they are counted no sooner than this, and never more than a tenth of the time.
constexpr qint64 shortestPause = 300;
constexpr qint64 pauseFactor = 10;

QString kindWord(CellKind kind)
{
    switch (kind) {
    case CellKind::Number:
        return ColumnQualities::tr("numbers");
    case CellKind::Bool:
        return ColumnQualities::tr("true or false");
    case CellKind::Json:
        return ColumnQualities::tr("nested");
    default:
        return ColumnQualities::tr("texts");
    }
}

} // namespace

ColumnQualities::ColumnQualities(TableModel *model, QObject *parent) : QObject(parent), m_model(model), m_work(this)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ColumnQualities::run);
    connect(model, &TableModel::rowsArrived, this, &ColumnQualities::rowsArrived);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_work.cancel();
        m_found.clear();
        m_took = 0;
        rowsArrived();
        emit changed();
    });
}

void ColumnQualities::rowsArrived()
{
    if (!m_soon.isActive() && !m_work.isRunning() && m_model->knownRows() > 0)
        m_soon.start(std::chrono::milliseconds(m_found.empty() ? 0 : std::max(shortestPause, m_took * pauseFactor)));
}

void ColumnQualities::run()
{
    m_since.start();
    const TableSnapshot table = m_model->store()->snapshot();
    m_work.start([table](FileWork &work) { return columnQualities(table, &work.cancel); },
                 [this, rows = table.rowCount()](std::optional<std::vector<ColumnQuality>> found) {
                     m_took = m_since.elapsed();
                     if (found)
                         m_found = std::move(*found);
                     if (m_model->knownRows() > rows)
                         rowsArrived();
                     emit changed();
                 });
}

const ColumnQuality *ColumnQualities::of(int column) const
{
    const auto place = static_cast<size_t>(column);
    return column >= 0 && place < m_found.size() ? &m_found[place] : nullptr;
}

QString ColumnQualities::words(int column) const
{
    const ColumnQuality *quality = of(column);
    if (!quality)
        return {};
    const auto part = [quality](const QString &what, qint64 count) {
        return tr("%1: %2").arg(what, ProfileWords::share(count, quality->rows));
    };
    QStringList parts;
    if (quality->good > 0)
        parts.append(part(kindWord(quality->kind), quality->good));
    if (quality->other > 0)
        parts.append(part(tr("of another kind"), quality->other));
    if (quality->empty > 0)
        parts.append(part(tr("empty"), quality->empty));
    const bool isCurrent = quality->rows == m_model->store()->rowCount();
    parts.append(isCurrent ? RowsWords::scope(*m_model->store(), quality->rows)
                           : tr("of the first %1").arg(Words::rows(quality->rows)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace rowdesk
