#pragma once

#include "api/dataservice.h"
#include "core/schema.h"
#include "files/columnrule.h"
#include "files/rowsource.h"
#include "transfer/evidence.h"
#include "transfer/sourcefile.h"

#include <QString>
#include <QVector>

#include <functional>
#include <memory>
#include <optional>

namespace rowdesk {

/// Source + mapping + target: what is to be uploaded, decided before a row leaves the machine.
struct UploadPlan
{
    std::shared_ptr<RowSource> source; ///< read once, from its current place to its end
    QString sourceName;                ///< file name for people
    SourceFile file;                   ///< for the record
    Schema target;                     ///< the table's columns that receive values, in the order they are sent
    QVector<int> sourceColumn;         ///< for each target column, the source column that fills it
    QVector<ColumnRule> rules; ///< for each target column, how cells become values; empty: defaultRule() of its type
    /// The cells of `source` are values already, as a RuledSource gives them: they are sent as they are, without
    /// `rules`.
    bool sourceIsConverted = false;
    bool targetGuessed = false; ///< the types are guesses: a value that doesn't fit goes as text, the service decides
    QString datasetId;          ///< append to this table; empty: create `newTable` first
    DataService::NewTable newTable;
    /// Rows that checkPlan() counted. The job says so when the file turns out to have another number.
    std::optional<qint64> rowsExpected;
    /// Further rows of the file that `source` leaves out on purpose. A whole upload's receipt counts them as skipped.
    qint64 rowsLeftOut = 0;
    /// Writes those of them that can be repaired and imported again to a CSV file, with line and reason; runs on a
    /// worker before anything is sent. May be empty.
    std::function<Result<Done>(const QString &file)> writeLeftOut;

    /// What can tell whether rows arrived whose answer was lost. Marker: the column `rowdesk_upload` is sent too; it
    /// must be one of the table (a new table gets it).
    Evidence evidence = Evidence::Content;
    QStringList keyColumns;           ///< of Evidence::Key: names of target columns that together are unique
    bool soleWriter = false;          ///< a person said that nobody else changes the table meanwhile
    int settleSeconds = 180;          ///< how long rows that were sent may take to appear in the table
    std::optional<qint64> rowsBefore; ///< rows of the table as it was, when known
};

/// The columns that an upload sends: the target's, and the marker's when the plan wants one.
Schema sentColumns(const UploadPlan &plan);

/// How cells become values of this type when nobody said more: blanks around numbers, dates and booleans don't count.
ColumnRule defaultRule(ColumnType type);

} // namespace rowdesk
