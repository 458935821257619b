#pragma once

#include "files/fileanswers.h"
#include "files/filenotes.h"

namespace rowdesk::test {

inline QByteArray typeWord(const ColumnFindings &column)
{
    QByteArray word = columnTypeName(column.rule.type).toLatin1();
    word += column.question == ColumnQuestion::None ? "" : "?";
    return column.problemCount > 0 ? word + '!' + QByteArray::number(column.problemCount) : word;
}

/// What a person sees of a file, in one line: "h1 r2 a:number b:text", h0 without header; a type with ? is asked about,
/// !2 counts cells that don't fit; "doubt" for each thing to look at; or the code of what is wrong, with its line.
inline QByteArray described(const QString &path, const FileAnswers &answers = {})
{
    const auto inspection = inspectFile(path, answers);
    if (!inspection)
        return inspection.error().code.toLatin1();
    if (inspection->damage) {
        const qint64 line = inspection->damageLine;
        return inspection->damage->code.toLatin1() + (line > 0 ? " line " + QByteArray::number(line) : QByteArray());
    }
    QByteArray text = 'h' + QByteArray::number(inspection->headerRow) + " r" + QByteArray::number(inspection->rows);
    for (const ColumnFindings &column : inspection->columns)
        text += ' ' + column.name.toUtf8() + ':' + typeWord(column);
    for (const FileDoubt &doubt : doubtsAbout(*inspection))
        text += doubt.isMild ? " likely" : " doubt";
    return text;
}

} // namespace rowdesk::test
