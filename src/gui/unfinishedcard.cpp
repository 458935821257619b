#include "gui/unfinishedcard.h"

#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/uploadwords.h"
#include "models/words.h"
#include "transfer/uploadqueue.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QPushButton>

namespace rowdesk {
namespace {

constexpr int glyphSize = 22;

PlainLabel *sentence(const QString &text, QWidget *parent)
{
    auto *label = new PlainLabel(text, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

UnfinishedCard::UnfinishedCard(const UnfinishedUpload &upload, QWidget *parent) : QFrame(parent)
{
    setFrameShape(QFrame::StyledPanel);
    const QString title = tr("Not finished: %1").arg(UploadWords::title(upload.entry));
    setAccessibleName(title);
    auto *glyph = new PlainLabel(this);
    glyph->setPixmap(icon(Icon::Warning).pixmap(QSize(glyphSize, glyphSize), devicePixelRatioF()));
    auto *head = new QHBoxLayout;
    head->setSpacing(look::near);
    head->addWidget(glyph);
    head->addWidget(sentence(title, this), 1);

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::gap, look::near, look::gap, look::near);
    rows->setSpacing(look::hair);
    rows->addLayout(head);
    const QString reason =
        upload.reason.isEmpty() ? tr("Rowdesk ended, or the account was left, while it was under way.") : upload.reason;
    rows->addWidget(sentence(reason, this));
    addAccount(rows, upload);
    auto *buttons = new FlowLayout(nullptr, look::near);
    if (upload.question) {
        const UploadQuestion &asked = *upload.question;
        const bool wasLookedAt = asked.looks > 0;
        for (const QString &text : {asked.headline + QLatin1Char(' ') + asked.text, asked.warning,
                                    whatLookingDoes(lookText(wasLookedAt), upload.entry.receipt)})
            rows->addWidget(sentence(text, this));
        addQuestion(buttons, lookText(wasLookedAt));
    } else {
        rows->addWidget(sentence(tr("Nothing is sent until you continue."), this));
        QPushButton *go = addButton(buttons, tr("Continue"), tr("Continue the upload %1").arg(title));
        go->setDefault(true);
        connect(go, &QPushButton::clicked, this, &UnfinishedCard::continueWanted);
    }
    if (!upload.entry.receipt.datasetId.isEmpty()) {
        QPushButton *open = addButton(buttons, tr("Open table"), tr("Open the table of the upload %1").arg(title));
        connect(open, &QPushButton::clicked, this, &UnfinishedCard::openWanted);
    }
    QPushButton *end = addButton(buttons, tr("Give up"), tr("Give up the upload %1").arg(title));
    connect(end, &QPushButton::clicked, this, &UnfinishedCard::giveUpWanted);
    rows->addLayout(buttons);
}

/// What is in the table, what nobody knows, what was not sent: a line each.
void UnfinishedCard::addAccount(QVBoxLayout *rows, const UnfinishedUpload &upload)
{
    const Receipt &receipt = upload.entry.receipt;
    const QString target = Words::oneLine(upload.entry.targetName);
    const auto line = [](qint64 count, const QVector<RowRange> &ranges) {
        const QString which = UploadWords::ranges(ranges);
        return which.isEmpty() ? Words::rows(count) : tr("%1: %2").arg(Words::rows(count), which);
    };
    const qint64 rest = receipt.rowsRead - receipt.rowsConfirmed - receipt.rowsSkipped - receipt.rowsUnknown;
    auto *account = new QFormLayout;
    account->setVerticalSpacing(look::hair);
    account->setHorizontalSpacing(look::gap);
    const auto add = [&](const QString &name, const QString &value) {
        account->addRow(new PlainLabel(name, PlainLabel::Weight::Quiet, this), sentence(value, this));
    };
    QString in = line(receipt.rowsConfirmed, receipt.inTable);
    if (upload.entry.createsTable && receipt.datasetId.isEmpty())
        in = tr("whether this table was created is not known");
    else if (upload.entry.createsTable && receipt.rowsConfirmed == 0)
        in = receipt.rowsUnknown > 0 ? tr("the table was created; no row is known to be in it yet")
                                     : tr("the table was created and is empty");
    add(tr("In “%1”").arg(target), in);
    if (receipt.rowsUnknown > 0)
        add(tr("Unknown"), line(receipt.rowsUnknown, receipt.unknown) + tr(" (sent, but no answer came back)"));
    if (rest > 0)
        add(tr("Not sent"), line(rest, receipt.notSent));
    if (receipt.rowsSkipped > 0)
        add(tr("Left out"), Words::rows(receipt.rowsSkipped));
    rows->addLayout(account);
}

QString UnfinishedCard::lookText(bool wasLookedAt)
{
    return wasLookedAt ? UploadQuestion::label(UploadChoice::LookAgain) : tr("Look at the table");
}

/// A look that tells is the end of the question: the upload then goes on without another word.
QString UnfinishedCard::whatLookingDoes(const QString &button, const Receipt &receipt)
{
    const qint64 most = receipt.rowsRead - receipt.rowsConfirmed - receipt.rowsSkipped;
    QString text = tr("Nothing is sent until you choose. “%1” reads the table first. When that tells which of these "
                      "rows are there, the upload goes on by itself and sends those that are not in the table: at most "
                      "%2. When it does not tell, nothing is sent.")
                       .arg(button, Words::rows(most));
    if (const qint64 rest = most - receipt.rowsUnknown; rest > 0) {
        text +=
            QLatin1Char(' ') +
            (rest == 1
                 ? tr("Each of the next three answers goes on with the row that was not sent.")
                 : tr("Each of the next three answers goes on with the %1 that were not sent.").arg(Words::rows(rest)));
    }
    return text;
}

void UnfinishedCard::addQuestion(FlowLayout *buttons, const QString &lookText)
{
    QPushButton *look = addButton(buttons, lookText, {});
    look->setDefault(true);
    connect(look, &QPushButton::clicked, this, &UnfinishedCard::continueWanted);
    for (const UploadChoice choice : {UploadChoice::TheyAreThere, UploadChoice::SendAgain, UploadChoice::LeaveOut}) {
        QPushButton *button = addButton(buttons, UploadQuestion::label(choice), {});
        connect(button, &QPushButton::clicked, this, [this, choice] { emit chosen(choice); });
    }
}

QPushButton *UnfinishedCard::addButton(FlowLayout *buttons, const QString &text, const QString &name)
{
    auto *button = new QPushButton(text, this);
    button->setAccessibleName(name.isEmpty() ? text : name);
    button->setAutoDefault(false);
    buttons->addWidget(button);
    return button;
}

} // namespace rowdesk
