#pragma once

#include "files/filefixture.h"
#include "files/xlsxreader.h"

namespace rowdesk::test {

/// All rows of the first sheet without a header, from column A on, as one line; or the code of the error.
inline QByteArray readAll(const QString &path, XlsxFormat format)
{
    auto opened = XlsxReader::open(path, format);
    if (!opened)
        return "error " + opened.error().code.toLatin1();
    RowBatch batch((*opened)->columnCount());
    while (true) {
        const auto got = (*opened)->read(batch, 2);
        if (!got)
            return shown(batch) + (batch.isEmpty() ? "" : "/") + "error " + got.error().code.toLatin1();
        if (*got == 0)
            return shown(batch);
    }
}

inline XlsxFormat plainFormat(int columns)
{
    XlsxFormat format;
    format.hasHeader = false;
    format.columnCount = columns;
    return format;
}

} // namespace rowdesk::test
