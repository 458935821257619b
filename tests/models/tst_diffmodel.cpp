#include "core/diffsamples.h"
#include "core/textedits.h"
#include "files/diffreport.h"
#include "models/diffcolumnmodel.h"
#include "models/diffmodel.h"
#include "models/diffwords.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

namespace {

std::shared_ptr<const Comparison> comparison(const QStringList &key)
{
    const Table a{{QStringLiteral("v"), QStringLiteral("id"), QStringLiteral("old")},
                  {{number("1.50"), number(1), text("o")},
                   {number("9007199254740993"), number(2), none()},
                   {none(), number(3), none()},
                   {text(""), number(4), none()}}};
    const Table b{{QStringLiteral("id"), QStringLiteral("v")},
                  {{number(5), number(7)}, {number(1), number("1.25")}, {number(3), text("")}, {number(4), text("")}}};
    Comparison made{stored(a), stored(b), {}, {}};
    made.options.key = key;
    made.diff = *compareTables(made.a, made.b, made.options);
    return std::make_shared<const Comparison>(made);
}

QString textAt(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TstDiffModel : public QObject
{
    Q_OBJECT
private slots:
    void rowsInTheirOrder();
    void filters();
    void walks();
    void columnsMostChangedFirst();
    void numberChanges();
    void unseenChangesAreSaid();
    void evidence();
    void contextAndChangedColumns();
    void copies();
    void edits();
};

/// Ten rows, of which row 5 is changed in v, row 6 removed and one added behind row 9.
static std::shared_ptr<const Comparison> tenRows()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v"), QStringLiteral("w")};
    Table a{names, {}};
    Table b{names, {}};
    for (int i = 1; i <= 10; ++i) {
        a.rows.push_back({number(i), text("Paris"), text("same")});
        if (i != 6)
            b.rows.push_back({number(i), text(i == 5 ? "Pa\tris \"s\"" : "Paris"), text("same")});
    }
    b.rows.push_back({number(11), text("Lille"), none()});
    Comparison made{stored(a), stored(b), {}, {}};
    made.options.key = {QStringLiteral("id")};
    made.diff = *compareTables(made.a, made.b, made.options);
    return std::make_shared<const Comparison>(made);
}

void TstDiffModel::contextAndChangedColumns()
{
    DiffModel model(tenRows());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto rows = [&model] {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(textAt(model, row, 0).left(1) + textAt(model, row, 1));
        return all.join(QLatin1Char(' '));
    };
    QCOMPARE(rows(), QStringLiteral("~5 +11 \u22126"));
    DiffModel::Filter filter;
    filter.context = 1;
    model.setFilter(filter);
    QCOMPARE(rows(), QStringLiteral("s4 ~5 s7 s10 +11 \u22126"));
    filter.context = 3;
    model.setFilter(filter);
    QCOMPARE(rows(), QStringLiteral("s2 s3 s4 ~5 s7 s8 s9 s10 +11 \u22126"));
    filter.context = 100;
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 11);
    filter.added = false; // what is filtered out does not come back as context
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 10);
    // F7 does not stop at rows that are the same.
    const QModelIndex first = model.nextChange({}, true);
    QCOMPARE(textAt(model, first.row(), 1), QStringLiteral("5"));
    QCOMPARE(textAt(model, model.nextChange(first, true).row(), 1), QStringLiteral("6"));
    QCOMPARE(model.columnCount(), 4);
    filter.changedColumnsOnly = true;
    model.setFilter(filter);
    QCOMPARE(model.columnCount(), 3);
    QCOMPARE(model.headerData(2, Qt::Horizontal).toString(), QStringLiteral("v"));
    QCOMPARE(*model.rowInB(model.rowCount() - 2), quint32(8));
    QCOMPARE(*model.rowInA(model.rowCount() - 1), quint32(5));
    QVERIFY(!model.rowInB(model.rowCount() - 1));
}

/// "1 → 1" alone would make people doubt the program.
void TstDiffModel::unseenChangesAreSaid()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    Comparison made{stored({names, {{number(1), number(1)}, {number(2), text("x")}, {number(3), text("y")}}}),
                    stored({names, {{number(1), text("1")}, {number(2), text("x ")}, {number(3), number(3)}}}),
                    {},
                    {}};
    made.options.key = QStringList{QStringLiteral("id")};
    made.diff = *compareTables(made.a, made.b, made.options);
    const DiffModel model(std::make_shared<const Comparison>(made));
    QCOMPARE(textAt(model, 0, 2), QStringLiteral("1 \u2192 1 (a number, now text)"));
    QCOMPARE(textAt(model, 1, 2), QStringLiteral("x \u2192 x  (other blanks or characters without a shape)"));
    QCOMPARE(textAt(model, 2, 2), QStringLiteral("y \u2192 3"));
}

void TstDiffModel::copies()
{
    DiffModel model(tenRows());
    QModelIndexList cells;
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < 3; ++column)
            cells.append(model.index(row, column));
    }
    QCOMPARE(model.asTsv(cells, true), QStringLiteral("Change\tid\tv\n~ changed\t5\t\"Paris \u2192 Pa\tris "
                                                      "\"\"s\"\"\"\n+ added\t11\tLille\n"));
    cells.removeAt(1); // a hole
    QCOMPARE(model.asTsv(cells, false).section(QLatin1Char('\n'), 0, 0),
             QStringLiteral("~ changed\t\t\"Paris \u2192 Pa\tris \"\"s\"\"\""));
    QCOMPARE(model.asTsv({}, true), QString());
}

void TstDiffModel::edits()
{
    const auto marked = [](const QString &text, const QVector<TextPart> &parts) {
        QString result = text;
        for (auto part = parts.crbegin(); part != parts.crend(); ++part) {
            result.insert(part->start + part->length, QLatin1Char(']'));
            result.insert(part->start, QLatin1Char('['));
        }
        return result;
    };
    const auto both = [&marked](const QString &old, const QString &now) {
        const TextEdits edits = textEdits(old, now);
        return marked(old, edits.old) + QLatin1Char('|') + marked(now, edits.now);
    };
    QCOMPARE(both(QStringLiteral("Zurich"), QStringLiteral("Zürich")), QStringLiteral("Z[u]rich|Z[ü]rich"));
    QCOMPARE(both(QStringLiteral("abc"), QStringLiteral("abc")), QStringLiteral("abc|abc"));
    QCOMPARE(both(QStringLiteral("12 Main St"), QStringLiteral("12 Main Street")),
             QStringLiteral("12 Main St|12 Main St[reet]"));
    QCOMPARE(both(QStringLiteral("one two three four"), QStringLiteral("one 2 three 4")),
             QStringLiteral("one [two] three [four]|one [2] three [4]"));
    QCOMPARE(both(QString(), QStringLiteral("x")), QStringLiteral("|[x]"));
    QCOMPARE(both(QStringLiteral("\U0001F600"), QStringLiteral("\U0001F601")),
             QStringLiteral("[\U0001F600]|[\U0001F601]"));
    // Of long texts that part is shown in which they differ.
    const QString before = QString(5000, QLatin1Char('a')) + QStringLiteral("old") + QString(5000, QLatin1Char('z'));
    const QString after = QString(5000, QLatin1Char('a')) + QStringLiteral("new");
    const TextExcerpts excerpts = textExcerpts(before, after, 40);
    QCOMPARE(excerpts.old, QStringLiteral("\u2026aaaaaaaaaaold") + QString(25, QLatin1Char('z')) + QChar(0x2026));
    QCOMPARE(excerpts.now, QStringLiteral("\u2026aaaaaaaaaanew"));
    QCOMPARE(textExcerpts(QStringLiteral("x"), before, 40).old, QStringLiteral("x"));
    // Long texts are marked as a whole between their ends, at once.
    const QString longOld = QLatin1Char('<') + QString(100'000, QLatin1Char('a')) + QLatin1Char('>');
    const QString longNow = QLatin1Char('<') + QString(100'000, QLatin1Char('b')) + QLatin1Char('>');
    QCOMPARE(textEdits(longOld, longNow).old, QVector<TextPart>({{1, 100'000}}));
    // What is not marked is the same on both sides.
    QRandomGenerator random(7);
    for (int round = 0; round < 500; ++round) {
        const auto make = [&random] {
            QString text;
            for (int i = random.bounded(30); i > 0; --i)
                text += QLatin1Char("abc "[random.bounded(4)]);
            return text;
        };
        const QString old = make();
        const QString now = make();
        const TextEdits edits = textEdits(old, now);
        const auto rest = [](QString text, const QVector<TextPart> &parts) {
            for (auto part = parts.crbegin(); part != parts.crend(); ++part)
                text.remove(part->start, part->length);
            return text;
        };
        // One character between two marks may be marked on one side alone: the rest is then a part of the other.
        const QString restOld = rest(old, edits.old);
        const QString restNow = rest(now, edits.now);
        const auto isWithin = [](const QString &part, const QString &whole) {
            qsizetype at = 0;
            for (const QChar c : whole)
                at += at < part.size() && part[at] == c;
            return at == part.size();
        };
        QVERIFY(isWithin(restOld, now) && isWithin(restNow, old));
    }
}

void TstDiffModel::rowsInTheirOrder()
{
    DiffModel model(comparison({QStringLiteral("id")}));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("id"));
    QCOMPARE(textAt(model, 0, 0), QStringLiteral("+ added"));
    QCOMPARE(textAt(model, 0, 2), QStringLiteral("7"));
    QCOMPARE(textAt(model, 1, 0), QStringLiteral("~ changed"));
    QCOMPARE(textAt(model, 1, 2), QStringLiteral("1.50 \u2192 1.25 (\u22120.25, \u221217 %)"));
    QCOMPARE(textAt(model, 1, 3), QStringLiteral("o"));
    QCOMPARE(textAt(model, 2, 2), QStringLiteral("null \u2192 empty"));
    QCOMPARE(textAt(model, 3, 0), QStringLiteral("\u2212 removed"));
    QCOMPARE(model.index(3, 2).data(DiffModel::OldTextRole).toString(), QStringLiteral("9007199254740993"));
    QVERIFY(model.index(3, 2).data(DiffModel::NewTextRole).toString().isNull());
    QCOMPARE(model.headerData(3, Qt::Vertical).toString(), QStringLiteral("2"));
}

void TstDiffModel::filters()
{
    DiffModel model(comparison({QStringLiteral("id")}));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({true, false, false, -1});
    QCOMPARE(model.rowCount(), 2);
    model.setFilter({false, true, true, -1});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.change(1), DiffModel::Change::Removed);
    int v = 0;
    while (model.comparison().diff.columns[static_cast<size_t>(v)].name != QLatin1String("v"))
        ++v;
    model.setFilter({true, true, true, v});
    QCOMPARE(model.rowCount(), 2);
    model.setFilter({false, false, false, -1});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.nextChange({}, true).isValid());
}

void TstDiffModel::walks()
{
    const DiffModel model(comparison({QStringLiteral("id")}));
    QList<std::pair<int, int>> places;
    for (QModelIndex at = model.nextChange({}, true); at.isValid(); at = model.nextChange(at, true))
        places.append({at.row(), at.column()});
    QCOMPARE(places, (QList<std::pair<int, int>>{{0, 0}, {1, 2}, {2, 2}, {3, 0}}));
    QList<std::pair<int, int>> back;
    for (QModelIndex at = model.nextChange({}, false); at.isValid(); at = model.nextChange(at, false))
        back.prepend({at.row(), at.column()});
    QCOMPARE(back, places);
}

void TstDiffModel::columnsMostChangedFirst()
{
    for (const QStringList &key : {QStringList{QStringLiteral("id")}, QStringList()}) {
        DiffColumnModel model(comparison(key));
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.diffColumn(0), -1);
    }
    const DiffColumnModel model(comparison({QStringLiteral("id")}));
    QCOMPARE(textAt(model, 1, 0), QStringLiteral("v"));
    QCOMPARE(textAt(model, 1, 1), QStringLiteral("2"));
    QVERIFY(textAt(model, 1, 2).startsWith(QStringLiteral("33.33")));
    QCOMPARE(textAt(model, 2, 1), QStringLiteral("column gone"));
    QCOMPARE(textAt(model, 3, 1), QStringLiteral("key"));
}

void TstDiffModel::numberChanges()
{
    const auto change = [](const char *old, const char *now) {
        return numberChange({CellKind::Number, old}, {CellKind::Number, now});
    };
    QCOMPARE(change("25.0", "35.0"), QStringLiteral("+10, +40 %"));
    QCOMPARE(change("0", "35.5"), QStringLiteral("+35.5"));
    QCOMPARE(change("-2", "-3"), QStringLiteral("\u22121, \u221250 %"));
    QCOMPARE(change("0.1", "0.3"), QStringLiteral("+0.2, +200 %"));
    QCOMPARE(change("9007199254740993", "9007199254740992"), QStringLiteral("\u22121"));
    QVERIFY(change("9223372036854775807", "-9223372036854775807").isEmpty());
    QVERIFY(change("1", "123456789012345678901234567890").isEmpty());
    QVERIFY(numberChange({CellKind::Text, "1"}, {CellKind::Number, "2"}).isEmpty());
}

void TstDiffModel::evidence()
{
    KeyCandidate key{{QStringLiteral("id")}, {10, 10, 0, 0}, {12, 12, 0, 0}, 9};
    QCOMPARE(DiffWords::evidence(key), QStringLiteral("id: unique in both (10 / 12), 9 in both tables"));
    key.b = {12, 9, 2, 1};
    QCOMPARE(DiffWords::evidence(key), QStringLiteral("id: 0 / 2 rows repeat a key, 0 / 1 rows have none"));
}

QTEST_GUILESS_MAIN(TstDiffModel)
#include "tst_diffmodel.moc"
