// How a recipe is written down.

#include "files/headernames.h"
#include "models/importrecipe.h"

#include <QJsonArray>

namespace rowdesk {
namespace {

constexpr qsizetype mostColumns = 2000;

QString character(char c)
{
    return c == 0 ? QString() : QString(QLatin1Char(c));
}

char characterFrom(const QJsonValue &value)
{
    const QString text = value.toString();
    return text.size() == 1 && text[0].unicode() < 128 ? text[0].toLatin1() : char(0);
}

QJsonArray wordsToJson(const QVector<QByteArray> &words)
{
    QJsonArray array;
    for (const QByteArray &word : words)
        array.append(QString::fromUtf8(word));
    return array;
}

QVector<QByteArray> readWords(const QJsonValue &value)
{
    QVector<QByteArray> words;
    for (const QJsonValue &word : value.toArray())
        words.append(word.toString().toUtf8());
    return words;
}

QJsonArray namesToJson(const QStringList &names)
{
    return QJsonArray::fromStringList(names);
}

QStringList readNames(const QJsonValue &value)
{
    QStringList names;
    for (const QJsonValue &name : value.toArray())
        names.append(name.toString());
    return names;
}

// The values that a dropdown allows are left out: they are data, and found again in the file.
QJsonObject ruleToJson(const ColumnRule &rule)
{
    return {{QStringLiteral("type"), columnTypeName(rule.type)},
            {QStringLiteral("decimal"), character(rule.marks.decimal)},
            {QStringLiteral("group"), character(rule.marks.group)},
            {QStringLiteral("dates"), int(rule.dateOrder)},
            {QStringLiteral("short_years"), rule.readShortYears},
            {QStringLiteral("money"), rule.readMoney},
            {QStringLiteral("percent"), int(rule.percent)},
            {QStringLiteral("needs_percent"), rule.needsPercentSign},
            {QStringLiteral("refuses_percent"), rule.refusesPercentSign},
            {QStringLiteral("trim"), rule.trim},
            {QStringLiteral("empty_is_null"), rule.emptyIsNull},
            {QStringLiteral("null"), wordsToJson(rule.nullWords)},
            {QStringLiteral("true"), wordsToJson(rule.trueWords)},
            {QStringLiteral("false"), wordsToJson(rule.falseWords)}};
}

std::optional<ColumnRule> readRule(const QJsonObject &object)
{
    const auto type = columnTypeFromName(object[QStringLiteral("type")].toString());
    if (!type)
        return {};
    ColumnRule rule;
    rule.type = *type;
    rule.marks = {characterFrom(object[QStringLiteral("decimal")]), characterFrom(object[QStringLiteral("group")])};
    if (rule.marks.decimal != ',' && rule.marks.decimal != '.')
        rule.marks.decimal = '.';
    if (rule.marks.group == rule.marks.decimal)
        rule.marks.group = 0;
    rule.dateOrder = DateOrder(qBound(0, object[QStringLiteral("dates")].toInt(), int(DateOrder::MonthDayYear)));
    rule.readShortYears = object[QStringLiteral("short_years")].toBool();
    rule.readMoney = object[QStringLiteral("money")].toBool();
    rule.percent = object[QStringLiteral("percent")].toInt() == int(PercentMeaning::Number) ? PercentMeaning::Number
                                                                                            : PercentMeaning::Share;
    rule.needsPercentSign = object[QStringLiteral("needs_percent")].toBool();
    rule.refusesPercentSign = object[QStringLiteral("refuses_percent")].toBool();
    rule.trim = object[QStringLiteral("trim")].toBool();
    rule.emptyIsNull = object[QStringLiteral("empty_is_null")].toBool();
    rule.nullWords = readWords(object[QStringLiteral("null")]);
    rule.trueWords = readWords(object[QStringLiteral("true")]);
    rule.falseWords = readWords(object[QStringLiteral("false")]);
    return rule;
}

QJsonObject formatToJson(const FormatChanges &format)
{
    QJsonObject object;
    if (format.encoding)
        object[QStringLiteral("encoding")] = QString::fromLatin1(*format.encoding);
    if (format.delimiter)
        object[QStringLiteral("delimiter")] = character(*format.delimiter);
    if (format.quote)
        object[QStringLiteral("quote")] = character(*format.quote);
    if (format.hasHeader)
        object[QStringLiteral("header")] = *format.hasHeader;
    if (format.headerRows)
        object[QStringLiteral("header_rows")] = *format.headerRows;
    if (format.skipLines)
        object[QStringLiteral("skip")] = *format.skipLines;
    if (format.skipRowsAtEnd)
        object[QStringLiteral("skip_end")] = *format.skipRowsAtEnd;
    if (format.firstRow)
        object[QStringLiteral("first_row")] = *format.firstRow;
    if (format.fillMerged)
        object[QStringLiteral("fill_merged")] = *format.fillMerged;
    if (format.skipHiddenRows)
        object[QStringLiteral("skip_hidden")] = *format.skipHiddenRows;
    if (!format.sheet.isEmpty())
        object[QStringLiteral("sheet")] = format.sheet;
    object[QStringLiteral("short_rows")] = int(format.shortRows);
    object[QStringLiteral("long_rows")] = int(format.longRows);
    object[QStringLiteral("bad_cells")] = int(format.badCells);
    object[QStringLiteral("cells_outside")] = int(format.cellsOutside);
    return object;
}

FormatChanges readFormat(const QJsonObject &object)
{
    FormatChanges format;
    const auto ragged = [&object](const QString &name) {
        return RaggedRows(qBound(0, object[name].toInt(), int(RaggedRows::Skip)));
    };
    const auto cells = [&object](const QString &name) {
        return object[name].toInt() == int(BadCells::LeaveOut) ? BadCells::LeaveOut : BadCells::Stop;
    };
    if (const QJsonValue value = object[QStringLiteral("encoding")]; value.isString())
        format.encoding = value.toString().toLatin1();
    if (const QJsonValue value = object[QStringLiteral("delimiter")]; characterFrom(value) != 0)
        format.delimiter = characterFrom(value);
    if (const QJsonValue value = object[QStringLiteral("quote")]; value.isString())
        format.quote = characterFrom(value);
    if (const QJsonValue value = object[QStringLiteral("header")]; value.isBool())
        format.hasHeader = value.toBool();
    if (const QJsonValue value = object[QStringLiteral("header_rows")]; value.isDouble())
        format.headerRows = qBound(1, value.toInt(1), mostHeaderRows);
    if (const QJsonValue value = object[QStringLiteral("skip")]; value.isDouble())
        format.skipLines = std::max<qint64>(0, value.toInteger());
    if (const QJsonValue value = object[QStringLiteral("skip_end")]; value.isDouble())
        format.skipRowsAtEnd = std::max<qint64>(0, value.toInteger());
    if (const QJsonValue value = object[QStringLiteral("first_row")]; value.isDouble())
        format.firstRow = std::max<qint64>(1, value.toInteger());
    if (const QJsonValue value = object[QStringLiteral("fill_merged")]; value.isBool())
        format.fillMerged = value.toBool();
    if (const QJsonValue value = object[QStringLiteral("skip_hidden")]; value.isBool())
        format.skipHiddenRows = value.toBool();
    format.sheet = object[QStringLiteral("sheet")].toString();
    format.shortRows = ragged(QStringLiteral("short_rows"));
    format.longRows = ragged(QStringLiteral("long_rows"));
    format.badCells = cells(QStringLiteral("bad_cells"));
    format.cellsOutside = cells(QStringLiteral("cells_outside"));
    return format;
}

} // namespace

QJsonObject ImportRecipe::toJson() const
{
    QJsonArray all;
    for (const Column &column : columns) {
        QJsonObject entry{{QStringLiteral("from"), column.source}, {QStringLiteral("to"), column.target}};
        if (column.rule)
            entry[QStringLiteral("rule")] = ruleToJson(*column.rule);
        all.append(entry);
    }
    return {{QStringLiteral("layout"), namesToJson(layout)},
            {QStringLiteral("file"), fileName},
            {QStringLiteral("used"), used.toUTC().toString(Qt::ISODate)},
            {QStringLiteral("dataset"), datasetId},
            {QStringLiteral("format"), formatToJson(format)},
            {QStringLiteral("columns"), all},
            {QStringLiteral("key"), namesToJson(overlapKey)},
            {QStringLiteral("there"), thereAnswer},
            {QStringLiteral("repeats"), repeatsAnswer}};
}

std::optional<ImportRecipe> ImportRecipe::fromJson(const QJsonObject &object)
{
    ImportRecipe recipe;
    recipe.layout = readNames(object[QStringLiteral("layout")]);
    recipe.fileName = object[QStringLiteral("file")].toString();
    recipe.used = QDateTime::fromString(object[QStringLiteral("used")].toString(), Qt::ISODate);
    recipe.datasetId = object[QStringLiteral("dataset")].toString();
    recipe.format = readFormat(object[QStringLiteral("format")].toObject());
    for (const QJsonValue &value : object[QStringLiteral("columns")].toArray()) {
        const QJsonObject entry = value.toObject();
        recipe.columns.append({entry[QStringLiteral("from")].toString(), entry[QStringLiteral("to")].toString(),
                               readRule(entry[QStringLiteral("rule")].toObject())});
    }
    recipe.overlapKey = readNames(object[QStringLiteral("key")]);
    recipe.thereAnswer = qBound(-1, object[QStringLiteral("there")].toInt(-1), 2);
    recipe.repeatsAnswer = qBound(-1, object[QStringLiteral("repeats")].toInt(-1), 1);
    if (recipe.layout.isEmpty() || recipe.columns.isEmpty() || recipe.columns.size() > mostColumns)
        return {};
    return recipe;
}

} // namespace rowdesk
