#pragma once

#include "core/selectionstats.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QItemSelection>
#include <QTimer>

namespace rowdesk {

/// What the selected cells come to: "3 cells: sum 41.2, average 13.7, min 10.6, max 18.0". Worked out on a worker, so
/// that a million selected rows hold nothing; what an earlier selection came to is dropped.
class SelectionSummary : public QObject
{
    Q_OBJECT
public:
    /// The model outlives this.
    explicit SelectionSummary(TableModel *model, QObject *parent = nullptr);

    /// Cells in hidden columns don't count.
    void setSelection(const QItemSelection &selection, const QVector<int> &hiddenColumns);
    /// Empty with fewer than two cells.
    const QString &words() const { return m_words; }
    bool isRunning() const { return m_work.isRunning() || m_soon.isActive(); }

    static QString wordsFor(const SelectionStats &stats);

signals:
    void changed();

private:
    void run();
    void setWords(const QString &words);

    TableModel *m_model;
    std::vector<CellRange> m_ranges;
    QString m_words;
    LatestWork<std::optional<SelectionStats>> m_work;
    QTimer m_soon;
};

} // namespace rowdesk
