#pragma once

#include "core/schema.h"
#include "files/tablewriter.h"
#include "models/latestwork.h"
#include "models/tablemodel.h"

#include <QItemSelection>

#include <optional>

namespace rowdesk {

class TableQuery;

enum class ExportKind { Csv, Xlsx, Json };

/// How days are written in a CSV file. Times of day stay as they are, behind the day.
enum class DateForm {
    Iso,          ///< 2025-04-03
    DayDots,      ///< 03.04.2025
    DaySlashes,   ///< 03/04/2025
    MonthSlashes, ///< 04/03/2025
};

/// What a file of exported rows is like.
struct ExportOptions
{
    ExportKind kind = ExportKind::Csv;
    CsvExport csv;
    DateForm dates = DateForm::Iso;

    /// What every program reads, also this one: nothing changes on the way back.
    static ExportOptions forPrograms();
    /// What Excel opens with a double click on a machine with this locale.
    static ExportOptions forExcel(const QLocale &locale);
    QString suffix() const; ///< "csv", "xlsx", "json"
};

/// Rows to be written: immutable, for a worker.
struct ExportRows
{
    TableSnapshot table;
    TableModel::RowOrder order; ///< these rows in this order; null: all as they came
    QVector<int> columns;       ///< of the table
    Schema schema;              ///< of these columns

    qsizetype count() const { return order ? qsizetype(order->size()) : table.rowCount(); }
};

/// What was written.
struct Exported
{
    QString path;
    qint64 rows = 0;
    qint64 guardedCells = 0; ///< texts that were changed so that a spreadsheet does not run them
};

/// Writes the rows to a file that appears when it is whole. Errors: the file can't be written; Cancelled. Neither
/// leaves anything behind, nor changes what was there. Any thread.
Result<Exported> writeRows(const ExportRows &rows, const ExportOptions &options, const QString &path, FileWork *work);

/// One export of rows that are shown, from the choice which ones to the file. What needs all rows waits until they are
/// there and refuses when they don't come. The model and the query outlive it.
class TableExport : public QObject
{
    Q_OBJECT
public:
    enum class Scope {
        Selected, ///< the cells that are selected
        Shown,    ///< the rows that meet the filters, once all rows are there
        Loaded,   ///< the rows that are there by now
        All       ///< all rows, once they are there
    };
    enum class State { Idle, Waiting, Writing };

    /// `schema`: what the service says of the columns, as far as it does; the values say the rest.
    TableExport(TableModel *model, TableQuery *query, const QItemSelection &selection,
                const std::optional<Schema> &schema, QObject *parent = nullptr);

    /// Those that make a difference now, the likeliest first.
    QVector<Scope> scopes() const;
    /// In words, with counts: "all 34,112 rows", "the 312 rows that meet the filters".
    QString scopeText(Scope scope) const;
    /// "34,112 rows", or "all rows" while that is not known.
    QString amount(Scope scope) const;

    /// Exports; finished() tells what became of it.
    void start(Scope scope, const ExportOptions &options, const QString &path);
    /// Ends with finished(): cancelled, and nothing was written, unless the file was complete before it heard.
    void cancel();
    State state() const { return m_state; }
    int percent() const { return m_writing.percent(); } ///< -1: not known

public slots:
    /// More rows came, or their reading ended.
    void tableChanged();

signals:
    void changed();
    /// All rows are wanted, but their reading has stopped: go on.
    void readingWanted();
    void finished(const rowdesk::Result<rowdesk::Exported> &result);

private:
    bool isReady() const;
    ExportRows rows() const;
    QVector<int> selectedColumns() const;
    TableModel::RowOrder selectedRows() const;
    ColumnSpec columnSpec(int column) const;
    void write();
    void finish(const Result<Exported> &result);

    TableModel *m_model;
    TableQuery *m_query;
    QItemSelection m_selection;
    std::optional<Schema> m_schema;
    State m_state = State::Idle;
    Scope m_scope = Scope::All;
    ExportOptions m_options;
    QString m_path;
    LatestWork<Result<Exported>> m_writing{this};
};

} // namespace rowdesk
