#pragma once

#include "api/rowstream.h"

#include <QWidget>

#include <memory>

class QStackedWidget;
class QTableView;

namespace rowdesk {

class EmptyState;
class TableModel;

/// The rows of a dataset or of one version, as they arrive. Owns the reading: closing it ends it.
class RowsView : public QWidget
{
    Q_OBJECT
public:
    explicit RowsView(QWidget *parent = nullptr);
    ~RowsView() override;

    /// Starts reading; what was shown before goes once the first rows are there.
    void read(std::unique_ptr<RowStream> stream);
    /// Goes on at the page that failed.
    void retry();
    bool canRetry() const;
    void stop();
    bool isLoading() const;

    /// How much is read, for the status line.
    QString status() const;

    /// The most cells that one copy takes: more would hold the window, and no spreadsheet takes them.
    static constexpr qint64 mostCopied = 1'000'000;
    /// Copies the selected cells as a spreadsheet takes them, with the names of the columns when asked. Gives what was
    /// copied, or why nothing was, in words.
    QString copySelection(bool withHeaders) const;
    bool hasSelection() const;
    void selectAll();
    QTableView *view() const { return m_view; }

signals:
    void statusChanged();
    void selectionChanged();

private:
    void setUpView();
    void showState();
    void fitColumns();

    std::unique_ptr<RowStream> m_stream;
    TableModel *m_model = nullptr;
    QStackedWidget *m_stack;
    QTableView *m_view;
    EmptyState *m_empty;
    bool m_fitted = false;
};

} // namespace rowdesk
