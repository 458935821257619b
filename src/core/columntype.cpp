#include "core/columntype.h"

namespace rowdesk {
namespace {

/// One line a type: adding a column type is adding a line here and a value to the enum.
struct TypeWords {
    ColumnType type;
    QLatin1StringView name;
    const char *label;
    const char *sentence;
};

constexpr const char *context = "ColumnType";

const std::array<TypeWords, allColumnTypes.size()> &words()
{
    using enum ColumnType;
    static const std::array<TypeWords, allColumnTypes.size()> table{{
        {Text, QLatin1StringView("text"), QT_TRANSLATE_NOOP("ColumnType", "Text"),
         QT_TRANSLATE_NOOP("ColumnType", "Any characters. Codes, postcodes and long ids keep every digit and leading zero.")},
        {Number, QLatin1StringView("number"), QT_TRANSLATE_NOOP("ColumnType", "Number"),
         QT_TRANSLATE_NOOP("ColumnType", "Whole or decimal numbers to calculate with.")},
        {DateTime, QLatin1StringView("datetime"), QT_TRANSLATE_NOOP("ColumnType", "Date and time"),
         QT_TRANSLATE_NOOP("ColumnType", "A day with a time of day.")},
        {Date, QLatin1StringView("date"), QT_TRANSLATE_NOOP("ColumnType", "Date"),
         QT_TRANSLATE_NOOP("ColumnType", "A calendar day without a time. It is the same day everywhere.")},
        {Percentage, QLatin1StringView("percentage"), QT_TRANSLATE_NOOP("ColumnType", "Percentage"),
         QT_TRANSLATE_NOOP("ColumnType", "A share: 0.12 is shown as 12 %.")},
        {Checkbox, QLatin1StringView("checkbox"), QT_TRANSLATE_NOOP("ColumnType", "Checkbox"),
         QT_TRANSLATE_NOOP("ColumnType", "True or false.")},
        {Dropdown, QLatin1StringView("dropdown"), QT_TRANSLATE_NOOP("ColumnType", "Dropdown"),
         QT_TRANSLATE_NOOP("ColumnType", "Text from a short list of values.")},
        {Id, QLatin1StringView("id"), QT_TRANSLATE_NOOP("ColumnType", "Id"),
         QT_TRANSLATE_NOOP("ColumnType", "Identifies a row. Digits are kept exactly.")},
    }};
    return table;
}

const TypeWords &wordsOf(ColumnType type) { return words()[static_cast<size_t>(type)]; }

} // namespace

QString columnTypeName(ColumnType type) { return wordsOf(type).name; }

std::optional<ColumnType> columnTypeFromName(QStringView name)
{
    const QStringView trimmed = name.trimmed();
    for (const TypeWords &entry : words()) {
        if (trimmed.compare(entry.name, Qt::CaseInsensitive) == 0)
            return entry.type;
    }
    if (trimmed.compare(QLatin1StringView("rec_id"), Qt::CaseInsensitive) == 0)
        return ColumnType::Id;
    return std::nullopt;
}

QString columnTypeLabel(ColumnType type) { return QCoreApplication::translate(context, wordsOf(type).label); }

QString columnTypeSentence(ColumnType type) { return QCoreApplication::translate(context, wordsOf(type).sentence); }

} // namespace rowdesk
