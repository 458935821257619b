#include "gui/uploadspage.h"

#include "gui/emptystate.h"
#include "gui/look.h"
#include "gui/message.h"
#include "gui/pageframe.h"
#include "gui/plainlabel.h"
#include "gui/unfinishedcard.h"
#include "gui/uploadcard.h"
#include "models/uploadlistmodel.h"
#include "models/words.h"
#include "transfer/uploadqueue.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QMessageBox>
#include <QScrollArea>
#include <QStackedWidget>

namespace rowdesk {
namespace {

constexpr int tickMsec = 1000;
constexpr int mostEarlier = 50; ///< uploads of earlier runs that are listed

} // namespace

UploadsPage::UploadsPage(UploadQueue *queue, QWidget *parent)
    : QWidget(parent)
    , m_model(new UploadListModel(this))
    , m_frame(new PageFrame(tr("Uploads"), this))
    , m_stack(new QStackedWidget(this))
    , m_nothing(new EmptyState(this))
    , m_area(new QScrollArea(this))
{
    m_nothing->setText(
        tr("No uploads yet"),
        tr("Import a CSV or Excel file into a table: drop it on the list of datasets or on an open table. Every "
           "upload is listed here with what was sent and what the service confirmed."));
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus); // it scrolls to the button that gets the focus
    auto *content = new QWidget(m_area);
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    m_journalProblem = new PlainLabel(content);
    m_journalProblem->setWordWrap(true);
    m_journalProblem->setVisible(false);
    rows->addWidget(m_journalProblem);
    m_unfinished = new QVBoxLayout;
    m_unfinished->setSpacing(look::near);
    rows->addLayout(m_unfinished);
    m_list = new QVBoxLayout;
    m_list->setSpacing(look::near);
    rows->addLayout(m_list);
    rows->addStretch();
    m_area->setWidget(content);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_area);
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
        connect(queue, &UploadQueue::finished, this, [this](const QString &id) {
            take(id);
            tellEnd(id);
            showUnfinished();
        });
        connect(queue, &QObject::destroyed, this, [this] {
            m_queue = nullptr; // its signals are gone with it
            setQueue(nullptr);
        });
        // The newest is put in last: it goes to the top.
        const QVector<UploadEntry> earlier = queue->earlier(mostEarlier);
        for (auto entry = earlier.crbegin(); entry != earlier.crend(); ++entry)
            m_model->put(*entry, m_clock.elapsed());
        for (const UploadEntry &entry : queue->entries())
            take(entry.job);
    }
    showUnfinished();
    m_newest.clear(); // what was there before is no news
}

void UploadsPage::setImportAction(QAction *action)
{
    m_nothing->addStateAction(action);
}

int UploadsPage::openCount() const
{
    return m_model->openCount();
}

int UploadsPage::watchCount() const
{
    int count = int(m_unfinishedTitles.size());
    for (int row = 0; row < m_model->rowCount(); ++row)
        count += m_model->entry(row).state != UploadEntry::State::Ended;
    return count;
}

QString UploadsPage::unfinishedSentence() const
{
    if (m_unfinishedTitles.isEmpty())
        return {};
    const QString &first = m_unfinishedTitles.constFirst();
    const qsizetype others = m_unfinishedTitles.size() - 1;
    if (others == 0)
        return tr("1 upload is not finished: %1.").arg(first);
    return tr("%1 uploads are not finished: %2 and %3.")
        .arg(Words::number(others + 1), first, others == 1 ? tr("1 other") : tr("%1 others").arg(others));
}

void UploadsPage::take(const QString &id)
{
    const std::optional<UploadEntry> entry = m_queue->entry(id);
    if (!entry)
        return;
    m_model->put(*entry, m_clock.elapsed());
    showCount();
}

void UploadsPage::tellEnd(const QString &id)
{
    const QModelIndex upload = m_model->index(m_model->rowOf(id));
    if (!upload.isValid() || m_model->entry(upload.row()).state == UploadEntry::State::Paused)
        return;
    emit uploadEnded(upload.data().toString(), upload.data(UploadListModel::OutcomeTextRole).toString(),
                     upload.data(UploadListModel::ResultRole).toString());
}

void UploadsPage::addCard(int row)
{
    auto *card = new UploadCard(this);
    m_list->insertWidget(row, card);
    m_cards.insert(row, card);
    const QString id = m_model->entry(row).job;
    card->show(m_model->index(row));
    card->setVisible(true);
    orderTabs();
    m_newest = card;
    QTimer::singleShot(0, this, &UploadsPage::showNewest); // once it has its place
    connect(card, &UploadCard::cancelWanted, this, [this, id] { cancel(id); });
    connect(card, &UploadCard::pauseWanted, this, [this, id] {
        if (m_queue)
            m_queue->pause(id);
    });
    connect(card, &UploadCard::resumeWanted, this, [this, id] { resume(id); });
    connect(card, &UploadCard::receiptWanted, this, [this, id] { showReceipt(id); });
    connect(card, &UploadCard::saveReceiptWanted, this, [this, id] { saveReceipt(id); });
    connect(card, &UploadCard::saveLeftOutWanted, this, [this, id] { saveLeftOut(id); });
    connect(card, &UploadCard::undoWanted, this, [this, id] { undo(id); });
    connect(card, &UploadCard::openWanted, this, [this, id] {
        if (const int now = m_model->rowOf(id); now >= 0)
            emit openWanted(m_model->entry(now).receipt.datasetId);
    });
}

/// Someone has just begun this upload: the page may be scrolled to where it can't be seen.
void UploadsPage::showNewest()
{
    if (!m_newest || !isVisible())
        return;
    m_area->widget()->layout()->activate();
    m_area->ensureWidgetVisible(m_newest, 0, look::near);
    m_newest.clear();
}

void UploadsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    QTimer::singleShot(0, this, &UploadsPage::showNewest);
}

/// Tab goes through the cards as they stand: the newest is on top, and was made last.
void UploadsPage::orderTabs()
{
    QVector<QWidget *> cards;
    for (int i = 0; i < m_unfinished->count(); ++i)
        cards.append(m_unfinished->itemAt(i)->widget());
    for (UploadCard *card : std::as_const(m_cards))
        cards.append(card);
    QWidget *before = nullptr;
    for (const QWidget *card : std::as_const(cards)) {
        for (QWidget *widget : card->findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus))
                continue;
            if (before)
                setTabOrder(before, widget);
            before = widget;
        }
    }
}

void UploadsPage::removeCards(int first, int last)
{
    for (int row = last; row >= first; --row)
        m_cards.takeAt(row)->deleteLater();
}

/// What is cancelled can't be continued. Where nothing was sent yet nothing is lost by it.
void UploadsPage::cancel(const QString &id)
{
    const std::optional<UploadEntry> entry = m_queue ? m_queue->entry(id) : std::nullopt;
    if (!entry)
        return;
    if (entry->state == UploadEntry::State::Waiting)
        return m_queue->cancel(id);
    QMessageBox *box = message::ask(
        this, tr("Cancel upload"), UploadWords::beforeCancel(*entry), tr("Cancel upload"),
        [this, id] {
            if (m_queue)
                m_queue->cancel(id);
        },
        {}, entry->state == UploadEntry::State::Paused ? tr("Keep paused") : tr("Go on uploading"));
    // It goes on while it is asked, and may come to its end.
    connect(m_queue, &UploadQueue::changed, box, [this, box, id](const QString &changed) {
        const std::optional<UploadEntry> now = changed == id ? m_queue->entry(id) : std::nullopt;
        if (now && now->state == UploadEntry::State::Running)
            box->setText(UploadWords::beforeCancel(*now));
    });
    connect(m_queue, &UploadQueue::finished, box, [box, id](const QString &ended) {
        if (ended == id)
            box->reject();
    });
    connect(m_queue, &QObject::destroyed, box, &QDialog::reject);
}

void UploadsPage::showCount()
{
    const bool isEmpty = m_model->rowCount() == 0 && m_unfinished->count() == 0 && m_journalProblem->isHidden();
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    const int open = m_model->openCount();
    const int watched = watchCount();
    if (std::exchange(m_shownWatched, watched) != watched)
        emit watchCountChanged(watched);
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

void UploadsPage::showUnfinished()
{
    while (QLayoutItem *item = m_unfinished->takeAt(0)) {
        item->widget()->hide(); // it may be its own button that is being pressed
        item->widget()->deleteLater();
        delete item;
    }
    m_journalProblem->setVisible(false);
    m_unfinishedTitles.clear();
    if (m_queue) {
        const Result<QVector<UnfinishedUpload>> unfinished = m_queue->unfinished();
        if (!unfinished) {
            m_journalProblem->setText(unfinished.error().text());
            m_journalProblem->setVisible(true);
        } else {
            for (const UnfinishedUpload &upload : *unfinished) {
                m_model->remove(upload.entry.job); // one upload, one place
                addUnfinished(upload);
                m_unfinishedTitles.append(UploadWords::title(upload.entry));
            }
            orderTabs();
        }
    }
    showCount();
}

void UploadsPage::addUnfinished(const UnfinishedUpload &upload)
{
    auto *card = new UnfinishedCard(upload, this);
    m_unfinished->addWidget(card);
    const QString id = upload.entry.job;
    connect(card, &UnfinishedCard::continueWanted, this, [this, id] { resume(id); });
    connect(card, &UnfinishedCard::openWanted, this,
            [this, table = upload.entry.receipt.datasetId] { emit openWanted(table); });
    connect(card, &UnfinishedCard::chosen, this, [this, id](UploadChoice choice) {
        if (choice == UploadChoice::LeaveOut)
            leaveOut(id);
        else
            decide(id, choice);
    });
    connect(card, &UnfinishedCard::giveUpWanted, this, [this, id] {
        message::ask(this, tr("Give up upload"),
                     tr("What is in the table stays there. The rows that were not sent will not be sent."),
                     tr("Give up"), [this, id] { giveUp(id); });
    });
}

void UploadsPage::resume(const QString &id)
{
    if (!m_queue)
        return;
    m_queue->resume(id);
    showUnfinished();
}

void UploadsPage::decide(const QString &id, UploadChoice choice)
{
    if (!m_queue)
        return;
    if (const Result<Done> decided = m_queue->decide(id, choice); !decided)
        return showProblem(decided.error());
    resume(id);
}

/// The rows are kept in a file before they are left out: nowhere else would they be found again.
void UploadsPage::leaveOut(const QString &id)
{
    auto *dialog = new QFileDialog(this, tr("Save the rows that are left out"), {}, tr("CSV (*.csv);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString &path) {
        if (!m_queue)
            return;
        if (const Result<Done> saved = m_queue->saveRowsInQuestion(id, path); !saved)
            return showProblem(saved.error());
        decide(id, UploadChoice::LeaveOut);
    });
    dialog->open();
}

void UploadsPage::giveUp(const QString &id)
{
    if (!m_queue)
        return;
    if (const Result<Done> done = m_queue->giveUp(id); !done)
        showProblem(done.error());
    showUnfinished();
}

void UploadsPage::showProblem(const ApiError &error)
{
    message::showProblem(this, tr("Uploads"), error);
}

} // namespace rowdesk
