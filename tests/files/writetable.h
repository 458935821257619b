#pragma once

#include "files/filefixture.h"
#include "files/fileinspector.h"
#include "files/tablewriter.h"

namespace rowdesk::test {

inline Schema schemaOf(const QVector<ColumnType> &types)
{
    Schema schema;
    for (int i = 0; i < types.size(); ++i)
        schema.columns.append({QStringLiteral("column %1").arg(i + 1), types[i]});
    return schema;
}

struct Cell
{
    CellKind kind;
    std::string text;
};

inline RowBatch batchOf(int columns, const std::vector<Cell> &cells)
{
    RowBatch batch(columns);
    for (size_t i = 0; i < cells.size(); ++i) {
        if (i % static_cast<size_t>(columns) == 0)
            batch.beginRow(0);
        batch.addCell(cells[i].kind, cells[i].text);
    }
    return batch;
}

inline bool writeAll(Result<std::unique_ptr<TableWriter>> writer, const RowBatch &batch)
{
    return writer && (*writer)->write(batch) && (*writer)->finish();
}

inline RowBatch readBack(const QString &path, const FileFormat &format)
{
    auto source = openFile(path, format);
    if (!source)
        return RowBatch(0);
    RowBatch batch(static_cast<int>((*source)->columnNames().size()));
    while (true) {
        const auto got = (*source)->read(batch, 1000);
        if (!got || *got == 0)
            return batch;
    }
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

} // namespace rowdesk::test
