#include "gui/message.h"

#include "core/result.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

namespace rowdesk::message {

namespace {

QMessageBox *make(QWidget *parent, QMessageBox::Icon picture, const QString &title, const QString &text,
                  const QString &more, QMessageBox::StandardButton button)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(picture);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText);
    box->setText(text);
    box->setInformativeText(more);
    box->setStandardButtons(button);
    // The box has a format for its text alone; the label of the informative text would guess.
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    return box;
}

} // namespace

void showProblem(QWidget *parent, const QString &title, const ApiError &error)
{
    QString more = error.hint;
    if (!error.requestId.isEmpty())
        more += (more.isEmpty() ? QString() : QStringLiteral("\n")) +
                QMessageBox::tr("Request id: %1").arg(error.requestId);
    make(parent, QMessageBox::Warning, title, error.message, more, QMessageBox::Close)->open();
}

void showInformation(QWidget *parent, const QString &title, const QString &text, const QString &more)
{
    make(parent, QMessageBox::NoIcon, title, text, more, QMessageBox::Close)->open();
}

QMessageBox *ask(QWidget *parent, const QString &title, const QString &text, const QString &act,
                 std::function<void()> chosen, std::function<void()> dismissed, const QString &keep)
{
    QMessageBox *box = make(parent, QMessageBox::Question, title, text, {}, QMessageBox::Cancel);
    const QPushButton *yes = box->addButton(act, QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    if (!keep.isEmpty()) {
        box->button(QMessageBox::Cancel)->setText(keep);
        box->button(QMessageBox::Cancel)->setIcon({}); // some styles cross it out
    }
    // To the parent, not the box: what was chosen may end the window that the box stands on.
    QObject::connect(yes, &QPushButton::clicked, parent, std::move(chosen), Qt::QueuedConnection);
    QObject::connect(box, &QDialog::finished, parent, [box, yes, dismissed = std::move(dismissed)] {
        if (dismissed && box->clickedButton() != yes)
            dismissed();
    });
    box->open();
    return box;
}

} // namespace rowdesk::message
