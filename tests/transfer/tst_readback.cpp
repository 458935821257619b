#include "transfer/readbackstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

using S = BatchState;
using V = Finding::Verdict;

/// What one look at the whole table says of rows whose answer was lost, case by case.
class TestReadback : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_stage.setUp(); }

    void wholeTable_data();
    void wholeTable();
    void spoiltRowsAreAnError_data();
    void spoiltRowsAreAnError();

private:
    ReadbackStage m_stage;
};

void TestReadback::wholeTable_data()
{
    QTest::addColumn<Preparation>("prepared");
    QTest::addColumn<V>("verdict");
    QTest::addColumn<int>("seen");
    QTest::addColumn<QString>("why");
    const auto add = [](const QByteArray &name, V verdict, int seen, const char *why, const Preparation &prepared) {
        QTest::newRow(name.constData()) << prepared << verdict << seen << QString::fromLatin1(why);
    };
    using T = ReadbackStage &;
    const auto count = [](std::optional<qint64> before, bool alone, qint64 told, int inTable) {
        return [=](T t) {
            t.prepare(Evidence::Count, before);
            t.question.job.soleWriter = alone;
            t.batch(rows({1, 2}), S::Verifying, told);
            for (int i = 0; i < inTable; ++i)
                t.table.append(row(100 + i));
        };
    };
    add("count, not alone", V::CannotTell, 0, "others may change it", count(5, false, 0, 7));
    add("count, before unknown", V::CannotTell, 0, "others may change it", count({}, true, 0, 7));
    add("count, all", V::All, 2, "", count(5, true, 0, 7));
    add("count, none", V::None, 0, "", count(5, true, 0, 5));
    add("count, none but some were told", V::CannotTell, 0, "another reason", count(5, true, 1, 5));
    add("count, some", V::CannotTell, 1, "another reason", count(5, true, 0, 6));
    add("count, fewer than before", V::CannotTell, 0, "another reason", count(5, true, 0, 4));
    add("nothing tells", V::CannotTell, 0, "nothing in it tells", [](T t) {
        t.prepare(Evidence::None);
        t.batch(rows({1}), S::Verifying);
    });
    add("no such column", V::CannotTell, 0, "no column to find", [](T t) {
        t.prepare(Evidence::Marker);
        t.batch(rows({1}), S::Verifying);
        t.table = rows({1});
        t.columns.removeLast();
    });
    add("no such key", V::CannotTell, 0, "no column to find", [](T t) {
        t.prepare(Evidence::Key);
        t.question.job.keyColumns = {QStringLiteral("other")};
        t.batch(rows({1}), S::Verifying);
        t.table = rows({1});
    });
    add("no rows and no columns", V::None, 0, "", [](T t) {
        t.prepare(Evidence::Marker, 5);
        t.batch(rows({1}), S::Verifying);
        t.columns.clear();
    });
    add("a key twice in the file", V::CannotTell, 2, "the same key", [](T t) {
        t.prepare(Evidence::Key);
        t.batch({row(1), row(1)}, S::Verifying);
        t.table = rows({1});
    });
    for (const Evidence evidence : {Evidence::Marker, Evidence::Key}) {
        const QByteArray name = evidence == Evidence::Key ? "key" : "marker";
        add(name + ", all", V::All, 2, "", [evidence](T t) {
            t.prepare(evidence);
            t.batch(rows({1, 2}), S::Verifying);
            t.table = rows({9, 1, 2});
        });
        add(name + ", some", V::Some, 1, "", [evidence](T t) {
            t.prepare(evidence);
            t.batch(rows({1, 2}), S::Verifying);
            t.table = rows({9, 2});
        });
        add(name + ", twice", V::Wrong, 3, "", [evidence](T t) {
            t.prepare(evidence);
            t.batch(rows({1, 2, 3}), S::Verifying);
            t.table = rows({1, 2, 1, 3});
        });
        add(name + ", fewer than told", V::CannotTell, 1, "fewer of them than the service said", [evidence](T t) {
            t.prepare(evidence);
            t.batch(rows({1, 2, 3}), S::Verifying, 2);
            t.table = rows({1});
        });
        add(name + ", none, untouched", V::None, 0, "", [evidence](T t) {
            t.prepare(evidence, 1);
            t.batch(rows({1, 2}), S::Verifying);
            t.table = rows({9});
        });
        add(name + ", none, beside what is known", V::None, 0, "", [evidence](T t) {
            t.prepare(evidence, {});
            t.batch(rows({1}), S::ConfirmedByReading);
            t.batch(rows({2}), S::Verifying);
            t.table = rows({1, 9});
        });
        add(name + ", what is known is not there", V::CannotTell, 0, "are not found in it either", [evidence](T t) {
            t.prepare(evidence);
            t.batch(rows({1}), S::Confirmed);
            t.batch(rows({2}), S::Verifying);
            t.table = rows({9});
        });
    }
    add("key, none, nothing to compare with", V::CannotTell, 0, "no row of this upload", [](T t) {
        t.prepare(Evidence::Key, {});
        t.batch(rows({1, 2}), S::Verifying);
        t.table = rows({9});
    });
    for (const auto &[mark, broken] :
         {std::pair("1a2b3c4", true), std::pair("1a2b3c4d-1", true), std::pair("1a2b3c4d-1-", true),
          std::pair("1A 1a2b3c4d-1-9", true), std::pair("1a2b3c4d-1-9-9", true), std::pair("1a2b3c4d-1-9", false),
          std::pair("99999999-1-1", false), std::pair("", false)}) {
        add(QByteArray("marker, none, a mark ") + mark, broken ? V::CannotTell : V::None, 0,
            broken ? "no row of this upload" : "", [mark = QString::fromLatin1(mark)](T t) {
                t.prepare(Evidence::Marker, {});
                t.batch(rows({1, 2}), S::Verifying);
                t.table = {{9, QStringLiteral("other"), mark}};
            });
    }
    const auto foreign = [](const char *knownText, int more) {
        return [=](T t) {
            t.prepare(Evidence::Key);
            if (knownText) {
                t.batch(rows({1}), S::Confirmed);
                t.table = {row(1, QString::fromLatin1(knownText))};
            }
            t.batch(rows({2, 3, 4}), S::Verifying);
            for (int n = 2; n < 2 + more; ++n)
                t.table.append(row(n, QStringLiteral("someone else's")));
        };
    };
    add("key, other values", V::CannotTell, 3, "other values under the same keys", foreign("row 1", 3));
    add("key, other values of some", V::CannotTell, 2, "other values under the same keys", foreign("row 1", 2));
    add("key, other values, nothing known", V::CannotTell, 3, "other values under the same keys", foreign(nullptr, 3));
    add("key, the service changes values", V::All, 3, "", foreign("ROW 1", 3));
    add("key, a column is not in the table", V::CannotTell, 1, "other values under the same keys", [](T t) {
        t.prepare(Evidence::Key);
        t.batch(rows({1}), S::Verifying);
        t.table = rows({1});
        t.columns = QStringList{QStringLiteral("n")};
    });
    add("content, all", V::All, 2, "", [](T t) {
        t.prepare(Evidence::Content, 1);
        t.batch(rows({1}), S::AssumedLanded);
        t.batch({row(1), row(2)}, S::Verifying);
        t.table = rows({9, 1, 1, 2});
    });
    add("content, the same rows landed before", V::None, 0, "", [](T t) {
        t.prepare(Evidence::Content, 1);
        t.batch(rows({1}), S::AssumedLanded);
        t.batch(rows({1}), S::Verifying);
        t.table = rows({9, 1});
    });
    add("content, some of them are the child's", V::Some, 1, "", [](T t) {
        t.prepare(Evidence::Content, 0);
        t.batch({row(1), row(2)}, S::Superseded, 1);
        t.batch(rows({2}), S::Planned, 0, 1);
        t.batch({row(1), row(2)}, S::Verifying);
        t.table = {row(1), row(1)};
    });
    const auto afterAPart = [](const QVector<SentRow> &table) {
        return [=](T t) {
            t.prepare(Evidence::Content, 0);
            t.batch(rows({1, 2}), S::Superseded, 1);
            t.batch(rows({2}), S::Planned, 0, 1);
            t.batch(rows({1, 2}), S::Verifying);
            t.table = table;
        };
    };
    add("content, only the part that was there before", V::None, 0, "", afterAPart(rows({1})));
    add("content, all beside the part that was there before", V::All, 2, "", afterAPart(rows({1, 1, 2})));
    add("content, the same rows left out before", V::All, 1, "", [](T t) {
        t.prepare(Evidence::Content, 0);
        t.batch(rows({1}), S::Skipped);
        t.spoil(0); // nobody needs it
        t.batch(rows({1}), S::Verifying);
        t.table = rows({1});
    });
    for (const bool isThere : {true, false}) {
        add(QByteArray("what is known comes later, ") + (isThere ? "there" : "not there"),
            isThere ? V::All : V::CannotTell, isThere ? 1 : 0, isThere ? "" : "are not found in it either",
            [isThere](T t) {
                t.prepare(Evidence::Marker, 0);
                t.batch(rows({1}), S::Verifying);
                t.batch(rows({2}), S::Confirmed);
                t.question.batch = 0;
                t.table = rows({1});
                if (isThere)
                    t.table += rows({2});
            });
    }
    add("content, before unknown", V::CannotTell, 1, "is not known", [](T t) {
        t.prepare(Evidence::Content, {});
        t.batch(rows({1}), S::Verifying);
        t.table = rows({1});
    });
    add("content, fewer than told", V::CannotTell, 1, "fewer of them than the service said", [](T t) {
        t.prepare(Evidence::Content);
        t.batch(rows({1, 2, 3}), S::Verifying, 2);
        t.table = rows({1});
    });
    const auto changed = [](bool denied, int n) {
        return [=](T t) {
            t.prepare(Evidence::Content, 0);
            t.question.saidNotStored = denied;
            t.batch(rows({1, 2}), S::Verifying);
            t.table = {row(9), row(n)};
        };
    };
    add("content, others wrote", V::CannotTell, 0, "another reason", changed(false, 8));
    add("content, others wrote, denied", V::None, 0, "", changed(true, 8));
    add("content, others wrote, denied, some are there", V::CannotTell, 1, "another reason", changed(true, 1));
}

void TestReadback::wholeTable()
{
    QFETCH(Preparation, prepared);
    QFETCH(QString, why);
    prepared(m_stage);
    const Result<Finding> found = compareWithTable(m_stage.question, m_stage.snapshot());
    QVERIFY(found);
    QTEST(found->verdict, "verdict");
    QTEST(int(found->seen), "seen");
    QVERIFY2(found->why.isEmpty() == why.isEmpty() && found->why.contains(why), qPrintable(found->why));
    QCOMPARE(found->tableRows, m_stage.table.size());
}

void TestReadback::spoiltRowsAreAnError_data()
{
    QTest::addColumn<Evidence>("evidence");
    QTest::addColumn<int>("spoilt");
    QTest::newRow("in question") << Evidence::Content << 2;
    QTest::newRow("the control") << Evidence::Content << 1;
    QTest::newRow("landed before") << Evidence::Content << 0;
    QTest::newRow("in question, key") << Evidence::Key << 2;
    QTest::newRow("the control, key") << Evidence::Key << 1;
}

void TestReadback::spoiltRowsAreAnError()
{
    QFETCH(Evidence, evidence);
    QFETCH(int, spoilt);
    m_stage.prepare(evidence);
    m_stage.batch(rows({1}), S::Confirmed);
    m_stage.batch(rows({2}), S::Confirmed);
    m_stage.batch(rows({3}), S::Verifying);
    m_stage.table = rows({1, 2, 3});
    m_stage.spoil(spoilt);
    const Result<Finding> whole = compareWithTable(m_stage.question, m_stage.snapshot());
    QVERIFY(!whole);
    QCOMPARE(whole.error().kind, ErrorKind::Local);
    const Result<std::optional<Finding>> end = compareWithTail(m_stage.question, {m_stage.snapshot(), 3});
    QVERIFY(!end);
    QCOMPARE(end.error().kind, ErrorKind::Local);
}

QTEST_GUILESS_MAIN(TestReadback)
#include "tst_readback.moc"
