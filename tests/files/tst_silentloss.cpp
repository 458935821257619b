#include "files/fileanswers.h"
#include "files/filenotes.h"
#include "files/referencecsv.h"
#include "files/referencexlsx.h"
#include "files/xlsxfixture.h"
#include "files/xlsxinside.h"
#include "files/xlsxreader.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// How many damaged files of each kind are tried; ROWDESK_MUTANTS raises it.
int mutants()
{
    const int wished = qEnvironmentVariableIntValue("ROWDESK_MUTANTS");
    return wished > 0 ? wished : 1000;
}

/// Damages bytes as disks, transfers and editors do.
class Mutator
{
public:
    explicit Mutator(quint32 seed) : m_random(seed) {}

    int below(qsizetype limit)
    {
        return static_cast<int>(m_random.bounded(static_cast<quint32>(std::max<qsizetype>(limit, 1))));
    }

    QByteArray damaged(QByteArray bytes, QByteArrayView likely)
    {
        for (int times = 1 + below(3); times > 0; --times)
            damageOnce(bytes, likely);
        return bytes;
    }

private:
    void damageOnce(QByteArray &bytes, QByteArrayView likely)
    {
        const int at = below(bytes.size());
        const int length = 1 + below(8);
        switch (below(7)) {
        case 0:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            break;
        case 1:
            bytes[at] = likely[below(likely.size())];
            break;
        case 2:
            bytes.insert(at, likely[below(likely.size())]);
            break;
        case 3:
            bytes.remove(at, length);
            break;
        case 4:
            bytes.insert(below(bytes.size()), bytes.mid(at, length * 6));
            break;
        case 5:
            bytes.truncate(at);
            break;
        default:
            std::swap(bytes[at], bytes[below(bytes.size())]);
        }
        if (bytes.isEmpty())
            bytes = "x";
    }

    QRandomGenerator m_random;
};

QByteArray csvOf(const ReferenceCsv::Row &row)
{
    QByteArray text;
    for (const auto &field : row.fields)
        text += field ? '"' + QByteArray::fromStdString(*field) + "\"|" : QByteArray("~|");
    return text;
}

} // namespace

/// No cell of a file is lost or misread in silence: whatever happens to a file, it is read as a simple reader reads it,
/// or something is said.
class TestSilentLoss : public QObject
{
    Q_OBJECT
    FileFixture m_files;

    static QByteArrayList csvSeeds()
    {
        return {"id,name,price\r\n1,\"Smith, Ann\",1.50\r\n2,\"a \"\"b\"\"\",\r\n3,\"x\r\ny\",7\r\n4,,\"\"\r\n",
                "id;day;text\n1;2025-04-03;Müller\n2;2025-04-04;Straße\n3;;ok\n",
                "a\tb\tc\n1\t2\t3\n4\t5\t6\n7\t8\t9\n", "\xef\xbb\xbfzip|n|note\n00123|1|\n00456|2|\"\"\n00789|3|x\n",
                "Report\n\nid,a,b\n1,2,3\n4,5,6\n7,8,9\n"};
    }

    /// Rows that the fast reader gives, and everything that is said about the file.
    struct Given
    {
        bool isRefused = false;
        bool hasDoubts = false;
        FileInspection inspection;
        QStringList names;
        RowBatch rows{0};
    };
    Given give(const QString &path)
    {
        Given given;
        auto inspection = inspectFile(path, FileAnswers{});
        given.isRefused = !inspection || !inspection->isReadable();
        if (given.isRefused)
            return given;
        given.inspection = std::move(inspection).value();
        const auto doubts = doubtsAbout(given.inspection);
        given.hasDoubts = !doubts.isEmpty();
        auto source = openFile(path, given.inspection.format);
        given.isRefused = !source;
        if (given.isRefused)
            return given;
        given.names = (*source)->columnNames();
        given.rows = RowBatch(static_cast<int>(given.names.size()));
        while (true) {
            const auto read = (*source)->read(given.rows, 100);
            given.isRefused = given.isRefused || !read;
            if (!read || *read == 0)
                return given;
        }
    }

    /// What is wrong with what was given; empty when all is well.
    static QByteArray compared(const Given &given, const QByteArray &bytes)
    {
        const CsvFormat &format = given.inspection.format.csv;
        if (format.encoding != "UTF-8")
            return given.hasDoubts ? QByteArray() : "an encoding was taken in silence";
        const ReferenceCsv reference(bytes, format.delimiter, format.quote);
        if (reference.isDamaged)
            return "damage was not seen";
        std::vector<ReferenceCsv::Row> rows;
        qint64 blank = 0;
        for (const auto &row : reference.rows) {
            const bool isAbove = row.line <= format.skipLines;
            const bool isBlank = row.isBlank() && format.blankLines == BlankLines::Skip;
            blank += isBlank && !isAbove ? 1 : 0;
            if (!isAbove && !isBlank)
                rows.push_back(row);
        }
        while (format.hasHeader && !rows.empty() && rows.front().isBlank()) { // above the names they are none
            rows.erase(rows.begin());
            ++blank;
        }
        if (blank != given.inspection.counts.blankLines)
            return "blank lines are not counted";
        const bool isTitled = format.skipLines > 0;
        if (isTitled && format.skipReason.isEmpty() && !bytes.contains("sep="))
            return "lines above went without a word";
        if (format.hasHeader && !rows.empty())
            rows.erase(rows.begin());
        if (static_cast<qint64>(rows.size()) != given.rows.rowCount())
            return "rows: " + QByteArray::number(given.rows.rowCount()) + " of " +
                   QByteArray::number(qint64(rows.size()));
        for (size_t i = 0; i < rows.size(); ++i) {
            ReferenceCsv::Row mine{0, {}};
            for (int column = 0; column < given.rows.columnCount(); ++column) {
                const CellView cell = given.rows.cell(static_cast<qsizetype>(i), column);
                mine.fields.push_back(cell.kind == CellKind::Null ? ReferenceCsv::Field() : std::string(cell.text));
            }
            // A delimiter at the end of every row, after which nothing comes, is told with the counts.
            const size_t wide = mine.fields.size();
            const bool isLonger = rows[i].fields.size() > wide && given.inspection.counts.longRows > 0;
            if (isLonger)
                rows[i].fields.resize(wide);
            if (csvOf(mine) != csvOf(rows[i]))
                return "row " + QByteArray::number(qint64(i)) + ": " + csvOf(mine) + " for " + csvOf(rows[i]);
        }
        return {};
    }

    static QMap<QByteArray, QByteArray> bookParts()
    {
        XlsxFixture book;
        book.parts["xl/styles.xml"] = XlsxFixture::styles({"14", "22", "10", "dd.mm.yyyy", "0.00"});
        book.parts["xl/sharedStrings.xml"] =
            XlsxFixture::strings({"name", "Müller &amp; Co", "a_x000D_b", "<r><t>ri</t></r><r><t>ch</t></r>"});
        QByteArray rows =
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>day</t></is></c></row>";
        for (int i = 2; i < 12; ++i) {
            const QByteArray n = QByteArray::number(i);
            rows += "<row r=\"" + n + "\" spans=\"1:6\"><c r=\"A" + n + "\" t=\"s\"><v>" + QByteArray::number(i % 4) +
                    "</v></c><c r=\"B" + n + "\" s=\"" + QByteArray::number(i % 2 ? 1 : 4) + "\"><v>" +
                    QByteArray::number(45000 + i) + "</v></c><c r=\"C" + n + "\"><v>" + QByteArray::number(i * 1.25) +
                    "</v></c><c r=\"D" + n + "\" t=\"b\"><v>1</v></c><c r=\"E" + n + "\" s=\"2\"><f>B" + n +
                    "</f><v>45000.5</v></c><c r=\"F" + n + "\" t=\"str\"><v>text " + n + "</v></c></row>";
        }
        book.parts["xl/worksheets/sheet1.xml"] =
            XlsxFixture::sheet(rows, "<mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells>");
        return book.parts;
    }

    static bool isSame(const ReferenceXlsx &reference, const ReferenceXlsx::Cell &expected, const CellView &cell)
    {
        const QString text = QString::fromUtf8(cell.text.data(), static_cast<qsizetype>(cell.text.size()));
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        using Kind = ReferenceXlsx::Cell::Kind;
        const bool asNumber = cell.kind == CellKind::Number && isNumber &&
                              std::abs(number - expected.number) <= 1e-12 * std::abs(expected.number);
        const QDateTime moment = QDateTime::fromString(
            text + (text.contains(u'T') ? QStringLiteral("Z") : QStringLiteral("T00:00:00Z")), Qt::ISODateWithMs);
        const auto wanted =
            expected.kind == Kind::Moment || expected.isOpen ? reference.momentOf(expected.number) : std::nullopt;
        const bool asMoment = cell.kind == CellKind::Text && wanted && moment.isValid() &&
                              std::abs(moment.toMSecsSinceEpoch() - *wanted) <= 1;
        const bool asClock = cell.kind == CellKind::Text && text.contains(u':');
        // Digits with leading zeros are what some formats show.
        const bool asDigits = expected.isOpen && isNumber && number == expected.number;
        switch (expected.kind) {
        case Kind::Bad:
            return false;
        case Kind::Text:
            return cell.kind == CellKind::Text && text == expected.text;
        case Kind::Boolean:
            return cell.kind == CellKind::Bool && text == expected.text;
        case Kind::Number:
            return asNumber || (expected.isOpen && (asMoment || asClock || asDigits));
        case Kind::Moment:
            return asMoment || ((expected.isOpen || expected.number < 1) && (asClock || asNumber || asDigits));
        }
        return false;
    }

    /// What was lost of a workbook; empty when nothing was, or when it was refused.
    QByteArray lostOf(const QByteArray &archive)
    {
        const QString path = m_files.write(archive, QStringLiteral("mutant.xlsx"));
        XlsxFormat format;
        format.hasHeader = false;
        format.columnCount = 8;
        auto outline = outlineInside(path);
        if (!outline || outline->sheets.isEmpty())
            return {};
        auto opened = XlsxReader::open(path, format);
        if (!opened)
            return {};
        RowBatch rows(8);
        while (true) {
            const auto read = (*opened)->read(rows, 100);
            if (!read)
                return {};
            if (*read == 0)
                break;
        }
        const ReferenceXlsx reference(archive);
        if (reference.isDamaged)
            return "damage was not seen";
        qsizetype found = 0;
        for (qsizetype row = 0; row < rows.rowCount(); ++row) {
            for (int column = 0; column < 8; ++column) {
                const CellView cell = rows.cell(row, column);
                const auto expected = reference.cells.constFind({rows.sourceLine(row), column + 1});
                const QByteArray where =
                    QByteArray::number(rows.sourceLine(row)) + '/' + QByteArray::number(column + 1);
                if (expected == reference.cells.constEnd()) {
                    if (cell.kind != CellKind::Null)
                        return "a cell from nowhere: " + where;
                    continue;
                }
                ++found;
                if (!isSame(reference, *expected, cell))
                    return "another value: " + where + ' ' +
                           QByteArray(cell.text.data(), static_cast<qsizetype>(cell.text.size())) + " for " +
                           expected->text.toUtf8() + ' ' + QByteArray::number(expected->number, 'g', 17);
            }
        }
        return found == reference.cells.size() ? QByteArray()
                                               : "cells lost: " + QByteArray::number(reference.cells.size() - found);
    }

    QByteArray archiveOf(const QMap<QByteArray, QByteArray> &parts)
    {
        XlsxFixture book;
        book.parts = parts;
        return contentsOf(book.write());
    }
    static QByteArray contentsOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void theReferenceReadsWhatIsGood()
    {
        for (const QByteArray &seed : csvSeeds()) {
            const Given given = give(m_files.write(seed));
            QVERIFY(!given.isRefused);
            QCOMPARE(compared(given, seed), QByteArray());
        }
        const QByteArray archive = archiveOf(bookParts());
        QVERIFY(!ReferenceXlsx(archive).isDamaged);
        QCOMPARE(ReferenceXlsx(archive).cells.size(), 62);
        QCOMPARE(lostOf(archive), QByteArray());
    }

    void damagedTexts()
    {
        Mutator mutator(20251124);
        int refused = 0;
        for (int i = 0; i < mutants(); ++i) {
            const QByteArrayList seeds = csvSeeds();
            const QByteArray bytes =
                mutator.damaged(seeds[mutator.below(seeds.size())], QByteArrayView("\",;\t|\r\n\0\xff\xc3 '=1a", 15));
            const Given given = give(m_files.write(bytes));
            refused += given.isRefused ? 1 : 0;
            if (given.isRefused)
                continue;
            const QByteArray lost = compared(given, bytes);
            QVERIFY2(lost.isEmpty(),
                     QByteArray("mutant " + QByteArray::number(i) + ": " + lost + "\n" + bytes).constData());
        }
        QVERIFY2(refused < mutants() * 9 / 10, "nearly nothing was read, so nearly nothing was tried");
    }

    void damagedParts()
    {
        Mutator mutator(45000);
        const QMap<QByteArray, QByteArray> good = bookParts();
        const QByteArrayList names = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml",
                                      "xl/sharedStrings.xml",     "xl/styles.xml",
                                      "xl/workbook.xml",          "xl/_rels/workbook.xml.rels"};
        for (int i = 0; i < mutants(); ++i) {
            QMap<QByteArray, QByteArray> parts = good;
            const QByteArray name = names[mutator.below(names.size())];
            parts[name] = mutator.damaged(parts[name], QByteArrayView("<>/\"=&;rstcvf0123456789.eE-xn \n", 31));
            const QByteArray lost = lostOf(archiveOf(parts));
            QVERIFY2(lost.isEmpty(),
                     QByteArray("mutant " + QByteArray::number(i) + ": " + lost + "\n" + parts[name]).constData());
        }
    }

    void damagedArchives()
    {
        Mutator mutator(60);
        const QByteArray good = archiveOf(bookParts());
        for (int i = 0; i < mutants(); ++i) {
            const QByteArray bytes = mutator.damaged(good, QByteArrayView("\0\x01\x08PK\xff", 6));
            const QByteArray lost = lostOf(bytes);
            QVERIFY2(lost.isEmpty(), QByteArray("mutant " + QByteArray::number(i) + ": " + lost).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestSilentLoss)
#include "tst_silentloss.moc"
