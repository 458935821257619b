// What can be done with an upload that is over: its receipt, the rows it left out, taking it back.
#include "core/wholefile.h"
#include "gui/uploadcard.h"
#include "gui/uploadspage.h"
#include "gui/uploadundo.h"
#include "models/uploadlistmodel.h"
#include "models/words.h"
#include "transfer/uploadqueue.h"

#include <QDir>
#include <QFileDialog>
#include <QSaveFile>

namespace rowdesk {

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
        if (rows.isEmpty() || !copy.open(QIODevice::WriteOnly) || copy.write(rows) != rows.size() ||
            !commitWhole(copy)) {
            const QString why = rows.isEmpty() ? kept.errorString() : copy.errorString();
            return showProblem({ErrorKind::File, 0, {}, tr("%1 can't be written: %2.").arg(path, why), {}, {}});
        }
        m_model->setNote(id, tr("The rows that were left out are in %1, with line and reason. Repair them there and "
                                "import that file.")
                                 .arg(QDir::toNativeSeparators(path)));
    });
    dialog->open();
}

UploadUndo *UploadsPage::undoing() const
{
    return m_undo;
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
    connect(m_undo, &UploadUndo::told, this, [this, id](const QString &sentence) {
        if (const int now = m_model->rowOf(id); now >= 0)
            m_cards[now]->setRemoving(m_undo->isRemoving());
        m_model->setNote(id, sentence);
    });
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

} // namespace rowdesk
