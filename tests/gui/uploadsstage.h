#pragma once

#include "gui/uploadspage.h"

#include "models/uploadlistmodel.h"
#include "support/fakenetworkaccessmanager.h"
#include "transfer/uploadqueue.h"

#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

/// A number of rows with one column, made up as they are asked for.
class CountedSource : public RowSource
{
public:
    explicit CountedSource(qint64 rows) : m_rows(rows) {}
    QStringList columnNames() const override { return {QStringLiteral("n")}; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override
    {
        qsizetype given = 0;
        for (; given < limit && m_given < m_rows; ++given) {
            batch.beginRow(++m_given + 1);
            batch.addCell(CellKind::Text, std::to_string(m_given));
        }
        return given;
    }

private:
    qint64 m_rows;
    qint64 m_given = 0;
};

inline UploadPlan plan(qint64 rows, const QString &table)
{
    UploadPlan plan;
    plan.source = std::make_shared<CountedSource>(rows);
    plan.sourceName = QStringLiteral("numbers.csv");
    plan.target = {{{QStringLiteral("n"), ColumnType::Number}}};
    plan.sourceColumn = {0};
    plan.newTable = {table, {}, plan.target};
    plan.rowsExpected = rows;
    return plan;
}

/// A page on a queue on a service that says what the test wants.
struct UploadsStage
{
    QTemporaryDir dir;
    bool dirSet = qputenv("ROWDESK_DATA_DIR", dir.path().toUtf8());
    FakeNetworkAccessManager network;
    ApiClient client{&network, QUrl(QStringLiteral("http://127.0.0.1:1/"))};
    std::unique_ptr<UploadQueue> queue = std::make_unique<UploadQueue>(DataService(&client));
    UploadsPage page{queue.get()};
    FakeAnswer onRows = FakeAnswer::json("{}");
    std::optional<FakeAnswer> onReading; ///< to every GET
    int rows = 0;                        ///< of the table, as the list tells

    UploadsStage()
    {
        network.respond = [this](const FakeRequest &request) {
            if (request.verb == "GET" && onReading)
                return *onReading;
            if (request.verb == "GET" && request.url.path() == QLatin1String("/data"))
                return FakeAnswer::json(R"([{"id":7,"name":"Numbers","rows":)" + QByteArray::number(rows) + "}]");
            if (request.url.path().endsWith(QLatin1String("/row")))
                rows += int(request.body.count("\"n\""));
            return request.url.path().endsWith(QLatin1String("/row")) ? onRows : FakeAnswer::json(R"({"id":"7"})");
        };
        page.resize(900, 500);
        page.show();
    }
    bool shows(const QString &text) const
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
    /// The question that is being asked; null when none is.
    QMessageBox *box() const { return page.findChild<QMessageBox *>(); }
    void answer(QMessageBox::ButtonRole role) const
    {
        for (QAbstractButton *button : box()->buttons()) {
            if (box()->buttonRole(button) == role)
                return button->click();
        }
        qFatal("the question has no such answer");
    }
    void cancel() const
    {
        QTest::mouseClick(button(QStringLiteral("Cancel")), Qt::LeftButton);
        answer(QMessageBox::AcceptRole);
    }
};

/// Ends the program in the middle of the first batch and starts it again.
inline void dieInTheMiddle(UploadsStage &s)
{
    s.onRows = FakeAnswer::hanging();
    s.queue->add(plan(1200, QStringLiteral("Numbers")));
    QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
    QTRY_COMPARE(s.queue->entries().constFirst().receipt.rowsSent, 500);
    s.queue.reset();
    s.onRows = FakeAnswer::json("{}");
    s.queue = std::make_unique<UploadQueue>(DataService(&s.client));
    s.page.setQueue(s.queue.get());
}

} // namespace rowdesk::test
