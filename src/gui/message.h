#pragma once

#include <QString>

#include <functional>

class QMessageBox;
class QWidget;

namespace rowdesk {

struct ApiError;

/// Message boxes, all of them: plain text only. They never block and are for what can't wait or be said in place.
namespace message {

/// Says what went wrong: the error's sentence, its hint below, the request id among the details.
void showProblem(QWidget *parent, const QString &title, const ApiError &error);

/// Says something of weight that has no place in the window.
void showInformation(QWidget *parent, const QString &title, const QString &text, const QString &more = {});

/// Asks for a decision that can't wait. `act` says what is done when it is chosen; Cancel is the default, and `keep` is
/// what it says where "Cancel" could be taken for the act. `dismissed` (may be empty) is called when something else was
/// chosen. Gives the box, which is gone once it is closed.
QMessageBox *ask(QWidget *parent, const QString &title, const QString &text, const QString &act,
                 std::function<void()> chosen, std::function<void()> dismissed = {}, const QString &keep = {});

} // namespace message
} // namespace rowdesk
