#pragma once

#include "api/rowstream.h"

#include <QPersistentModelIndex>
#include <QWidget>

#include <memory>

class QAction;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace rowdesk {

class ColumnArrangement;
class ColumnQualities;
class ColumnWidths;
class EmptyState;
class FilterBar;
class FilterEditor;
class FindBar;
class PlainLabel;
class RecordPanel;
class RowsMenus;
class RowsTable;
class SelectionSummary;
class TableFind;
class TableModel;
class TableQuery;
class ValuePanel;
class ViewsMenu;

/// The rows of a dataset or of one version, as they arrive, with what an analyst does to them: sort, filter, find, look
/// at one value, add up a selection. Owns the reading: closing it ends it.
class RowsView : public QWidget
{
    Q_OBJECT
public:
    explicit RowsView(QWidget *parent = nullptr);
    ~RowsView() override;

    /// Starts reading; what was shown before goes once the first rows are there.
    void read(std::unique_ptr<RowStream> stream);
    /// Shows rows that come from elsewhere than a stream: a store that is Complete, or Stopped with a reason.
    void showStore(std::shared_ptr<const ColumnStore> store);
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
    QTableView *view() const;
    TableModel *model() const { return m_model; }
    TableQuery *query() const { return m_query; }
    TableFind *find() const { return m_find; }
    FilterBar *filterBar() const { return m_filters; }
    ValuePanel *valuePanel() const { return m_value; }
    RecordPanel *recordPanel() const { return m_record; }
    ColumnWidths *columnWidths() const { return m_widths; }
    ColumnArrangement *columnArrangement() const { return m_arrangement; }
    ViewsMenu *viewsMenu() const { return m_views; }
    QAction *valueAction() const { return m_valueAction; }   ///< shows and hides the value panel
    QAction *recordAction() const { return m_recordAction; } ///< shows and hides the record panel

    /// Opens the find bar, or goes back to it.
    void openFind();
    /// The next (previous) cell that holds the text; opens the find bar when there is no text yet.
    void findNext();
    void findPrevious();
    void findInColumn(int column);
    /// Opens the form for a new filter, at first on this column.
    void addFilter(int column);
    void addFilterHere(); ///< on the current column
    void clearFilters();
    void toggleValue();  ///< shows or hides the value panel
    void toggleRecord(); ///< shows or hides the record panel
    void openViews();    ///< opens the menu of saved views, for the keyboard
    /// Makes the row of the store the current one; false when the filters leave it out.
    bool goToSource(qint64 sourceRow);
    /// Opens the menu of the current column, for the keyboard.
    void openColumnMenu();
    void fitColumns();

signals:
    void statusChanged();
    void selectionChanged();
    /// The profile of this column is to be shown.
    void profileWanted(int column);
    /// Rows that are the same in this column are to be looked for.
    void duplicatesWanted(int column);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setUpView();
    void setUpTable(QTableView *table);
    void setUpHeader(QTableView *table);
    void setUpColumns();
    void setUpActions();
    void setUpFind();
    void layOut();
    void step(int rows);
    void menuAt(const QTableView *table, const QPoint &place);
    void columnMenu(int column, const QPoint &where);
    void goTo(qsizetype row, int column);
    void findAgain(bool forward);
    void findStopped();
    void currentMoved();
    void addUp();
    void showWhetherEmpty();
    void keepPlace();
    void findPlace();
    void showState();
    void showFirstRows();

    std::unique_ptr<RowStream> m_stream;
    TableModel *m_model = nullptr;
    TableQuery *m_query;
    TableFind *m_find;
    SelectionSummary *m_summary;
    RowsMenus *m_menus;
    QAction *m_findAction;
    QAction *m_valueAction;
    QAction *m_recordAction;
    FilterBar *m_filters;
    FilterEditor *m_editor;
    FindBar *m_findBar;
    ValuePanel *m_value;
    RecordPanel *m_record;
    ColumnQualities *m_qualities;
    ColumnWidths *m_widths = nullptr;
    ColumnArrangement *m_arrangement = nullptr;
    ViewsMenu *m_views = nullptr;
    QToolButton *m_viewsButton = nullptr;
    PlainLabel *m_none; ///< in the empty table: no row meets the filters
    QStackedWidget *m_stack;
    RowsTable *m_view;
    EmptyState *m_empty;
    QPersistentModelIndex m_findOrigin; ///< the current cell when finding began
    bool m_isShown = false;             ///< there is something to tell of rows
    bool m_fitted = false;
    int m_row = 0; ///< where the current cell was when the rows changed places
    int m_column = 0;
};

} // namespace rowdesk
