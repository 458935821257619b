#pragma once

#include "gui/uploadundo.h"
#include "transfer/uploadqueue.h"

#include <QPointer>
#include <QString>
#include <QVector>

#include <functional>

class QMessageBox;
class QWidget;

namespace rowdesk {

/// What a person is about to leave.
enum class Leaving {
    Program, ///< quits
    Account  ///< signs out, or goes to another account
};

/// What runs in an account, and is cut off when it is left.
struct RunningWork
{
    QPointer<UploadQueue> queue; ///< null: no account
    QPointer<UploadUndo> undo;   ///< null: none
    QString account;             ///< as the window names it

    /// Whether any of it would be cut off.
    bool isUnderWay() const;
    /// What is to be known before it is left; empty when nothing is under way.
    QString beforeLeaving(Leaving what) const;
};

/// What is to be known before the program or the account is left while these run or wait: a line for each that names
/// the file, the table and the rows, and what becomes of it. Plain text; empty when none of them runs or waits.
QString beforeLeaving(const QVector<UploadEntry> &entries, Leaving what, const QString &account);

/// Asks whether to do it although something is under way; letting it go on is the default. The numbers move on while it
/// is asked, and the question goes when nothing runs any more. `act` names what is done, for the button.
void askToLeave(QWidget *parent, const RunningWork &work, Leaving what, const QString &act, std::function<void()> go);

/// Keeps what a question says about the work up to date: `before`, then the work. Without `before` the question goes
/// when nothing is under way any more.
void tellWhileAsked(QMessageBox *box, const RunningWork &work, Leaving what, const QString &before = {});

} // namespace rowdesk
