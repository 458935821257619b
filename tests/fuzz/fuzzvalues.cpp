// Values: whatever a column is found to be, its values convert, or were counted as problems; and what comes out is a
// literal that JSON has.

#include "files/columndecision.h"
#include "files/utf8check.h"
#include "files/valueconverter.h"

#include <QRegularExpression>

#include <cstdlib>

using namespace rowdesk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (checkUtf8(text.data(), text.size()).end != Utf8End::All)
        return 0;
    std::vector<ColumnTally> tallies(1);
    std::vector<std::string_view> values;
    for (size_t at = 0; at <= text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        values.push_back(text.substr(at, end - at));
        tallies[0].add(values.back().empty() ? CellKind::Null : CellKind::Text, values.back(), false,
                       static_cast<qint64>(values.size()));
        at = end + 1;
    }
    const ColumnFindings found = decideColumn(QStringLiteral("c"), tallies[0], evidenceOf(tallies));
    const ValueConverter converter(found.rule);
    std::string out;
    qint64 problems = 0;
    for (const std::string_view value : values) {
        const auto converted = converter.convert({value.empty() ? CellKind::Null : CellKind::Text, value}, out);
        problems += converted.problem != ValueProblem::None ? 1 : 0;
        if (converted.kind == CellKind::Number) {
            static const QRegularExpression json(
                QStringLiteral("\\A-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?\\z"));
            if (!json.match(QString::fromStdString(out)).hasMatch())
                std::abort();
        }
    }
    if (problems != found.problemCount)
        std::abort();
    return 0;
}
