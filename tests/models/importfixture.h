#pragma once

#include "models/importsession.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

inline Schema birds()
{
    return {{{QStringLiteral("Species"), ColumnType::Text},
             {QStringLiteral("day"), ColumnType::Date},
             {QStringLiteral("place"), ColumnType::Text}}};
}

inline const ImportSession::Dataset known{QStringLiteral("1"), QStringLiteral("Birds"), birds()};
inline const ImportSession::Dataset untold{QStringLiteral("2"), QStringLiteral("Untold"), {}};

/// A folder with files that the test writes, gone with it.
class ImportFiles
{
protected:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("can't write the test's file");
        return file.fileName();
    }

    QTemporaryDir m_dir;
};

/// A session that has gone as far as it can on its own.
inline void settle(ImportSession &session)
{
    QTRY_VERIFY_WITH_TIMEOUT(session.fileState() != ImportSession::FileState::Looking && !session.isInspecting() &&
                                 !session.isChecking(),
                             60'000);
}

/// Does something once, at the moment when the inspection has begun: no machine is fast enough to miss it.
inline void whenInspecting(ImportSession &session, const std::function<void()> &act)
{
    QObject::connect(&session, &ImportSession::changed, &session, [&session, act, done = false]() mutable {
        if (!session.isInspecting() || std::exchange(done, true))
            return;
        act();
    });
}

inline QByteArray manyRows(int rows)
{
    QByteArray bytes("id,amount\n");
    for (int i = 0; i < rows; ++i)
        bytes += QByteArray::number(i) + ',' + QByteArray::number(i) + ".5\n";
    return bytes;
}

inline qint64 countRows(RowSource &source)
{
    qint64 rows = 0;
    RowBatch batch(int(source.columnNames().size()));
    for (;;) {
        batch.clear();
        const Result<qsizetype> read = source.read(batch, 500);
        if (!read || *read == 0)
            return read ? rows : -1;
        rows += *read;
    }
}

} // namespace rowdesk::test
