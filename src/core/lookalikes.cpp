#include "core/lookalikes.h"

#include "core/numberorder.h"
#include "core/wtf8.h"

#include <QSet>

#include <algorithm>

namespace rowdesk {
namespace {

constexpr size_t longestText = 4000;
constexpr size_t mostRows = 100'000; ///< of each side

QString composed(const QString &text)
{
    return text.normalized(QString::NormalizationForm_C);
}

QString withOneLineBreak(QString text)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
}

/// Every run of blanks is one space, none at the ends; what has no shape is gone.
QString withoutUnseen(const QString &text)
{
    QString seen;
    seen.reserve(text.size());
    for (const QChar c : text) {
        const QChar::Category category = c.category();
        const bool isShapeless = category == QChar::Other_Format || (category == QChar::Other_Control && !c.isSpace());
        if (!isShapeless)
            seen += c;
    }
    return seen.simplified();
}

/// Texts that a person would take for the same key give the same.
QString plainKey(const CellView &cell)
{
    if (cell.kind == CellKind::Null)
        return {};
    QString text = withoutUnseen(composed(stringFromWtf8(cell.text))).toCaseFolded();
    qsizetype zeros = 0;
    while (zeros + 1 < text.size() && text[zeros] == QLatin1Char('0') && text[zeros + 1].isDigit())
        ++zeros;
    text.remove(0, zeros);
    const std::optional<Decimal> number = parseDecimal(text.toStdString());
    if (!number)
        return text;
    std::string canonical;
    formatDecimal(withoutTrailingZeros(*number), canonical);
    return QString::fromStdString(canonical);
}

bool isNumbers(const TableSnapshot &table, int column)
{
    return table.content(column) == ColumnContent::Numbers;
}

} // namespace

Unseen unseenDifference(const CellView &old, const CellView &now)
{
    if (old.kind == CellKind::Null || now.kind == CellKind::Null || old.text.empty() || now.text.empty() ||
        std::max(old.text.size(), now.text.size()) > longestText)
        return Unseen::Nothing;
    if (old.text == now.text)
        return old.kind == now.kind ? Unseen::Nothing : Unseen::Kind;
    if (old.kind != CellKind::Text || now.kind != CellKind::Text)
        return Unseen::Nothing;
    const QString before = composed(stringFromWtf8(old.text));
    const QString after = composed(stringFromWtf8(now.text));
    if (before == after)
        return Unseen::Accents;
    if (withOneLineBreak(before) == withOneLineBreak(after))
        return Unseen::LineBreaks;
    return withoutUnseen(before) == withoutUnseen(after) ? Unseen::Blanks : Unseen::Nothing;
}

qint64 countLookAlikes(const DiffTable &a, const DiffTable &b, const TableDiff &diff, CancelFlag cancelled)
{
    std::vector<const DiffColumn *> keys;
    bool mayLookAlike = false;
    for (const DiffColumn &column : diff.columns) {
        if (column.role != DiffColumn::Role::Key)
            continue;
        keys.push_back(&column);
        mayLookAlike = mayLookAlike || !isNumbers(a.rows, column.inA) || !isNumbers(b.rows, column.inB);
    }
    if (!mayLookAlike || diff.removed.empty() || diff.added.empty())
        return 0;
    const auto keyOf = [&keys](const DiffTable &table, quint32 row, int DiffColumn::*place) {
        QString key;
        std::string scratch;
        for (const DiffColumn *column : keys)
            key += plainKey(table.rows.cell(row, column->*place, scratch)) + QChar(0x1F);
        return key;
    };
    QSet<QString> ofA;
    for (size_t i = 0; i < std::min(diff.removed.size(), mostRows) && !isCancelled(cancelled); ++i) {
        // Of rows that share a key one has been told already why they are not paired.
        if (!std::ranges::binary_search(diff.unpairedA, diff.removed[i]))
            ofA.insert(keyOf(a, diff.removed[i], &DiffColumn::inA));
    }
    QSet<QString> both;
    for (size_t i = 0; i < std::min(diff.added.size(), mostRows) && !ofA.isEmpty() && !isCancelled(cancelled); ++i) {
        if (std::ranges::binary_search(diff.unpairedB, diff.added[i]))
            continue;
        const QString key = keyOf(b, diff.added[i], &DiffColumn::inB);
        if (ofA.contains(key))
            both.insert(key);
    }
    return both.size();
}

} // namespace rowdesk
