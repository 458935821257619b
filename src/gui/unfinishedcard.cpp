#include "gui/unfinishedcard.h"

#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/uploadwords.h"
#include "transfer/uploadqueue.h"

#include <QBoxLayout>
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
    const QString reason = upload.reason.isEmpty() ? tr("Rowdesk ended while it was under way.") : upload.reason;
    rows->addWidget(sentence(reason + QLatin1Char(' ') + upload.entry.receipt.summary(), this));
    auto *buttons = new FlowLayout(nullptr, look::near);
    if (upload.question) {
        rows->addWidget(sentence(upload.question->headline, this));
        rows->addWidget(sentence(upload.question->text, this));
        rows->addWidget(sentence(upload.question->warning, this));
        addQuestion(buttons);
    } else {
        QPushButton *go = addButton(buttons, tr("Continue"), tr("Continue the upload %1").arg(title));
        go->setDefault(true);
        connect(go, &QPushButton::clicked, this, &UnfinishedCard::continueWanted);
    }
    QPushButton *end = addButton(buttons, tr("Give up"), tr("Give up the upload %1").arg(title));
    connect(end, &QPushButton::clicked, this, &UnfinishedCard::giveUpWanted);
    rows->addLayout(buttons);
}

void UnfinishedCard::addQuestion(FlowLayout *buttons)
{
    QPushButton *look = addButton(buttons, UploadQuestion::label(UploadChoice::LookAgain), {});
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
