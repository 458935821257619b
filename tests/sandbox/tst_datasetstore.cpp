#include "sandbox/datasetstore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::sandbox;
using namespace Qt::StringLiterals;

class TestDatasetStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_db;
    std::unique_ptr<PageStarts> m_starts;
    std::unique_ptr<DatasetStore> m_store;

    void open()
    {
        m_store.reset();
        m_db.reset();
        Result<std::unique_ptr<Database>> opened = Database::open(m_dir->filePath(u"sandbox.sqlite"_s));
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
        m_db = std::move(opened).value();
        m_starts = std::make_unique<PageStarts>();
        m_store = std::make_unique<DatasetStore>(*m_db, *m_starts);
    }

    qint64 create(bool history = true, const QString &name = u"Table"_s)
    {
        Dataset dataset;
        dataset.name = name;
        dataset.schema = {{{u"n"_s, ColumnType::Number}}};
        dataset.history = history;
        const Result<qint64> id = m_store->create(dataset);
        return id ? *id : -1;
    }

    static QVector<Cells> numbers(int from, int count)
    {
        QVector<Cells> rows;
        for (int i = from; i < from + count; ++i)
            rows.append(QByteArray::number(i));
        return rows;
    }

    /// All rows of a version, read page by page.
    QVector<Cells> read(qint64 id, qint64 version, qint64 pageSize)
    {
        QVector<Cells> rows;
        for (bool more = true; more;) {
            const Result<DatasetStore::Page> page = m_store->page(*m_store->find(id), version, rows.size(), pageSize);
            if (!page)
                return {};
            rows += page->rows;
            more = page->more;
        }
        return rows;
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup()
    {
        m_store.reset();
        m_db.reset();
    }

    void namesAreUniqueInAnyCase()
    {
        QCOMPARE(create(true, u"Ärger"_s), 1);
        QCOMPARE(create(true, u"äRGER"_s), -1);
        QCOMPARE(create(true, u" Ärger "_s), -1);
        QCOMPARE(m_store->list()->size(), 1);
        QCOMPARE(create(true, u"Ärger 2"_s), 2);
    }

    void schemasAreChecked()
    {
        Dataset dataset;
        dataset.name = u"Table"_s;
        const Result<qint64> none = m_store->create(dataset);
        QVERIFY(!none);
        QCOMPARE(none.error().code, u"InvalidColumns"_s);
        dataset.schema = {{{u"a"_s, ColumnType::Text}, {u"A"_s, ColumnType::Text}}};
        QVERIFY(!m_store->create(dataset));
    }

    void everyChangeIsAVersion()
    {
        const qint64 id = create();
        QVERIFY(m_store->versions(*m_store->find(id))->isEmpty());
        QVERIFY(m_store->append(id, numbers(0, 3), u"first"_s));
        QVERIFY(m_store->append(id, numbers(3, 2), u"second"_s));
        QVERIFY(m_store->append(id, {}, u"nothing"_s));
        const Result<qint64> edited = m_store->edit(
            id,
            [](const Cells &cells) -> std::optional<Cells> {
                if (cells == "1")
                    return Cells();
                return cells == "3" ? std::optional<Cells>("33") : std::nullopt;
            },
            u"edit"_s);
        QCOMPARE(*edited, 2);
        const Dataset dataset = *m_store->find(id);
        QCOMPARE(dataset.version, 3);
        QCOMPARE(dataset.rows, 4);
        const QVector<Version> versions = *m_store->versions(dataset);
        QCOMPARE(versions.size(), 3);
        QCOMPARE(versions.at(0).number, 3);
        QCOMPARE(versions.at(0).rows, 4);
        QCOMPARE(versions.at(2).comment, u"first"_s);
        QCOMPARE(read(id, 1, 100), (QVector<Cells>{"0", "1", "2"}));
        QCOMPARE(read(id, 2, 100), (QVector<Cells>{"0", "1", "2", "3", "4"}));
        QCOMPARE(read(id, 3, 100), (QVector<Cells>{"0", "2", "33", "4"}));
        QCOMPARE(m_store->version(dataset, 4).error().kind, ErrorKind::NotFound);
    }

    void versionsShareTheirRows()
    {
        const qint64 id = create();
        for (int i = 0; i < 2000; ++i)
            QVERIFY(m_store->append(id, numbers(i, 1), {}));
        QCOMPARE(m_store->find(id)->version, 2000);
        QCOMPARE(m_store->versions(*m_store->find(id))->size(), 2000);
        QSqlQuery stored = m_db->run(u"SELECT COUNT(*) FROM row"_s);
        QVERIFY(stored.next());
        QCOMPARE(stored.value(0).toInt(), 2000);
        QCOMPARE(read(id, 1234, 1000), numbers(0, 1234));
    }

    void pagesFitTogetherInAnyOrder_data()
    {
        QTest::addColumn<int>("pageSize");
        for (const int size : {1, 7, 100, 101, 1000})
            QTest::addRow("%d", size) << size;
    }
    void pagesFitTogetherInAnyOrder()
    {
        QFETCH(int, pageSize);
        const qint64 id = create();
        QVERIFY(m_store->append(id, numbers(0, 150), {}));
        QVERIFY(m_store->edit(
            id, [](const Cells &c) { return c.endsWith('3') ? std::optional<Cells>(Cells()) : std::nullopt; }, {}));
        QVector<Cells> expected;
        for (const Cells &cells : numbers(0, 150)) {
            if (!cells.endsWith('3'))
                expected.append(cells);
        }
        QCOMPARE(read(id, 2, pageSize), expected);
        QCOMPARE(read(id, 2, pageSize), expected); // now with known page starts
        const Result<DatasetStore::Page> late = m_store->page(*m_store->find(id), 2, 120, 10);
        QCOMPARE(late->rows, expected.mid(120, 10));
        const Result<DatasetStore::Page> beyond = m_store->page(*m_store->find(id), 2, 5000, 10);
        QVERIFY(beyond->rows.isEmpty());
        QVERIFY(!beyond->more);
    }

    void withoutHistoryOldRowsAreGone()
    {
        const qint64 id = create(false);
        QVERIFY(m_store->append(id, numbers(0, 3), {}));
        QVERIFY(
            m_store->edit(id, [](const Cells &c) { return c == "1" ? std::optional<Cells>("11") : std::nullopt; }, {}));
        const Dataset dataset = *m_store->find(id);
        QCOMPARE(read(id, dataset.version, 10), (QVector<Cells>{"0", "11", "2"}));
        QCOMPARE(m_store->versions(dataset).error().code, u"HistoryOff"_s);
        QSqlQuery stored = m_db->run(u"SELECT COUNT(*) FROM row"_s);
        QVERIFY(stored.next());
        QCOMPARE(stored.value(0).toInt(), 3);
    }

    void aFailedChangeLeavesNothing()
    {
        const qint64 id = create();
        QVERIFY(m_store->append(id, numbers(0, 3), {}));
        DatasetStore::Change change;
        change.appended = numbers(3, 100);
        change.inserted.insert(0, "0"); // there is a row at that place
        change.inserted.insert(500, "5");
        // The row at 0 was born in version 1, so make the clash real: twice the same place in one version.
        change.replaced.insert(0, "again");
        const Result<Done> done = m_store->apply(id, change, {});
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Local);
        QCOMPARE(m_store->find(id)->version, 1);
        QCOMPARE(m_store->find(id)->rows, 3);
        QCOMPARE(read(id, 2, 1000), numbers(0, 3));
        QVERIFY(m_store->append(id, numbers(3, 1), {})); // and the store goes on working
        QCOMPARE(read(id, 2, 1000), numbers(0, 4));
    }

    void everythingSurvivesARestart()
    {
        const qint64 id = create();
        QVERIFY(m_store->append(id, {"12345678901234567890.123456789", "null"}, u"kept"_s));
        const Dataset before = *m_store->find(id);
        open();
        const Dataset after = *m_store->find(id);
        QCOMPARE(after.name, before.name);
        QCOMPARE(after.schema, before.schema);
        QCOMPARE(after.changed, before.changed);
        QCOMPARE(read(id, 1, 10), (QVector<Cells>{"12345678901234567890.123456789", "null"}));
        QCOMPARE(m_store->versions(after)->first().comment, u"kept"_s);
        QVERIFY(m_store->append(id, numbers(0, 1), {}));
        QCOMPARE(m_store->find(id)->version, 2);
    }

    void unknownDatasetsAreNotFound()
    {
        QCOMPARE(m_store->find(77).error().code, u"DatasetNotFound"_s);
        QCOMPARE(m_store->append(77, numbers(0, 1), {}).error().kind, ErrorKind::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestDatasetStore)
#include "tst_datasetstore.moc"
