#include "gui/uploadspage.h"

#include "gui/emptystate.h"
#include "gui/look.h"
#include "gui/pageframe.h"
#include "gui/uploadcard.h"
#include "models/uploadlistmodel.h"
#include "transfer/uploadqueue.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>

namespace rowdesk {
namespace {

constexpr int tickMsec = 1000;

} // namespace

UploadsPage::UploadsPage(UploadQueue *queue, QWidget *parent)
    : QWidget(parent)
    , m_model(new UploadListModel(this))
    , m_frame(new PageFrame(tr("Uploads"), this))
    , m_stack(new QStackedWidget(this))
    , m_nothing(new EmptyState(this))
{
    m_nothing->setText(
        tr("No uploads in this session"),
        tr("Import a CSV or Excel file into a table: drop it on the list of datasets or on an open table. Every "
           "upload is listed here with what was sent and what the service confirmed."));
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget(area);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    m_list = new QVBoxLayout;
    m_list->setSpacing(look::near);
    rows->addLayout(m_list);
    rows->addStretch();
    area->setWidget(content);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(area);
    m_frame->setContent(m_stack);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_frame);

    connect(m_model, &UploadListModel::rowsInserted, this, [this](const QModelIndex &, int first) { addCard(first); });
    connect(m_model, &UploadListModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { removeCards(first, last); });
    connect(m_model, &UploadListModel::dataChanged, this,
            [this](const QModelIndex &index) { m_cards[index.row()]->show(index); });
    m_tick.setInterval(tickMsec);
    connect(&m_tick, &QTimer::timeout, this, &UploadsPage::refreshOpen);
    m_clock.start();
    setQueue(queue);
}

UploadsPage::~UploadsPage() = default;

void UploadsPage::setQueue(UploadQueue *queue)
{
    if (m_queue)
        m_queue->disconnect(this);
    m_model->clear();
    m_queue = queue;
    if (queue) {
        connect(queue, &UploadQueue::changed, this, &UploadsPage::take);
        connect(queue, &UploadQueue::finished, this, &UploadsPage::take);
        connect(queue, &QObject::destroyed, this, [this] {
            m_queue = nullptr; // its signals are gone with it
            setQueue(nullptr);
        });
        for (const UploadEntry &entry : queue->entries())
            take(entry.job);
    }
    showCount();
}

void UploadsPage::setImportAction(QAction *action)
{
    m_nothing->addStateAction(action);
}

int UploadsPage::openCount() const
{
    return m_model->openCount();
}

void UploadsPage::take(const QString &id)
{
    std::optional<UploadEntry> entry = m_queue->entry(id);
    if (!entry)
        return;
    // A table that the upload made had no row before it.
    if (entry->createsTable && !entry->receipt.datasetId.isEmpty())
        entry->rowsBefore = 0;
    m_model->put(*entry, m_clock.elapsed());
    showCount();
}

void UploadsPage::addCard(int row)
{
    auto *card = new UploadCard(this);
    m_list->insertWidget(row, card);
    m_cards.insert(row, card);
    const QString id = m_model->entry(row).job;
    card->show(m_model->index(row));
    card->setVisible(true);
    connect(card, &UploadCard::cancelWanted, this, [this, id] { cancel(id); });
    connect(card, &UploadCard::openWanted, this, [this, id] {
        if (const int now = m_model->rowOf(id); now >= 0)
            emit openWanted(m_model->entry(now).receipt.datasetId);
    });
}

void UploadsPage::removeCards(int first, int last)
{
    for (int row = last; row >= first; --row)
        m_cards.takeAt(row)->deleteLater();
}

void UploadsPage::cancel(const QString &id)
{
    if (m_queue)
        m_queue->cancel(id);
}

void UploadsPage::showCount()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    const int open = m_model->openCount();
    if (open > 0 && !m_tick.isActive())
        m_tick.start();
    else if (open == 0)
        m_tick.stop();
    if (open == m_shownCount)
        return;
    m_shownCount = open;
    emit openCountChanged(open);
}

void UploadsPage::refreshOpen()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->entry(row).state != UploadEntry::State::Ended)
            take(m_model->entry(row).job);
    }
}

} // namespace rowdesk
