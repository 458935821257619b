#pragma once

#include "core/result.h"
#include "models/versionlistmodel.h"

#include <QWidget>

class QAction;
class QStackedWidget;
class QTreeView;

namespace rowdesk {

class EmptyState;

/// The versions of one dataset. Shows what it is given; opening is others' work.
class VersionsPage : public QWidget
{
    Q_OBJECT
public:
    explicit VersionsPage(QWidget *parent = nullptr);

    void showLoading();
    void showVersions(QVector<VersionInfo> versions);
    /// History is switched off: says so, and who can switch it on.
    void showHistoryOff();
    /// Why there are none to see.
    void showFailure(const ApiError &error);

    /// The sentence for the status line.
    QString status() const { return m_status; }
    QTreeView *view() const { return m_view; }

signals:
    void statusChanged();
    void openWanted(const VersionInfo &version);
    /// These versions are to be compared, the older one first; empty `after`: the current rows.
    void compareWanted(const QString &before, const QString &after);

private:
    void setUpView();
    void compareSelected();
    void compareWithCurrent();
    void selectionChanged();
    void say(const QString &status, QWidget *shown);

    VersionListModel m_model;
    QStackedWidget *m_stack;
    QWidget *m_list;
    QTreeView *m_view;
    EmptyState *m_empty;
    QAction *m_open;
    QAction *m_compare;
    QAction *m_compareCurrent;
    QString m_status;
};

} // namespace rowdesk
