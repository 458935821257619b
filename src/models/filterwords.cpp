#include "models/filterwords.h"

#include "models/words.h"

namespace rowdesk {
namespace {

using Op = Filter::Op;

constexpr qsizetype longestValue = 30;
constexpr qsizetype mostValues = 3; ///< of a list, before "and n more"

QString value(const QString &text)
{
    const QString line = Words::oneLine(text, longestValue);
    return line.trimmed().isEmpty() || line.trimmed() != line ? u'“' + line + u'”' : line;
}

} // namespace

QString FilterWords::condition(Op op)
{
    switch (op) {
    case Op::Equals:
        return tr("=");
    case Op::NotEquals:
        return tr("≠");
    case Op::Contains:
        return tr("contains");
    case Op::NotContains:
        return tr("does not contain");
    case Op::StartsWith:
        return tr("starts with");
    case Op::Greater:
        return tr(">");
    case Op::GreaterOrEqual:
        return tr("≥");
    case Op::Less:
        return tr("<");
    case Op::LessOrEqual:
        return tr("≤");
    case Op::Between:
        return tr("is between");
    case Op::In:
        return tr("is one of");
    case Op::Null:
        return tr("has no value");
    case Op::NotNull:
        return tr("has a value");
    case Op::Empty:
        return tr("is empty or blank");
    case Op::NotEmpty:
        return tr("is not empty");
    }
    return {};
}

int FilterWords::valueCount(Op op)
{
    switch (op) {
    case Op::Null:
    case Op::NotNull:
    case Op::Empty:
    case Op::NotEmpty:
        return 0;
    case Op::Between:
        return 2;
    case Op::In:
        return -1;
    default:
        return 1;
    }
}

QVector<Op> FilterWords::conditionsFor(ColumnContent content)
{
    const QVector<Op> nothing{Op::Empty, Op::NotEmpty, Op::Null, Op::NotNull};
    switch (content) {
    case ColumnContent::Bools:
        return QVector<Op>{Op::Equals, Op::NotEquals, Op::In} + nothing;
    case ColumnContent::Numbers:
    case ColumnContent::Days:
    case ColumnContent::Moments:
        return QVector<Op>{Op::Equals,   Op::NotEquals,   Op::Greater,    Op::GreaterOrEqual,
                           Op::Less,     Op::LessOrEqual, Op::Between,    Op::In,
                           Op::Contains, Op::StartsWith,  Op::NotContains} +
               nothing;
    case ColumnContent::Nothing:
    case ColumnContent::Text:
    case ColumnContent::Mixed:
        break;
    }
    return QVector<Op>{Op::Contains, Op::Equals,         Op::NotEquals, Op::StartsWith,  Op::NotContains, Op::In,
                       Op::Greater,  Op::GreaterOrEqual, Op::Less,      Op::LessOrEqual, Op::Between} +
           nothing;
}

QString FilterWords::sentence(const QString &column, const Filter &filter)
{
    const QString name = Words::oneLine(column, longestValue);
    QStringList values;
    for (const QString &operand : filter.operands.mid(0, filter.op == Op::In ? mostValues : 2))
        values.append(value(operand));
    switch (valueCount(filter.op)) {
    case 0:
        return tr("%1 %2", "column, condition").arg(name, condition(filter.op));
    case 1:
        return tr("%1 %2 %3", "column, condition, value").arg(name, condition(filter.op), values.value(0));
    case 2:
        return tr("%1 %2 %3 and %4", "column, is between, from, to")
            .arg(name, condition(filter.op), values.value(0), values.value(1));
    default:
        break;
    }
    const qsizetype more = filter.operands.size() - values.size();
    const QString list = values.join(tr(", "));
    return tr("%1 %2 %3", "column, condition, value")
        .arg(name, condition(filter.op), more > 0 ? tr("%1 and %n more", nullptr, int(more)).arg(list) : list);
}

} // namespace rowdesk
