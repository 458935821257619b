#include "gui/uploadspage.h"

#include "gui/emptystate.h"
#include "gui/look.h"
#include "gui/message.h"
#include "gui/pageframe.h"
#include "gui/plainlabel.h"
#include "gui/unfinishedcard.h"
#include "gui/uploadcard.h"
#include "gui/uploadundo.h"
#include "models/uploadlistmodel.h"
#include "models/words.h"
#include "transfer/uploadqueue.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QSaveFile>
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
{
    m_nothing->setText(
        tr("No uploads yet"),
        tr("Import a CSV or Excel file into a table: drop it on the list of datasets or on an open table. Every "
           "upload is listed here with what was sent and what the service confirmed."));
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus); // it scrolls to the button that gets the focus
    auto *content = new QWidget(area);
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

/// Tab goes through the cards as they stand: the newest is on top, and was made last.
void UploadsPage::orderTabs()
{
    QWidget *before = nullptr;
    for (const UploadCard *card : std::as_const(m_cards)) {
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

void UploadsPage::cancel(const QString &id)
{
    if (m_queue)
        m_queue->cancel(id);
}

void UploadsPage::showCount()
{
    const bool isEmpty = m_model->rowCount() == 0 && m_unfinished->count() == 0 && m_journalProblem->isHidden();
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
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

void UploadsPage::showUnfinished()
{
    while (QLayoutItem *item = m_unfinished->takeAt(0)) {
        item->widget()->hide(); // it may be its own button that is being pressed
        item->widget()->deleteLater();
        delete item;
    }
    m_journalProblem->setVisible(false);
    if (m_queue) {
        const Result<QVector<UnfinishedUpload>> unfinished = m_queue->unfinished();
        if (!unfinished) {
            m_journalProblem->setText(unfinished.error().text());
            m_journalProblem->setVisible(true);
        } else {
            for (const UnfinishedUpload &upload : *unfinished) {
                m_model->remove(upload.entry.job); // one upload, one place
                addUnfinished(upload);
            }
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

void UploadsPage::showReceipt(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (!m_queue || row < 0)
        return;
    const Result<Receipt> receipt = m_queue->receipt(id);
    // What never came to the journal has a receipt all the same: nothing was sent.
    m_cards[row]->showReceipt(receipt ? *receipt : m_model->entry(row).receipt);
}

void UploadsPage::saveReceipt(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    auto *dialog = new QFileDialog(this, tr("Save the receipt"), {}, tr("Text (*.txt);;JSON (*.json);;CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1Char('.'));
        dialog->setDefaultSuffix(filter.mid(dot + 1).chopped(1));
    });
    dialog->selectFile(tr("Receipt %1").arg(QFileInfo(m_model->entry(row).sourceName).completeBaseName()));
    connect(dialog, &QFileDialog::fileSelected, this, [this, id](const QString &path) {
        const Result<Receipt> receipt = m_queue ? m_queue->receipt(id) : Result<Receipt>(ApiError{});
        const Result<Done> saved = receipt ? rowdesk::saveReceipt(*receipt, path) : Result<Done>(receipt.error());
        if (!saved)
            return showProblem(saved.error());
        m_model->setNote(id, tr("The receipt was saved as %1.").arg(QDir::toNativeSeparators(path)));
    });
    dialog->open();
}

void UploadsPage::saveLeftOut(const QString &id)
{
    const Result<Receipt> receipt = m_queue ? m_queue->receipt(id) : Result<Receipt>(ApiError{});
    if (!receipt || receipt->leftOutFile.isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the rows that were left out"), {}, tr("CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(tr("%1 left out").arg(QFileInfo(receipt->sourceName).completeBaseName()));
    connect(dialog, &QFileDialog::fileSelected, this, [this, id, from = receipt->leftOutFile](const QString &path) {
        QFile kept(from);
        QSaveFile copy(path);
        const QByteArray rows = kept.open(QIODevice::ReadOnly) ? kept.readAll() : QByteArray();
        if (rows.isEmpty() || !copy.open(QIODevice::WriteOnly) || copy.write(rows) != rows.size() || !copy.commit()) {
            const QString why = rows.isEmpty() ? kept.errorString() : copy.errorString();
            return showProblem({ErrorKind::File, 0, {}, tr("%1 can't be written: %2.").arg(path, why), {}, {}});
        }
        m_model->setNote(id, tr("The rows that were left out are in %1, with line and reason. Repair them there and "
                                "import that file.")
                                 .arg(QDir::toNativeSeparators(path)));
    });
    dialog->open();
}

void UploadsPage::undo(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (!m_queue || row < 0)
        return;
    if (m_undo && m_undo->job() == id)
        return m_undo->stop();
    if (m_undo)
        return m_model->setNote(id, tr("Another upload is being undone. Wait for its end."));
    Result<std::unique_ptr<UploadRemoval>> removal = m_queue->removal(id);
    if (!removal)
        return m_model->setNote(id, tr("This upload can't be undone. %1").arg(removal.error().text()));
    m_undo = new UploadUndo(std::move(removal).value(), Words::oneLine(m_model->entry(row).targetName), this);
    connect(m_queue, &QObject::destroyed, m_undo, &QObject::deleteLater);
    connect(m_undo, &UploadUndo::told, this, [this, id](const QString &sentence) { m_model->setNote(id, sentence); });
    connect(m_undo, &UploadUndo::ended, this, [this, id] {
        m_undo->deleteLater();
        m_undo.clear();
        endUndo(id);
    });
    m_cards[row]->setUndoing(true);
    m_undo->start();
}

void UploadsPage::endUndo(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (!m_queue || row < 0)
        return;
    m_cards[row]->setUndoing(false);
    const Result<Receipt> receipt = m_queue->receipt(id);
    if (!receipt)
        return;
    UploadEntry entry = m_model->entry(row);
    entry.receipt = *receipt;
    m_model->put(entry, m_clock.elapsed());
    if (m_cards[row]->showsReceipt())
        m_cards[row]->showReceipt(*receipt);
    emit tableChanged(entry.receipt.datasetId);
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
