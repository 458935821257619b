#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace rowdesk {

struct ApiError;

/// Message boxes, all of them: plain text only. They never block and are for what can't wait or be said in place.
namespace message {

/// Says what went wrong: the error's sentence, its hint below, the request id among the details.
void showProblem(QWidget *parent, const QString &title, const ApiError &error);

/// Says something of weight that has no place in the window.
void showInformation(QWidget *parent, const QString &title, const QString &text, const QString &more = {});

/// Asks for a decision that can't wait. `act` says what is done when it is chosen; Cancel is the default. `dismissed`
/// (may be empty) is called when something else was.
void ask(QWidget *parent, const QString &title, const QString &text, const QString &act, std::function<void()> chosen,
         std::function<void()> dismissed = {});

} // namespace message
} // namespace rowdesk
