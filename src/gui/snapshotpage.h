#pragma once

#include "gui/copysource.h"
#include "transfer/snapshotfile.h"

#include <QWidget>

class QTableView;

namespace rowdesk {

class PageFrame;
class TableModel;

/// The rows of a local snapshot, read-only. Reads the file on a worker.
class SnapshotPage : public QWidget, public CopySource
{
    Q_OBJECT
public:
    explicit SnapshotPage(const SnapshotInfo &snapshot, QWidget *parent = nullptr);

    QString title() const;
    QString status() const;
    QTableView *view() const { return m_view; }
    QString copySelection(bool withHeaders) const override;

private:
    void read();

    SnapshotInfo m_snapshot;
    PageFrame *m_frame;
    TableModel *m_model;
    QTableView *m_view;
};

} // namespace rowdesk
