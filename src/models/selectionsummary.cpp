#include "models/selectionsummary.h"

#include "core/wtf8.h"
#include "models/profilewords.h"
#include "models/words.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

namespace rowdesk {
namespace {

constexpr std::chrono::milliseconds draggingPause{60};
constexpr qint64 fewCells = 2000; ///< so few that waiting would take longer

/// Exact digits, with the user's separators when they can be put in without changing a digit.
QString digits(const std::string &number)
{
    const QString text = stringFromWtf8(number);
    const QLocale locale;
    const qsizetype point = text.indexOf(u'.');
    bool good = false;
    const qint64 whole = text.left(point < 0 ? text.size() : point).toLongLong(&good);
    if (!good || text.contains(u'e', Qt::CaseInsensitive))
        return text;
    QString shown = locale.toString(whole);
    if (whole == 0 && text.startsWith(u'-'))
        shown.prepend(locale.negativeSign());
    return point < 0 ? shown : shown + locale.decimalPoint() + text.mid(point + 1);
}

} // namespace

SelectionSummary::SelectionSummary(TableModel *model, QObject *parent) : QObject(parent), m_model(model), m_work(this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(draggingPause);
    connect(&m_soon, &QTimer::timeout, this, &SelectionSummary::run);
}

void SelectionSummary::setSelection(const QItemSelection &selection, const QVector<int> &hiddenColumns)
{
    m_ranges.clear();
    qint64 cells = 0;
    for (const QItemSelectionRange &range : selection) {
        int first = range.left();
        for (int column = range.left(); column <= range.right() + 1; ++column) {
            const bool end = column > range.right();
            if (!end && !hiddenColumns.contains(column))
                continue;
            if (column > first) {
                m_ranges.push_back({range.top(), range.bottom(), first, column - 1});
                cells += qint64{column - first} * range.height();
            }
            first = column + 1;
        }
    }
    m_work.cancel();
    m_soon.stop();
    if (cells < 2)
        setWords({});
    else if (cells > fewCells)
        m_soon.start();
    else
        run();
}

void SelectionSummary::run()
{
    const TableSnapshot table = m_model->store()->snapshot();
    m_work.start([table, order = m_model->rowOrder(), ranges = m_ranges](
                     FileWork &work) { return selectionStats(table, order.get(), ranges, &work.cancel); },
                 [this](const std::optional<SelectionStats> &stats) {
                     if (stats)
                         setWords(wordsFor(*stats));
                 });
    if (m_words.isEmpty())
        setWords(tr("adding up the selected cells…"));
}

void SelectionSummary::setWords(const QString &words)
{
    if (words == m_words)
        return;
    m_words = words;
    emit changed();
}

QString SelectionSummary::wordsFor(const SelectionStats &stats)
{
    QStringList facts;
    if (stats.numbers > 0) {
        facts.append(stats.isExact ? tr("sum %1").arg(digits(stats.sum)) : tr("sum about %1").arg(digits(stats.sum)));
        facts.append(tr("average %1").arg(ProfileWords::rounded(stats.average)));
        facts.append(tr("min %1").arg(digits(stats.min)));
        facts.append(tr("max %1").arg(digits(stats.max)));
    }
    const qint64 others = stats.cells - stats.numbers - stats.nulls;
    if (stats.numbers > 0 && (others > 0 || stats.nulls > 0))
        facts.append(tr("%1 numbers").arg(Words::number(stats.numbers)));
    if (stats.distinct && (stats.numbers == 0 || others > 0))
        facts.append(tr("%1 different").arg(Words::number(*stats.distinct)));
    if (stats.nulls > 0)
        facts.append(tr("%1 without a value").arg(Words::number(stats.nulls)));
    if (stats.empty > 0)
        facts.append(tr("%1 empty").arg(Words::number(stats.empty)));
    return tr("%1 cells: %2").arg(Words::number(stats.cells), facts.join(tr(", ")));
}

} // namespace rowdesk
