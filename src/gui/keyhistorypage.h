#pragma once

#include "models/keyhistory.h"

#include <QWidget>

class QAction;
class QTableView;

namespace rowdesk {

class PageFrame;

/// The life of one row through all versions, read while one looks.
class KeyHistoryPage : public QWidget
{
    Q_OBJECT
public:
    /// Takes the history and starts it.
    explicit KeyHistoryPage(KeyHistory *history, QWidget *parent = nullptr);

    QString title() const;
    QString status() const;
    KeyHistory *history() const { return m_history; }
    QTableView *view() const { return m_view; }

private:
    void showStatus();

    KeyHistory *m_history;
    PageFrame *m_frame;
    QTableView *m_view;
    QAction *m_stop;
};

} // namespace rowdesk
