#include "models/encodinglook.h"

#include "files/textblocks.h"
#include "models/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::EncodingLook)
};

constexpr size_t blockSize = 256 * 1024;
constexpr qsizetype longestLine = 300;
constexpr qsizetype beforeLetter = 40; ///< characters shown before the first that tells

bool isPlain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The part of a line that is worth showing: from a little before its first character beyond ASCII.
QString partOf(std::string_view line)
{
    const QString text = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    const auto letter = std::find_if(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x80; });
    const qsizetype first = std::max<qsizetype>(0, (letter - text.begin()) - beforeLetter);
    return (first > 0 ? QStringLiteral("…") : QString()) + text.mid(first, longestLine);
}

struct Lines
{
    QVector<std::pair<qint64, QString>> texts; ///< line, what it is
    qint64 read = 0;                           ///< whole lines that were read
    QString damage;
};

/// The first lines that are not plain ASCII in this encoding; those at `wanted` (ascending) when it is not null.
Result<Lines> linesWithLetters(const QString &path, const QByteArray &encoding, const QVector<qint64> *wanted,
                               const FileWork &work)
{
    const Result<std::unique_ptr<TextBlocks>> blocks = TextBlocks::open(path, encoding);
    if (!blocks)
        return blocks.error();
    Lines lines;
    std::string block(blockSize, '\0');
    std::string line;
    const auto isDone = [&] {
        return wanted ? wanted->isEmpty() || lines.read >= wanted->last()
                      : lines.texts.size() >= EncodingLook::mostLines;
    };
    const auto endLine = [&] {
        ++lines.read;
        const bool take = wanted ? std::binary_search(wanted->begin(), wanted->end(), lines.read) : !isPlain(line);
        if (take)
            lines.texts.append({lines.read, partOf(line)});
        line.clear();
    };
    while (!isDone()) {
        if (work.cancel)
            return ApiError{ErrorKind::Cancelled, 0, {}, Texts::tr("The look at the letters was stopped."), {}, {}};
        const size_t got = (*blocks)->read(block.data(), block.size());
        for (size_t i = 0; i < got && !isDone(); ++i) {
            if (block[i] == '\n')
                endLine();
            else if (block[i] != '\r')
                line += block[i];
        }
        if (got > 0)
            continue;
        if ((*blocks)->damage())
            lines.damage = Texts::tr("It has bytes that %1 does not have, first in line %2.")
                               .arg(QString::fromLatin1(encoding), Words::number(lines.read + 1));
        else if (!line.empty())
            endLine();
        break;
    }
    return lines;
}

} // namespace

bool EncodingLook::isTelling() const
{
    return !lines.isEmpty() && (!otherFails.isEmpty() || std::any_of(lines.begin(), lines.end(), [](const Line &line) {
        return line.chosen != line.other;
    }));
}

Result<EncodingLook> compareEncodings(const QString &path, const QByteArray &chosen, const QByteArray &other,
                                      const FileWork &work)
{
    const Result<Lines> first = linesWithLetters(path, chosen, nullptr, work);
    if (!first)
        return first.error();
    QVector<qint64> wanted;
    for (const auto &[line, text] : first->texts)
        wanted.append(line);
    const Result<Lines> second = linesWithLetters(path, other, &wanted, work);
    if (!second)
        return second.error();
    EncodingLook look{chosen, other, {}, second->damage};
    for (qsizetype i = 0; i < first->texts.size(); ++i) {
        const bool isThere = i < second->texts.size();
        look.lines.append(
            {first->texts[i].first, first->texts[i].second, isThere ? second->texts[i].second : QString()});
    }
    return look;
}

void EncodingModel::setLook(const EncodingLook &look)
{
    beginResetModel();
    m_look = look;
    endResetModel();
}

int EncodingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_look.lines.size());
}

int EncodingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SectionCount;
}

QVariant EncodingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const EncodingLook::Line &line = m_look.lines[index.row()];
    switch (index.column()) {
    case LineSection:
        return line.line;
    case ChosenSection:
        return Words::oneLine(line.chosen, 300);
    case OtherSection:
        return line.other.isNull() ? tr("can't be read") : Words::oneLine(line.other, 300);
    }
    return {};
}

QVariant EncodingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case LineSection:
        return tr("Line");
    case ChosenSection:
        return tr("As %1 (chosen)").arg(QString::fromLatin1(m_look.chosen));
    case OtherSection:
        return tr("As %1").arg(QString::fromLatin1(m_look.other));
    }
    return {};
}

} // namespace rowdesk
