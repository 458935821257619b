#pragma once

#include <QByteArray>
#include <QString>

namespace rowdesk {

/// The file that rows come from, as it was when it was read.
struct SourceFile
{
    QString path;      ///< where it lay; empty: not known
    qint64 size = -1;  ///< bytes; -1: not known
    QByteArray sha256; ///< of all its bytes, in hex; empty: not known
};

} // namespace rowdesk
