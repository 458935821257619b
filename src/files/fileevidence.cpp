#include "files/columndecision.h"
#include "files/shapesets.h"

namespace rowdesk {

using namespace shapeset;

FileEvidence evidenceOf(const std::vector<ColumnTally> &columns)
{
    FileEvidence file;
    bool anyQuoted = false;
    bool anyPlain = false;
    for (const ColumnTally &column : columns) {
        const qint64 point = column.count(surePoint);
        const qint64 comma = column.count(sureComma);
        file.pointColumns += point > 0 && comma == 0 ? 1 : 0;
        file.commaColumns += comma > 0 && point == 0 ? 1 : 0;
        anyQuoted = anyQuoted || column.quoted > 0;
        anyPlain = anyPlain || column.quoted < column.values;
    }
    file.quotesMean = anyQuoted && anyPlain;
    return file;
}

} // namespace rowdesk
