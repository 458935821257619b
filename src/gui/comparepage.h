#pragma once

#include "gui/copysource.h"
#include "models/keyhistory.h"
#include "transfer/tablereading.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QTableView;
class QSpinBox;
class QToolButton;
class QTreeView;

namespace rowdesk {

class DiffColumnModel;
class DiffModel;
class PageFrame;

/// What a comparison found: the line that reconciles, the columns with their counts, the rows that differ. Shows what
/// it is given and saves it when asked.
class ComparePage : public QWidget, public CopySource
{
    Q_OBJECT
public:
    /// The dataset that the later table is of; an empty id: of none.
    struct Target
    {
        QString id;
        QString name;
        bool isCurrent = false; ///< its current rows were compared, not a version
    };

    ComparePage(std::shared_ptr<const Comparison> comparison, Target target, QWidget *parent = nullptr);
    ~ComparePage() override;

    QString title() const;
    QString status() const;
    DiffModel *model() const { return m_model; }
    QTableView *rowsView() const { return m_rows; }
    QTreeView *columnsView() const { return m_columnsView; }
    /// Goes to the next or previous change; the status says so when there is none.
    void goToChange(bool forward);
    QString copySelection(bool withHeaders) const override;
    /// Asks, and stages the selected rows that are gone (all of them without a selection).
    void putBack();
    void showLife(); ///< of the current row's key
    void save(const QString &path);

signals:
    /// The same again with other settings.
    void againWanted();
    /// Rows are in this file, to be looked at and appended to the dataset.
    void importWanted(const QString &file, const QString &datasetId);
    void lifeWanted(const QString &datasetId, const QVector<KeyHistory::KeyPart> &key);

private:
    QWidget *makeTools();
    void addRowActions();
    std::vector<int> selectedRows() const;
    QWidget *makeSummary();
    QToolButton *makeFilter(const QString &text, bool shown);
    void setUpViews();
    void fitColumns();
    void addActions();
    void applyFilter();
    void showStatus();
    void askWhereToSave();

    std::shared_ptr<const Comparison> m_comparison;
    DiffModel *m_model;
    DiffColumnModel *m_columns;
    PageFrame *m_frame;
    QTreeView *m_columnsView;
    QTableView *m_rows;
    QToolButton *m_added = nullptr;
    QToolButton *m_removed = nullptr;
    QToolButton *m_changed = nullptr;
    QToolButton *m_changedColumns = nullptr;
    QSpinBox *m_context = nullptr;
    QAction *m_export;
    QAction *m_stop;
    QAction *m_putBack;
    QAction *m_life;
    Target m_target;
    std::function<void()> m_stopExport;
};

} // namespace rowdesk
