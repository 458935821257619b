#include "gui/uploadcard.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "gui/receiptpanel.h"
#include "models/uploadlistmodel.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <utility>

namespace rowdesk {
namespace {

constexpr int glyphSize = 22;

Icon glyphOf(UploadOutcome outcome)
{
    switch (outcome) {
    case UploadOutcome::Complete:
        return Icon::Check;
    case UploadOutcome::Unknown:
    case UploadOutcome::Differs:
        return Icon::Warning;
    case UploadOutcome::Stopped:
        return Icon::Error;
    case UploadOutcome::PartlyUndone:
    case UploadOutcome::Undone:
        return Icon::Back;
    case UploadOutcome::Waiting:
    case UploadOutcome::Preparing:
    case UploadOutcome::Running:
    case UploadOutcome::Stopping:
    case UploadOutcome::Paused:
        break;
    }
    return Icon::Upload;
}

} // namespace

UploadCard::UploadCard(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new PlainLabel(this))
    , m_title(new PlainLabel(this))
    , m_outcome(new PlainLabel(QString(), PlainLabel::Weight::Quiet, this))
    , m_bar(new QProgressBar(this))
    , m_text(new PlainLabel(this))
    , m_note(new PlainLabel(this))
    , m_open(addButton(tr("Open table"), &UploadCard::openWanted))
    , m_details(new QPushButton(tr("Receipt"), this))
    , m_pause(addButton(tr("Pause"), &UploadCard::pauseWanted))
    , m_resume(addButton(tr("Continue"), &UploadCard::resumeWanted))
    , m_cancel(addButton(tr("Cancel"), &UploadCard::cancelWanted))
    , m_stopUndo(addButton(tr("Stop undo"), &UploadCard::undoWanted))
    , m_receipt(new ReceiptPanel(this)) // below the buttons: Tab goes through it after them
{
    setFrameShape(QFrame::StyledPanel);
    build();
    m_details->setCheckable(true);
    m_details->setAutoDefault(false);
    connect(m_details, &QPushButton::toggled, this, [this](bool shown) {
        m_receipt->setVisible(false);
        if (shown)
            emit receiptWanted();
    });
    connect(m_receipt, &ReceiptPanel::saveWanted, this, &UploadCard::saveReceiptWanted);
    connect(m_receipt, &ReceiptPanel::saveLeftOutWanted, this, &UploadCard::saveLeftOutWanted);
    connect(m_receipt, &ReceiptPanel::undoWanted, this, &UploadCard::undoWanted);
}

QPushButton *UploadCard::addButton(const QString &text, void (UploadCard::*wanted)())
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, wanted);
    return button;
}

void UploadCard::build()
{
    for (PlainLabel *label : {m_title, m_text, m_note})
        label->setWordWrap(true);
    for (PlainLabel *label : {m_text, m_note})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(look::near);
    m_receipt->setVisible(false);
    m_stopUndo->setVisible(false);

    auto *head = new QHBoxLayout;
    head->setSpacing(look::near);
    head->addWidget(m_glyph);
    head->addWidget(m_title, 1);
    head->addWidget(m_outcome);
    head->addSpacing(look::near);
    for (QPushButton *button : {m_open, m_details, m_pause, m_resume, m_cancel, m_stopUndo})
        head->addWidget(button);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::gap, look::near, look::gap, look::near);
    rows->setSpacing(look::hair);
    rows->addLayout(head);
    rows->addWidget(m_bar);
    rows->addWidget(m_text);
    rows->addWidget(m_note);
    rows->addWidget(m_receipt);
}

void UploadCard::show(const QModelIndex &upload)
{
    const auto outcome = UploadOutcome(upload.data(UploadListModel::OutcomeRole).toInt());
    const QString title = upload.data(Qt::DisplayRole).toString();
    const QString result = upload.data(UploadListModel::ResultRole).toString();
    const QString note = upload.data(UploadListModel::NoteRole).toString();
    const int percent = upload.data(UploadListModel::PercentRole).toInt();

    const Icon glyph = m_removing ? Icon::Back : glyphOf(outcome);
    m_glyph->setPixmap(icon(glyph).pixmap(QSize(glyphSize, glyphSize), devicePixelRatioF()));
    m_title->setText(title);
    m_outcome->setText(m_removing ? tr("Being undone") : upload.data(UploadListModel::OutcomeTextRole).toString());
    m_bar->setVisible(result.isEmpty());
    m_bar->setRange(0, percent < 0 ? 0 : 100); // without a known total the bar only says that something is going on
    m_bar->setValue(std::max(0, percent));
    m_bar->setAccessibleName(tr("Progress of %1").arg(title));
    m_text->setText(result.isEmpty() ? upload.data(UploadListModel::ProgressRole).toString() : result);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    showButtons(upload, title);
    setAccessibleName(title);
}

void UploadCard::showButtons(const QModelIndex &upload, const QString &title)
{
    const auto state = UploadEntry::State(upload.data(UploadListModel::StateRole).toInt());
    const bool ended = state == UploadEntry::State::Ended;
    m_open->setVisible(!upload.data(UploadListModel::DatasetRole).toString().isEmpty());
    m_details->setVisible(ended);
    showPauseOrContinue(state);
    m_cancel->setVisible(!ended);
    m_cancel->setEnabled(state != UploadEntry::State::Stopping);
    m_open->setAccessibleName(tr("Open the table of the upload %1").arg(title));
    m_details->setAccessibleName(tr("Receipt of the upload %1").arg(title));
    m_pause->setAccessibleName(tr("Pause the upload %1").arg(title));
    m_resume->setAccessibleName(tr("Continue the upload %1").arg(title));
    m_cancel->setAccessibleName(tr("Cancel the upload %1").arg(title));
    m_stopUndo->setAccessibleName(tr("Stop the undo of the upload %1").arg(title));
}

/// One takes the other's place, and its focus: a key that is pressed once more must not meet Cancel.
void UploadCard::showPauseOrContinue(UploadEntry::State state)
{
    m_holdsFocus = m_pause->hasFocus() || m_resume->hasFocus() || (m_holdsFocus && m_open->hasFocus());
    QPushButton *shown = state == UploadEntry::State::Running  ? m_pause
                         : state == UploadEntry::State::Paused ? m_resume
                                                               : nullptr;
    if (shown)
        shown->show();
    if (m_holdsFocus)
        (shown ? shown : m_open)->setFocus();
    for (QPushButton *button : {m_pause, m_resume})
        button->setVisible(button == shown);
}

void UploadCard::showReceipt(const Receipt &receipt)
{
    m_receipt->show(receipt);
}

void UploadCard::setUndoing(bool undoing)
{
    if (window()->focusWidget() == m_stopUndo && !undoing)
        m_details->setFocus(); // a key that is pressed once more only opens or closes the receipt
    m_stopUndo->setVisible(undoing);
    m_receipt->setUndoing(undoing);
}

void UploadCard::setRemoving(bool removing)
{
    if (std::exchange(m_removing, removing) != removing && showsReceipt())
        emit receiptWanted(); // it is not true any more
}

bool UploadCard::showsReceipt() const
{
    return m_details->isChecked();
}

} // namespace rowdesk
