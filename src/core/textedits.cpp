#include "core/textedits.h"

#include <algorithm>
#include <vector>

namespace rowdesk {
namespace {

constexpr qsizetype longestCompared = 400;

/// The characters that only one text has, marked.
struct Marks
{
    std::vector<bool> old;
    std::vector<bool> now;
};

/// The table of lengths of common subsequences, walked back from its end.
void markEdits(QStringView old, QStringView now, qsizetype first, Marks &marks)
{
    const auto rows = static_cast<size_t>(old.size());
    const auto columns = static_cast<size_t>(now.size());
    std::vector<quint16> common((rows + 1) * (columns + 1), 0);
    const auto at = [&](size_t i, size_t j) -> quint16 & { return common[i * (columns + 1) + j]; };
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            at(i, j) = old[qsizetype(i)] == now[qsizetype(j)] ? quint16(at(i + 1, j + 1) + 1)
                                                              : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    size_t i = 0;
    size_t j = 0;
    while (i < rows || j < columns) {
        if (i < rows && j < columns && old[qsizetype(i)] == now[qsizetype(j)]) {
            ++i;
            ++j;
        } else if (j == columns || (i < rows && at(i + 1, j) >= at(i, j + 1))) {
            marks.old[static_cast<size_t>(first) + i++] = true;
        } else {
            marks.now[static_cast<size_t>(first) + j++] = true;
        }
    }
}

/// Marked runs. Two of them with a single character between are one: a word is easier to read than its letters.
QVector<TextPart> partsOf(const QString &text, std::vector<bool> marks)
{
    for (size_t i = 1; i + 1 < marks.size(); ++i) {
        if (marks[i - 1] && marks[i + 1])
            marks[i] = true;
    }
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i].isHighSurrogate() && (marks[size_t(i)] || marks[size_t(i) + 1]))
            marks[size_t(i)] = marks[size_t(i) + 1] = true;
    }
    QVector<TextPart> parts;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!marks[static_cast<size_t>(i)])
            continue;
        if (!parts.isEmpty() && parts.last().start + parts.last().length == i)
            ++parts.last().length;
        else
            parts.append({i, 1});
    }
    return parts;
}

} // namespace

TextEdits textEdits(const QString &old, const QString &now)
{
    const qsizetype shorter = std::min(old.size(), now.size());
    qsizetype first = 0;
    while (first < shorter && old[first] == now[first])
        ++first;
    qsizetype last = 0;
    while (last < shorter - first && old[old.size() - 1 - last] == now[now.size() - 1 - last])
        ++last;
    Marks marks{std::vector<bool>(static_cast<size_t>(old.size())), std::vector<bool>(static_cast<size_t>(now.size()))};
    const QStringView middleOld = QStringView(old).sliced(first, old.size() - first - last);
    const QStringView middleNow = QStringView(now).sliced(first, now.size() - first - last);
    if (std::max(middleOld.size(), middleNow.size()) <= longestCompared) {
        markEdits(middleOld, middleNow, first, marks);
    } else {
        std::fill_n(marks.old.begin() + first, middleOld.size(), true);
        std::fill_n(marks.now.begin() + first, middleNow.size(), true);
    }
    return {partsOf(old, std::move(marks.old)), partsOf(now, std::move(marks.now))};
}

TextExcerpts textExcerpts(const QString &old, const QString &now, qsizetype longest)
{
    if (std::max(old.size(), now.size()) <= longest)
        return {old, now};
    const qsizetype shorter = std::min(old.size(), now.size());
    const auto differ = std::mismatch(old.begin(), old.begin() + shorter, now.begin()).first;
    const qsizetype first = std::max<qsizetype>(0, (differ - old.begin()) - longest / 4);
    const auto excerpt = [first, longest](const QString &text) {
        const QChar cut(0x2026);
        // One character more at each end for a character that is written with two units.
        qsizetype begin = std::min(first, text.size());
        if (begin > 0 && begin < text.size() && text[begin].isLowSurrogate())
            ++begin;
        qsizetype length = std::min(longest - 2, text.size() - begin);
        if (length > 0 && begin + length < text.size() && text[begin + length - 1].isHighSurrogate())
            --length;
        return (begin > 0 ? QString(cut) : QString()) + text.mid(begin, length) +
               (begin + length < text.size() ? QString(cut) : QString());
    };
    return {excerpt(old), excerpt(now)};
}

} // namespace rowdesk
