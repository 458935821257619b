#pragma once

#include "models/versionlistmodel.h"

#include <QWidget>

namespace rowdesk {

/// The row counts of the versions as a small line, oldest left; those that stand out are marked by a ring. A click goes
/// to the version, as do the arrow keys and Enter.
class RowsOverTime : public QWidget
{
    Q_OBJECT
public:
    explicit RowsOverTime(QWidget *parent = nullptr);

    /// Hides itself when there are fewer than two.
    void setCounts(QVector<VersionListModel::Count> counts);
    QSize sizeHint() const override;

signals:
    void rowChosen(int row); ///< of the list

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QPointF place(int index) const;
    int indexAt(double x) const;
    QString wordsOf(int index) const;

    QVector<VersionListModel::Count> m_counts;
    int m_current = -1;
};

} // namespace rowdesk
