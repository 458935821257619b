#include "core/columnstore.h"
#include "gui/uploadundo.h"
#include "transfer/uploadremoval.h"

#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWidget>

using namespace rowdesk;

namespace {

/// A table of marks whose service takes one row a request, and its time for each.
class SlowTarget final : public UploadTarget
{
public:
    QStringList marks;
    int delayMs = 60;

    QString address() const override { return QStringLiteral("memory://"); }
    Dialect::RowShape rowShape() const override { return Dialect::RowShape::Members; }
    Call<QString> create(const DataService::NewTable &) override { return Call<QString>::finished(ApiError{}); }
    Call<QVector<DatasetInfo>> list(const QString &) override
    {
        return Call<QVector<DatasetInfo>>::finished(ApiError{});
    }
    Call<DataService::Appended> append(const QString &, const QByteArray &, qint64, ApiClient::Gate) override
    {
        return Call<DataService::Appended>::finished(ApiError{});
    }
    Call<std::optional<qint64>> removeRows(const QString &, const QString &, const QVector<QByteArray> &values) override
    {
        marks.removeOne(QString::fromUtf8(values.constFirst().chopped(1).mid(1)));
        Completion<std::optional<qint64>> completion;
        QTimer::singleShot(delayMs, &m_clock, [completion] { completion.finish(std::optional<qint64>()); });
        return completion.call();
    }
    Call<TableSnapshot> read(const QString &) override
    {
        ColumnStore store;
        RowBatch batch(1);
        for (const QString &mark : std::as_const(marks)) {
            batch.beginRow(1);
            batch.addCell(CellKind::Text, mark.toStdString());
        }
        store.append(chunkFromBatch({QString(markerColumn)}, batch));
        store.setComplete();
        return Call<TableSnapshot>::finished(store.snapshot());
    }

private:
    QObject m_clock;
};

} // namespace

/// What a person is told before and while an upload's rows are taken out of the table one by one.
class TestUploadUndo : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void saysHowLongItTakes()
    {
        const QTemporaryDir dir;
        const auto target = std::make_shared<SlowTarget>();
        const std::shared_ptr<UploadJournal> journal = *UploadJournal::open(dir.path());
        JournalJob job;
        job.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
        job.service = job.account = target->address();
        job.datasetId = QStringLiteral("5");
        job.columns.columns = {{QStringLiteral("n"), ColumnType::Number}};
        job.sourceName = QStringLiteral("rows.csv");
        job.evidence = Evidence::Marker;
        job.rowsPlanned = 3000;
        QVERIFY(journal->addJob(job, {}));
        for (int i = 1; i <= job.rowsPlanned; ++i)
            target->marks.append(QStringLiteral("11111111-1-%1").arg(i));

        QWidget window;
        UploadUndo undo(std::make_unique<UploadRemoval>(UploadTools{target, journal}, job), QStringLiteral("Orders"),
                        &window);
        QStringList told;
        connect(&undo, &UploadUndo::told, this, [&told](const QString &sentence) { told.append(sentence); });
        QSignalSpy ended(&undo, &UploadUndo::ended);
        undo.start();
        QTRY_VERIFY(window.findChild<QMessageBox *>());
        auto *box = window.findChild<QMessageBox *>();
        QVERIFY2(box->text().contains(QStringLiteral("3,000 requests for that: about 5 min at ten requests a second.")),
                 qPrintable(box->text()));
        QCOMPARE(target->marks.size(), 3000);
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        const QRegularExpression left(QStringLiteral("^Deleting: \\d+ of 3,000 rows, about .+ left\\.$"));
        QTRY_VERIFY(!told.isEmpty() && left.match(told.constLast()).hasMatch());
        undo.stop();
        QTRY_COMPARE(ended.size(), 1);
        const qsizetype gone = 3000 - target->marks.size();
        QVERIFY(gone > 1);
        QVERIFY2(told.constLast().contains(QStringLiteral("%1 rows were deleted from “Orders”").arg(gone)),
                 qPrintable(told.constLast()));
    }
};

QTEST_MAIN(TestUploadUndo)
#include "tst_uploadundo.moc"
