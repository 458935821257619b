#include "api/rowstream.h"
#include "core/wtf8.h"
#include "models/tablemodel.h"
#include "net/apiclient.h"
#include "support/fakenetworkaccessmanager.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include <numeric>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

std::shared_ptr<const Chunk> oneColumn(const std::vector<CellView> &cells, const QString &name = QStringLiteral("c"))
{
    ChunkBuilder builder;
    const int column = builder.column(name);
    for (const CellView &cell : cells) {
        builder.beginRow();
        if (cell.kind != CellKind::Null)
            builder.add(column, cell);
    }
    return builder.seal();
}

std::shared_ptr<const Chunk> numbers(int first, int count)
{
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i)
        texts.push_back(std::to_string(first + i));
    std::vector<CellView> cells;
    for (const std::string &text : texts)
        cells.push_back({CellKind::Number, text});
    return oneColumn(cells);
}

} // namespace

class TestTableModel : public QObject
{
    Q_OBJECT
private slots:
    void looksAreDifferentInWords_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("look");
        QTest::addColumn<QString>("display");
        using Look = TableModel::Look;
        const auto row = [](const char *name, CellKind kind, QByteArray text, Look look, QString display) {
            QTest::newRow(name) << static_cast<int>(kind) << text << static_cast<int>(look) << display;
        };
        row("null", CellKind::Null, "", Look::Null, QStringLiteral("null"));
        row("empty", CellKind::Text, "", Look::Empty, QStringLiteral("empty"));
        row("spaces", CellKind::Text, "  ", Look::Spaces, QStringLiteral("␣␣"));
        row("no-break space", CellKind::Text, "\xC2\xA0", Look::Spaces, QStringLiteral("␣"));
        row("the word", CellKind::Text, "null", Look::Text, QStringLiteral("null"));
        row("lines", CellKind::Text, "a\nb\tc", Look::Text, QStringLiteral("a↵b c"));
        row("long", CellKind::Text, QByteArray(500, 'x'), Look::Text, QString(400, u'x') + u'…');
        row("number", CellKind::Number, "12345678901234567890.10", Look::Number,
            QStringLiteral("12345678901234567890.10"));
        row("bool", CellKind::Bool, "true", Look::Bool, QStringLiteral("true"));
        row("nested", CellKind::Json, "[1]", Look::Json, QStringLiteral("[1]"));
    }
    void looksAreDifferentInWords()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, text);
        QFETCH(QString, display);
        auto store = std::make_shared<ColumnStore>();
        store->append(oneColumn(
            {{static_cast<CellKind>(kind), std::string_view(text.constData(), static_cast<size_t>(text.size()))}}));
        TableModel model;
        model.setStore(store);
        const QModelIndex cell = model.index(0, 0);
        QCOMPARE(cell.data().toString(), display);
        QTEST(cell.data(TableModel::LookRole).toInt(), "look");
        QCOMPARE(cell.data(TableModel::ExactTextRole).toString().toUtf8(), text);
        QCOMPARE(cell.data(TableModel::ExactTextRole).toString().isNull(), kind == static_cast<int>(CellKind::Null));
        QVERIFY(cell.data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("c: ")));
        const bool right = cell.data(Qt::TextAlignmentRole).value<Qt::Alignment>().testFlag(Qt::AlignRight);
        QCOMPARE(right, kind == static_cast<int>(CellKind::Number));
    }

    void growsByWholePages()
    {
        auto store = std::make_shared<ColumnStore>();
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setStore(store);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy columns(&model, &QAbstractItemModel::columnsInserted);
        store->append(numbers(0, 100));
        QCOMPARE(model.rowCount(), 0); // the view hears of it first
        model.columnsChanged();
        model.rowsAppended(0, 100);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(columns.count(), 1);
        QCOMPARE(model.rowCount(), 100);
        QCOMPARE(model.index(99, 0).data().toString(), QStringLiteral("99"));
        QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), QStringLiteral("c"));
        QCOMPARE(model.headerData(99, Qt::Vertical).toString(), QStringLiteral("100"));
        QCOMPARE(model.headerData(100, Qt::Vertical), QVariant());
    }

    void anOrderShowsRowsInItsOrder()
    {
        auto store = std::make_shared<ColumnStore>();
        store->append(numbers(0, 5));
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setStore(store);
        const QPersistentModelIndex three = model.index(3, 0);
        model.setRowOrder(std::make_shared<const std::vector<quint32>>(std::vector<quint32>{4, 3, 2, 1, 0}));
        QCOMPARE(three.row(), 1); // it stays on its cell
        QCOMPARE(three.data().toString(), QStringLiteral("3"));
        QCOMPARE(model.headerData(0, Qt::Vertical).toString(), QStringLiteral("5"));
        model.setRowOrder(std::make_shared<const std::vector<quint32>>(std::vector<quint32>{1, 3}));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.sourceRow(1), 3);
        QCOMPARE(model.rowOfSource(3), 1);
        QCOMPARE(model.rowOfSource(0), -1);
        store->append(numbers(5, 5));
        model.rowsAppended(5, 5);
        QCOMPARE(model.rowCount(), 2); // until a new order comes
        model.setRowOrder(nullptr);
        QCOMPARE(model.rowCount(), 10);
    }

    void anOrderMayHaveRowsThatTheViewHasNotBeenToldOf()
    {
        auto store = std::make_shared<ColumnStore>();
        store->append(numbers(0, 5));
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setStore(store);
        const QPersistentModelIndex four = model.index(4, 0);
        store->append(numbers(5, 100)); // on their way to the view
        std::vector<quint32> order(105);
        std::iota(order.rbegin(), order.rend(), 0u);
        model.setRowOrder(std::make_shared<const std::vector<quint32>>(order));
        QCOMPARE(model.rowCount(), 105);
        QCOMPARE(model.knownRows(), 105);
        QCOMPARE(four.row(), 100);
        store->append(numbers(105, 100));
        order.resize(3);
        model.setRowOrder(std::make_shared<const std::vector<quint32>>(order));
        QCOMPARE(model.rowCount(), 3);
    }

    void randomArrivalKeepsTheContract()
    {
        QRandomGenerator random(7);
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto store = std::make_shared<ColumnStore>();
        model.setStore(store);
        for (int step = 0; step < 10'000; ++step) {
            const int choice = random.bounded(100);
            if (choice < 3) {
                store = std::make_shared<ColumnStore>();
                model.setStore(store);
            } else if (choice < 20) {
                std::vector<quint32> order(
                    static_cast<size_t>(random.bounded(static_cast<int>(store->rowCount()) + 1)));
                std::iota(order.begin(), order.end(), 0u);
                std::ranges::reverse(order);
                model.setRowOrder(random.bounded(3) ? std::make_shared<const std::vector<quint32>>(order) : nullptr);
            } else {
                const qsizetype first = store->rowCount();
                const QString name = QString(QChar(u'a' + static_cast<char16_t>(random.bounded(4))));
                const auto chunk =
                    oneColumn(std::vector<CellView>(random.bounded(1, 20), {CellKind::Number, "1"}), name);
                if (store->append(chunk))
                    model.columnsChanged();
                model.rowsAppended(first, chunk->rows);
            }
            if (!model.rowOrder())
                QCOMPARE(model.rowCount(), static_cast<int>(store->rowCount()));
            QCOMPARE(model.columnCount(), store->columnCount());
        }
    }

    void followsAStream()
    {
        FakeNetworkAccessManager network;
        network.respond = [](const FakeRequest &request) {
            const int page = QUrlQuery(request.url).queryItemValue(QStringLiteral("page")).toInt();
            return FakeAnswer::json("{\"data\":[{\"p\":" + QByteArray::number(page) +
                                    "}],\"has_more_data\":" + (page < 5 ? "true" : "false") + "}");
        };
        ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        {
            RowStream stream(&client, {QStringLiteral("1"), {}});
            model.setStream(&stream);
            stream.start();
            QTRY_COMPARE(model.rowCount(), 5);
        }
        QCOMPARE(model.index(4, 0).data().toString(), QStringLiteral("5")); // the store outlives the stream
        model.setStore(std::make_shared<const ColumnStore>());
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestTableModel)
#include "tst_tablemodel.moc"
