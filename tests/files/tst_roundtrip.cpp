#include "files/filefixture.h"
#include "files/fileinspector.h"
#include "files/filenotes.h"
#include "files/tablewriter.h"
#include "files/valueconverter.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

struct Cell
{
    CellKind kind = CellKind::Null;
    std::string text;
};

/// A table as a dataset may have it: names, types, and values that fit them.
struct Table
{
    Schema schema;
    std::vector<std::vector<Cell>> rows;

    RowBatch batch() const
    {
        RowBatch all(static_cast<int>(schema.columns.size()));
        for (const auto &row : rows) {
            all.beginRow(0);
            for (const Cell &cell : row)
                all.addCell(cell.kind, cell.text);
        }
        return all;
    }
};

class TableMaker
{
public:
    explicit TableMaker(quint32 seed) : m_random(seed) {}

    Table table()
    {
        static const QStringList words{QStringLiteral("name"),  QStringLiteral("Größe (m²)"), QStringLiteral("day"),
                                       QStringLiteral("a, b"),  QStringLiteral("say \"x\""),  QStringLiteral("price"),
                                       QStringLiteral("note;"), QStringLiteral("Q1 2024"),    QStringLiteral("ok")};
        Table table;
        table.schema.columns.append({QStringLiteral("id"), ColumnType::Id});
        const int first = below(9);
        for (int more = 1 + below(4); more > 0; --more) {
            const ColumnType type = allColumnTypes[static_cast<size_t>(below(allColumnTypes.size()))];
            table.schema.columns.append({words[(first + more) % words.size()], type});
        }
        for (int rows = below(12); rows > 0; --rows) {
            std::vector<Cell> row{{CellKind::Text, std::to_string(1000 + rows)}};
            for (qsizetype i = 1; i < table.schema.columns.size(); ++i)
                row.push_back(below(5) == 0 ? Cell() : value(table.schema.columns[i].type));
            table.rows.push_back(std::move(row));
        }
        return table;
    }

private:
    int below(size_t limit) { return static_cast<int>(m_random.bounded(static_cast<quint32>(limit))); }
    std::string digits(int count)
    {
        std::string all(1, static_cast<char>('1' + below(9)));
        while (static_cast<int>(all.size()) < count)
            all += static_cast<char>('0' + below(10));
        return all;
    }
    std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }
    std::string day()
    {
        return std::to_string(1850 + below(300)) + '-' + two(1 + below(12)) + '-' + two(1 + below(28));
    }

    std::string text()
    {
        static const std::vector<std::string> pieces{
            "a",   "\"",  ",",    ";", "\n",      "\r\n", " ", "\t", "é", "😀", "007",        "-",   "0",
            "1,5", "1.5", "NULL", "'", "_x0041_", "true", "=", "\\", "@", "%", "03/04/2025", "E10", "sep="};
        std::string all;
        for (int i = below(4); i >= 0; --i)
            all += pieces[static_cast<size_t>(below(pieces.size()))];
        return below(12) == 0 ? std::string() : all;
    }

    std::string number()
    {
        std::string all = (below(4) == 0 ? "-" : "") + digits(1 + below(below(6) == 0 ? 19 : 6));
        if (below(2) == 0)
            all += '.' + digits(1 + below(4));
        return all;
    }

    Cell value(ColumnType type)
    {
        switch (type) {
        case ColumnType::Number:
        case ColumnType::Percentage:
            return {CellKind::Number, number()};
        case ColumnType::Checkbox:
            return {CellKind::Bool, below(2) ? "true" : "false"};
        case ColumnType::Date:
            return {CellKind::Text, day()};
        case ColumnType::DateTime:
            return {CellKind::Text, day() + 'T' + two(below(24)) + ':' + two(below(60)) + ':' + two(below(60)) +
                                        (below(4) == 0 ? "Z" : "")};
        default:
            return {CellKind::Text, text()};
        }
    }

    QRandomGenerator m_random;
};

bool isTextual(ColumnType type)
{
    return type == ColumnType::Text || type == ColumnType::Dropdown || type == ColumnType::Id;
}

/// How a column of a file is read into a column of this type when nobody says anything.
ColumnRule ruleFor(const ColumnFindings &found, ColumnType type)
{
    ColumnRule rule = isTextual(type) || isTextual(found.rule.type) ? ColumnRule{} : found.rule;
    rule.type = type;
    return rule;
}

/// How a sheet keeps it: a number as its value, no empty texts.
Cell asInSheets(Cell cell)
{
    if (cell.text.empty())
        return {};
    const bool isNumber = cell.kind == CellKind::Number;
    return isNumber ? Cell{CellKind::Number,
                           QByteArray::number(QByteArray::fromStdString(cell.text).toDouble(), 'g', 17).toStdString()}
                    : cell;
}

int cases(int usual)
{
    const int wished = qEnvironmentVariableIntValue("ROWDESK_ROUNDTRIPS");
    return wished > 0 ? wished : usual;
}

} // namespace

/// What Rowdesk exports, it reads again without a question, with nothing to map and nothing changed.
class TestRoundTrip : public QObject
{
    Q_OBJECT
    FileFixture m_files;

    /// What is different after the way out and in; empty when nothing is.
    static QByteArray differences(const Table &table, const QString &path, bool isSheet)
    {
        const auto format = detectFormat(path);
        if (!format)
            return format.error().text().toUtf8();
        // Without a row, a semicolon in a name may as well be the delimiter: that is asked, not guessed.
        if (table.rows.empty() && !isSheet && !format->csv.delimiterIsSure)
            return {};
        const auto inspection = inspectFile(path, *format);
        if (!inspection)
            return inspection.error().text().toUtf8();
        if (!inspection->isReadable())
            return "it can't be read: " +
                   (inspection->damage ? inspection->damage->text() : inspection->notes.join(QLatin1Char(' ')))
                       .toUtf8();
        if (inspection->rows != static_cast<qint64>(table.rows.size()))
            return "rows: " + QByteArray::number(inspection->rows);
        QStringList names;
        std::vector<ValueConverter> converters;
        for (qsizetype i = 0; i < inspection->columns.size(); ++i) {
            names.append(inspection->columns[i].name);
            converters.emplace_back(ruleFor(inspection->columns[i], table.schema.columns.value(i).type));
        }
        if (names != table.schema.names())
            return "names: " + names.join(QLatin1Char('|')).toUtf8();
        auto source = openFile(path, *format);
        RowBatch back(static_cast<int>(names.size()));
        while (source && *(*source)->read(back, 1000) > 0) {
        }
        std::string out;
        for (size_t row = 0; row < table.rows.size(); ++row) {
            for (int column = 0; column < back.columnCount(); ++column) {
                Cell before = table.rows[row][static_cast<size_t>(column)];
                const auto made = converters[static_cast<size_t>(column)].convert(
                    back.cell(static_cast<qsizetype>(row), column), out);
                Cell after{made.kind, out};
                if (isSheet) {
                    before = asInSheets(before);
                    after = asInSheets(after);
                }
                if (made.problem != ValueProblem::None || before.kind != after.kind || before.text != after.text)
                    return "row " + QByteArray::number(qint64(row)) + ", " + names[column].toUtf8() + ": " +
                           QByteArray::fromStdString(before.text) + " became " + QByteArray::fromStdString(after.text);
            }
        }
        return {};
    }

    static bool isWritten(Result<std::unique_ptr<TableWriter>> writer, const Table &table)
    {
        return writer && (*writer)->write(table.batch()) && (*writer)->finish();
    }

private slots:
    void csv()
    {
        TableMaker maker(2025);
        const QString path = m_files.path(QStringLiteral("own.csv"));
        CsvExport options;
        options.formulaGuard = false; // a guarded text is changed on purpose, and told
        for (int i = 0; i < cases(500); ++i) {
            const Table table = maker.table();
            options.carriageReturns = i % 2 == 0;
            QVERIFY(isWritten(openCsvWriter(path, table.schema, options), table));
            const QByteArray changed = differences(table, path, false);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(changed.isEmpty(),
                     QByteArray("table " + QByteArray::number(i) + ": " + changed + "\n" + file.readAll()).constData());
        }
    }

    void workbooks()
    {
        TableMaker maker(45000);
        const QString path = m_files.path(QStringLiteral("own.xlsx"));
        for (int i = 0; i < cases(150); ++i) {
            const Table table = maker.table();
            QVERIFY(isWritten(openXlsxWriter(path, table.schema), table));
            const QByteArray changed = differences(table, path, true);
            QVERIFY2(changed.isEmpty(), QByteArray("table " + QByteArray::number(i) + ": " + changed).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestRoundTrip)
#include "tst_roundtrip.moc"
