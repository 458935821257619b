#pragma once

#include "files/rowsource.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace rowdesk::test {

/// A folder with files that the test writes, gone with it.
class FileFixture
{
public:
    QString write(const QByteArray &content, const QString &name = QStringLiteral("table.csv")) const
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test can't write %s", qPrintable(path));
        return path;
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

/// Rows as one line: cells joined by '|', rows by '/', no value as '~'.
inline QByteArray shown(const RowBatch &batch)
{
    QByteArray text;
    for (qsizetype row = 0; row < batch.rowCount(); ++row) {
        for (int column = 0; column < batch.columnCount(); ++column) {
            const CellView cell = batch.cell(row, column);
            text += column ? "|" : row ? "/" : "";
            text += cell.kind == CellKind::Null
                        ? "~"
                        : QByteArray(cell.text.data(), static_cast<qsizetype>(cell.text.size()));
        }
    }
    return text;
}

} // namespace rowdesk::test
