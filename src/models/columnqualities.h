#pragma once

#include "core/columnquality.h"
#include "models/latestwork.h"

#include <QElapsedTimer>
#include <QTimer>

namespace rowdesk {

class TableModel;

/// How well the columns of a table are filled, counted on a worker and again as rows arrive. Of all rows that are
/// loaded, whatever the filters leave.
class ColumnQualities : public QObject
{
    Q_OBJECT
public:
    /// The model outlives this.
    explicit ColumnQualities(TableModel *model, QObject *parent = nullptr);

    /// Null as long as nothing has been counted.
    const ColumnQuality *of(int column) const;
    /// "numbers: 2,900 (99.2 %) · of another kind: 3 (0.1 %) · empty: 19 (0.7 %) · of all 2,922 rows"; empty as long
    /// as nothing is counted.
    QString words(int column) const;

signals:
    void changed();

private:
    void rowsArrived();
    void run();

    TableModel *m_model;
    std::vector<ColumnQuality> m_found;
    LatestWork<std::optional<std::vector<ColumnQuality>>> m_work;
    QElapsedTimer m_since;
    qint64 m_took = 0; ///< milliseconds of the last count
    QTimer m_soon;
};

} // namespace rowdesk
