#pragma once

#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTreeView;

namespace rowdesk {

class DatasetFilterModel;
class DatasetListModel;
class EmptyState;
class PageFrame;
struct Actions;

/// The list of datasets: search, sort, open. Shows a model that others fill.
class DatasetsPage : public QWidget
{
    Q_OBJECT
public:
    explicit DatasetsPage(const Actions &actions, QWidget *parent = nullptr);
    ~DatasetsPage() override;

    /// Not owned; null shows nothing.
    void setModel(DatasetListModel *model);

    /// What became of the list: being read, read, or not (with the reason).
    void showLoading();
    void showReady();
    void showFailure(const QString &reason);

    QString currentId() const; ///< empty when no dataset is current
    void select(const QString &id);
    void focusSearch();
    void focusList();
    QTreeView *view() const { return m_view; }

signals:
    void openWanted(const QString &id);
    void currentChanged();
    /// A file was dropped on a dataset, or (empty id) beside them.
    void fileDropped(const QString &file, const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpView(const Actions &actions);
    void setUpSearch();
    void update();
    void hideUntoldColumns();

    PageFrame *m_frame;
    QLineEdit *m_search;
    QStackedWidget *m_stack;
    QTreeView *m_view;
    EmptyState *m_nothing; ///< no dataset at all, or not read yet
    EmptyState *m_noMatch;
    DatasetFilterModel *m_filter;
    DatasetListModel *m_model = nullptr;
    bool m_ready = false;
};

} // namespace rowdesk
