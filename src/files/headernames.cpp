#include "files/headernames.h"

#include <algorithm>

namespace rowdesk {

QStringList joinedNames(const QVector<QStringList> &rows)
{
    QStringList names;
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const bool isLast = row + 1 == rows.size();
        while (names.size() < rows[row].size())
            names.append(QString());
        QString part;
        for (qsizetype column = 0; column < rows[row].size(); ++column) {
            const QString own = rows[row][column];
            if (isLast || !own.trimmed().isEmpty())
                part = own;
            QString &name = names[column];
            if (name.trimmed().isEmpty())
                name = part; // a single row keeps its names as they are, with the blanks around them
            else if (!part.trimmed().isEmpty() && name.trimmed().compare(part.trimmed(), Qt::CaseInsensitive) != 0)
                name = name.trimmed() + u' ' + part.trimmed();
        }
    }
    return names;
}

} // namespace rowdesk
