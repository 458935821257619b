#pragma once

#include "cli/programs.h"

namespace rowdesk::test {

/// Files and tables for uploads through the real program.
class UploadStage
{
protected:
    QString write(const char *name, const QByteArray &csv);
    qint64 create(const Cli &cli, const QStringList &columns);
    qint64 rowsOf(const Cli &cli, qint64 id);

    QTemporaryDir m_dir;
};

inline QString UploadStage::write(const char *name, const QByteArray &csv)
{
    QFile file(m_dir.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("the test's file can't be written");
    return file.fileName();
}

inline qint64 UploadStage::create(const Cli &cli, const QStringList &columns)
{
    static int count = 0;
    QStringList arguments{QStringLiteral("data"), QStringLiteral("create"), QStringLiteral("--name"),
                          QStringLiteral("table %1").arg(++count)};
    for (const QString &column : columns)
        arguments << QStringLiteral("--column") << column;
    return cli.run(arguments).json()[QStringLiteral("id")].toInteger(-1);
}

inline qint64 UploadStage::rowsOf(const Cli &cli, qint64 id)
{
    const Ran stats = cli.run(qPrintable(QStringLiteral("data get %1 --stats").arg(id)));
    return stats.code == 0 ? stats.json()[QStringLiteral("rows")].toInteger() : -1;
}

} // namespace rowdesk::test
