#pragma once

#include "transfer/tablereading.h"

#include <QWidget>

#include <memory>

class QAction;
class QTableView;
class QToolButton;
class QTreeView;

namespace rowdesk {

class DiffColumnModel;
class DiffModel;
class PageFrame;

/// What a comparison found: the line that reconciles, the columns with their counts, the rows that differ. Shows what
/// it is given and saves it when asked.
class ComparePage : public QWidget
{
    Q_OBJECT
public:
    explicit ComparePage(std::shared_ptr<const Comparison> comparison, QWidget *parent = nullptr);

    QString title() const;
    QString status() const;
    DiffModel *model() const { return m_model; }
    QTableView *rowsView() const { return m_rows; }
    QTreeView *columnsView() const { return m_columnsView; }
    /// Goes to the next or previous change; the status says so when there is none.
    void goToChange(bool forward);

signals:
    /// The same again with other settings.
    void againWanted();

private:
    QWidget *makeSummary();
    QToolButton *makeFilter(const QString &text, bool shown);
    void setUpViews();
    void addActions();
    void applyFilter();
    void showStatus();
    void askWhereToSave();
    void save(const QString &path);

    std::shared_ptr<const Comparison> m_comparison;
    DiffModel *m_model;
    DiffColumnModel *m_columns;
    PageFrame *m_frame;
    QTreeView *m_columnsView;
    QTableView *m_rows;
    QToolButton *m_added = nullptr;
    QToolButton *m_removed = nullptr;
    QToolButton *m_changed = nullptr;
    QAction *m_export;
};

} // namespace rowdesk
