#pragma once

#include "core/columnstore.h"
#include "transfer/payloadspool.h"
#include "transfer/readback.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace rowdesk::test {

inline constexpr auto readbackJob = "1a2b3c4d-0000";

/// One row, of a file or of a table.
struct SentRow
{
    int n = 0;
    QString text;
    QString mark;
};

inline SentRow row(int n, const QString &text = {})
{
    return {n, text.isEmpty() ? QStringLiteral("row %1").arg(n) : text, QStringLiteral("1a2b3c4d-1-%1").arg(n)};
}

inline QVector<SentRow> rows(std::initializer_list<int> numbers)
{
    QVector<SentRow> made;
    for (const int n : numbers)
        made.append(row(n));
    return made;
}

/// An upload as the journal has it, and a table, for questions about what of the one is in the other.
class ReadbackStage
{
public:
    void setUp();

    void prepare(Evidence evidence, std::optional<qint64> before = 0);
    /// Adds a batch, now the one in question; gives its place.
    qsizetype batch(const QVector<SentRow> &rows, BatchState state, qint64 told = 0, qint64 parent = 0);
    /// Changes a byte of what is kept of a batch.
    void spoil(qsizetype index);
    TableSnapshot snapshot() const;

    LookQuestion question;
    QVector<SentRow> table;
    QStringList columns; ///< of the table

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

/// Prepares a question.
using Preparation = std::function<void(ReadbackStage &)>;

inline void ReadbackStage::setUp()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

inline void ReadbackStage::prepare(Evidence evidence, std::optional<qint64> before)
{
    question = {};
    question.spool = m_dir->filePath(QStringLiteral("spool"));
    question.job.id = QLatin1String(readbackJob);
    question.job.shape = Dialect::RowShape::Members;
    question.job.evidence = evidence;
    question.job.keyColumns = {QStringLiteral("n")};
    question.job.rowsBefore = before;
    question.job.columns.columns = {{QStringLiteral("n"), ColumnType::Number},
                                    {QStringLiteral("text"), ColumnType::Text}};
    table.clear();
    columns = QStringList{QStringLiteral("n"), QStringLiteral("text")};
    if (evidence == Evidence::Marker) {
        question.job.columns.columns.append({QString(markerColumn), ColumnType::Text});
        columns << QString(markerColumn);
    }
}

inline qsizetype ReadbackStage::batch(const QVector<SentRow> &rows, BatchState state, qint64 told, qint64 parent)
{
    std::vector<QByteArray> bytes;
    std::vector<PayloadRow> whole;
    QVector<int> all;
    for (const SentRow &row : rows) {
        QByteArray json = "{\"n\":" + QByteArray::number(row.n) + ",\"text\":\"" + row.text.toUtf8() + '"';
        if (question.job.evidence == Evidence::Marker)
            json += ",\"rowdesk_upload\":\"" + row.mark.toUtf8() + '"';
        bytes.push_back(json + '}');
        all.append(int(all.size()));
    }
    for (const QByteArray &json : bytes)
        whole.push_back({json, {}});
    PayloadSpool spool;
    if (spool.open(question.spool))
        qFatal("no spool");
    JournalBatch added = *spool.add(payloadOf(whole, all));
    added.seq = question.batches.size() + 1;
    if (parent > 0)
        added.parent = parent;
    added.firstRow = rows.first().n;
    added.rows = rows.size();
    added.state = state;
    added.rowsConfirmed = told;
    question.batches.append(added);
    question.batch = question.batches.size() - 1;
    return question.batch;
}

inline void ReadbackStage::spoil(qsizetype index)
{
    QFile file(question.spool);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(question.batches[index].offset) && file.write("?") == 1);
}

inline TableSnapshot ReadbackStage::snapshot() const
{
    RowBatch batch(int(columns.size()));
    for (const SentRow &row : table) {
        batch.beginRow(1);
        for (const QString &column : columns) {
            if (column == QLatin1String("n"))
                batch.addCell(CellKind::Number, std::to_string(row.n));
            else
                batch.addCell(CellKind::Text, (column == markerColumn ? row.mark : row.text).toStdString());
        }
    }
    ColumnStore store;
    if (!columns.isEmpty())
        store.append(chunkFromBatch(columns, batch));
    store.setComplete();
    return store.snapshot();
}

} // namespace rowdesk::test
