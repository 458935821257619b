#pragma once

#include "files/columnfindings.h"
#include "files/csvformat.h"
#include "files/csvreader.h"
#include "files/filekind.h"
#include "files/filework.h"
#include "files/xlsxtable.h"

#include <memory>

namespace rowdesk {

/// What is to be read of a file, and how. Detected first, changed by a person at will, then the same for inspection,
/// preview and upload.
struct FileFormat
{
    FileKind kind = FileKind::Text;
    CsvFormat csv;   ///< for Text
    XlsxFormat xlsx; ///< for Xlsx
};

/// The same for counting: ragged rows, bad cells and cells beside the table don't end the reading.
FileFormat lenient(FileFormat format);

/// Everything that is known of a file once all of it was read.
struct FileInspection
{
    FileFormat format;
    qint64 size = 0; ///< bytes
    QDateTime modified;
    QByteArray sha256; ///< of the bytes, in hex; says later whether the file is still the same

    qint64 headerRow = 0;  ///< line or row in which the names stand; 0: there are none
    qint64 rows = 0;       ///< rows that would be given with this format if ragged ones were let pass
    CsvCounts counts;      ///< for Text
    XlsxCounts xlsxCounts; ///< for Xlsx
    QVector<ColumnFindings> columns;
    RowBatch sample{0}; ///< the first rows, for a preview
    QStringList notes; ///< what a person should see about the file: blank lines, ragged rows, line breaks in cells, …

    /// Why the file can't be read to its end; everything else here is then about the rows before that place.
    std::optional<ApiError> damage;
    qint64 damageLine = 0;  ///< where that is, when the file has lines; 0: unknown
    qint64 damageField = 0; ///< field of the row, from 1; 0: unknown

    /// True when a reading by this format comes to the end: no damage, no ragged row and no bad cell that would stop
    /// it.
    bool isReadable() const;
};

/// Those of its notes that are about rows and cells which make no proper table: who asks about them need not say them,
/// too.
QStringList notesAboutRows(const FileInspection &inspection);

/// Looks at a file, recognises it by its content and detects how to read it. An error says what it is instead of a
/// table and what to do. Reads only its beginning. Any thread.
Result<FileFormat> detectFormat(const QString &path);

/// Reads all of a file. Takes as long as that takes: run it on a worker. `work` (may be null) tells how far it is and
/// takes the wish to cancel, which ends it with ErrorKind::Cancelled. A damaged file is not an error here, but
/// `damage`.
Result<FileInspection> inspectFile(const QString &path, const FileFormat &format, FileWork *work = nullptr,
                                   qsizetype sampleRows = 200);

/// The rows of a file: for preview and upload.
Result<std::unique_ptr<RowSource>> openFile(const QString &path, const FileFormat &format);

} // namespace rowdesk
