#include "gui/message.h"

#include "core/result.h"

#include <QLabel>
#include <QMessageBox>

namespace rowdesk::message {

namespace {

void open(QWidget *parent, QMessageBox::Icon picture, const QString &title, const QString &text, const QString &more)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(picture);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText);
    box->setText(text);
    box->setInformativeText(more);
    box->setStandardButtons(QMessageBox::Close);
    // The box has a format for its text alone; the label of the informative text would guess.
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    box->open();
}

} // namespace

void showProblem(QWidget *parent, const QString &title, const ApiError &error)
{
    QString more = error.hint;
    if (!error.requestId.isEmpty())
        more += (more.isEmpty() ? QString() : QStringLiteral("\n")) +
                QMessageBox::tr("Request id: %1").arg(error.requestId);
    open(parent, QMessageBox::Warning, title, error.message, more);
}

void showInformation(QWidget *parent, const QString &title, const QString &text, const QString &more)
{
    open(parent, QMessageBox::NoIcon, title, text, more);
}

} // namespace rowdesk::message
