#include "transfer/readbackstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

using S = BatchState;
using V = Finding::Verdict;

/// What the end of a table proves of rows whose answer was lost, and what the look at the whole finds wrong, case by
/// case.
class TestReadbackEnd : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_stage.setUp(); }

    void endOfTable_data();
    void endOfTable();
    void auditFindsWrongRows_data();
    void auditFindsWrongRows();
    void spoiltRowsAreNotAudited();
    void endIsNotAskedForWhereItTellsNothing();

private:
    ReadbackStage m_stage;
};

void TestReadbackEnd::endOfTable_data()
{
    QTest::addColumn<Preparation>("prepared");
    QTest::addColumn<int>("seen"); // -1: it does not prove anything
    const auto add = [](const QByteArray &name, int seen, const Preparation &prepared) {
        QTest::newRow(name.constData()) << prepared << seen;
    };
    using T = ReadbackStage &;
    const auto behind = [](std::initializer_list<int> table, qint64 told = 0) {
        return [=, table = rows(table)](T t) {
            t.prepare(Evidence::Content, 1);
            t.batch(rows({1, 2}), S::Confirmed);
            t.batch(rows({3, 4, 5}), S::Verifying, told);
            t.table = table;
        };
    };
    add("all", 3, behind({9, 1, 2, 3, 4, 5}));
    add("some", 2, behind({9, 1, 2, 3, 5}));
    add("none", 0, behind({9, 1, 2}));
    add("none, and nobody else's", 0, [](T t) {
        t.prepare(Evidence::Content, 0);
        t.batch(rows({1, 2}), S::Confirmed);
        t.batch(rows({3, 4, 5}), S::Verifying);
        t.table = rows({1, 2});
    });
    add("fewer than told", -1, behind({9, 1, 2, 3}, 2));
    add("others behind them", -1, behind({9, 1, 2, 3, 4, 5, 8}));
    add("others among them", -1, behind({9, 1, 2, 3, 8}));
    add("others before them", -1, behind({1, 2, 9, 3, 4, 5}));
    add("fewer than before", -1, behind({9, 1}));
    add("another row is missing", -1, behind({9, 1, 3, 4, 5}));
    add("not in this order", -1, behind({9, 1, 2, 4, 3, 5}));
    add("the first batch, all", 2, [](T t) {
        t.prepare(Evidence::Content, 1);
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({9, 1, 2});
    });
    add("the first batch, none", -1, [](T t) {
        t.prepare(Evidence::Content, 1);
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({9});
    });
    add("the batch before looks the same", -1, [](T t) {
        t.prepare(Evidence::Content, 0);
        t.batch({row(1), row(1)}, S::Confirmed);
        t.batch({row(1), row(1)}, S::Verifying);
        t.question.batches[1].firstRow = 3;
        t.table = {row(1), row(1), row(1), row(1)};
    });
    add("a column is not in the table", -1, [](T t) {
        t.prepare(Evidence::Content, 1);
        t.batch(rows({1}), S::Verifying);
        t.table = rows({9, 1});
        t.columns = QStringList{QStringLiteral("n")};
    });
    for (const auto &[state, told, seen] :
         {std::tuple(S::Skipped, 0, 1), std::tuple(S::Rejected, 0, 1), std::tuple(S::Planned, 0, 1),
          std::tuple(S::Superseded, 0, 1), std::tuple(S::Superseded, 1, -1), std::tuple(S::Unknown, 0, -1),
          std::tuple(S::ConfirmedByReading, 0, 1)}) {
        add("behind a batch that is " + QByteArray(batchStateName(state).data()) + ' ' + QByteArray::number(told), seen,
            [state = state, told = told](T t) {
                t.prepare(Evidence::Content, 0);
                t.batch(rows({1, 2}), S::Confirmed);
                t.batch(rows({3, 4}), state, told);
                t.batch(rows({5, 6}), S::Verifying);
                t.table = rows({1, 2});
                if (state == S::ConfirmedByReading)
                    t.table += rows({3, 4});
                if (told == 1)
                    t.table += rows({3});
                t.table += rows({6});
            });
    }
    add("enough rows before", 1, [](T t) {
        t.prepare(Evidence::Content, 0);
        for (const int from : {0, 200}) { // the later ones are enough
            QVector<SentRow> many;
            for (int n = 1; n <= 150; ++n)
                many.append(row(from + n));
            t.batch(many, S::Confirmed);
            t.table += many;
        }
        t.batch(rows({1000, 1001}), S::Verifying);
        t.table += rows({1000});
    });
    add("marks, others beside them", 2, [](T t) {
        t.prepare(Evidence::Marker, 0);
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({1, 9, 2, 8});
    });
    add("marks, before unknown", 2, [](T t) {
        t.prepare(Evidence::Marker, {});
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({1, 2});
    });
    add("marks, one is not seen", -1, [](T t) {
        t.prepare(Evidence::Marker, {});
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({1});
    });
    add("marks, one twice", -1, [](T t) {
        t.prepare(Evidence::Marker, {});
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({1, 2, 1});
    });
}

void TestReadbackEnd::endOfTable()
{
    QFETCH(Preparation, prepared);
    QFETCH(int, seen);
    prepared(m_stage);
    QVERIFY(tailWish(m_stage.question));
    const Result<std::optional<Finding>> found =
        compareWithTail(m_stage.question, {m_stage.snapshot(), m_stage.table.size()});
    QVERIFY(found);
    QCOMPARE(found->has_value(), seen >= 0);
    if (seen < 0)
        return;
    QCOMPARE((*found)->seen, seen);
    const int wanted = int(m_stage.question.batches[m_stage.question.batch].rows);
    QCOMPARE((*found)->verdict, seen == wanted ? V::All : seen > 0 ? V::Some : V::None);
    QCOMPARE((*found)->missing.size(), wanted - seen);
    // What the end proves the whole table does not deny.
    const Result<Finding> whole = compareWithTable(m_stage.question, m_stage.snapshot());
    QVERIFY(whole);
    QVERIFY(whole->verdict == (*found)->verdict || whole->verdict == V::CannotTell);
}

void TestReadbackEnd::auditFindsWrongRows_data()
{
    QTest::addColumn<Preparation>("prepared");
    QTest::addColumn<QVector<qsizetype>>("wrong");
    const auto add = [](const QByteArray &name, const QVector<qsizetype> &wrong, const Preparation &prepared) {
        QTest::newRow(name.constData()) << prepared << wrong;
    };
    using T = ReadbackStage &;
    const auto plain = [](std::initializer_list<int> table) {
        return [table = rows(table)](T t) {
            t.prepare(Evidence::Marker);
            t.batch(rows({1, 2}), S::Confirmed);
            t.batch(rows({3, 4}), S::ConfirmedByReading);
            t.batch(rows({5}), S::Skipped);
            t.batch(rows({6}), S::AssumedLanded);
            t.table = table;
        };
    };
    add("sound", {}, plain({1, 2, 3, 4, 6, 9}));
    add("one twice", {0}, plain({1, 2, 2, 3, 4, 6}));
    add("one missing", {1}, plain({1, 2, 3, 6}));
    add("both of a batch", {1}, plain({1, 2, 6}));
    add("several", {0, 1, 3}, plain({1, 3, 6, 6}));
    add("no column", {0, 1, 3}, [=](T t) {
        plain({1, 2, 3, 4, 6})(t);
        t.columns.removeLast();
    });
    // 1 was seen when the rows were sent for the first time, 2 when its batch was sent again, 3 and 4 went alone.
    const auto line = [](std::initializer_list<int> table) {
        return [table = rows(table)](T t) {
            t.prepare(Evidence::Marker);
            t.batch(rows({1, 2, 3, 4}), S::Superseded, 1);
            t.batch(rows({2, 3, 4}), S::Superseded, 1, 1);
            t.batch(rows({3, 4}), S::Confirmed, 0, 2);
            t.table = table;
        };
    };
    add("a line, sound", {}, line({1, 2, 3, 4}));
    add("a line, the first part twice", {2}, line({1, 2, 3, 4, 1}));
    add("a line, the second part missing", {2}, line({1, 3, 4}));
    // Of a line that ends with rows which were refused nothing else answers for those that were seen.
    const auto refused = [](std::initializer_list<int> table) {
        return [table = rows(table)](T t) {
            t.prepare(Evidence::Marker);
            t.batch(rows({1, 2, 3}), S::Superseded, 1);
            t.batch(rows({2, 3}), S::Superseded, 1, 1);
            t.batch(rows({3}), S::Rejected, 0, 2);
            t.table = table;
        };
    };
    add("a line, its end refused, sound", {}, refused({1, 2}));
    add("a line, its end refused, the first part twice", {0}, refused({1, 2, 1}));
    add("a line, its end refused, the second part missing", {1}, refused({1}));
    add("halves", {1}, [](T t) {
        t.prepare(Evidence::Marker);
        t.batch(rows({1, 2}), S::Superseded);
        t.batch(rows({1}), S::Confirmed, 0, 1);
        t.batch(rows({2}), S::Rejected, 0, 1);
        t.table = rows({1, 1});
    });
}

void TestReadbackEnd::auditFindsWrongRows()
{
    QFETCH(Preparation, prepared);
    prepared(m_stage);
    m_stage.question.batch = -1;
    Result<QVector<qsizetype>> wrong = auditTable(m_stage.question, m_stage.snapshot());
    QVERIFY(wrong);
    std::sort(wrong.value().begin(), wrong.value().end());
    QTEST(*wrong, "wrong");
}

void TestReadbackEnd::spoiltRowsAreNotAudited()
{
    m_stage.prepare(Evidence::Marker);
    m_stage.batch(rows({1}), S::Confirmed);
    m_stage.spoil(0);
    QCOMPARE(auditTable(m_stage.question, m_stage.snapshot()).error().kind, ErrorKind::Local);
}

void TestReadbackEnd::endIsNotAskedForWhereItTellsNothing()
{
    for (const Evidence evidence : {Evidence::Key, Evidence::Content, Evidence::Count, Evidence::None}) {
        m_stage.prepare(evidence, {});
        m_stage.batch(rows({1}), S::Verifying);
        QVERIFY(!tailWish(m_stage.question));
    }
}

QTEST_GUILESS_MAIN(TestReadbackEnd)
#include "tst_readbackend.moc"
