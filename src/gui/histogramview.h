#pragma once

#include "core/columnprofile.h"

#include <QWidget>

namespace rowdesk {

/// How numbers are distributed, as bars. A click on a bar chooses it, as do the arrow keys and Enter.
class HistogramView : public QWidget
{
    Q_OBJECT
public:
    explicit HistogramView(QWidget *parent = nullptr);

    void setBins(std::vector<ColumnProfile::Bin> bins);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void binChosen(int bin);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect plot() const;
    QRect bar(int bin) const;
    int binAt(int x) const;
    void setCurrent(int bin);
    QString wordsOf(int bin) const;

    std::vector<ColumnProfile::Bin> m_bins;
    qint64 m_most = 0;
    int m_current = -1;
};

} // namespace rowdesk
