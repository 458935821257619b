#pragma once

#include <QHash>
#include <QObject>

#include <functional>

class QTableView;

namespace rowdesk {

/// The widths that a person gave to the columns of a view of a TableModel, by name of column.
class ColumnWidths : public QObject
{
    Q_OBJECT
public:
    /// The view has its header and its model, and owns this.
    explicit ColumnWidths(QTableView *view);

    /// For the next fit().
    void set(const QHash<QString, int> &widths) { m_widths = widths; }
    /// Lets `fit` find widths for what the columns show, then gives those that were chosen theirs. None of it counts
    /// as chosen.
    void fit(const std::function<void()> &fit);

signals:
    void chosen(const QString &column, int width);

private:
    void keep(int column, int width);
    QString name(int column) const;

    QTableView *m_view;
    QHash<QString, int> m_widths;
    bool m_listening = false; ///< the columns have been fitted, and are not just now
};

} // namespace rowdesk
