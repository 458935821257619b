#pragma once

#include "transfer/uploadentry.h"

#include <QString>
#include <QVector>

#include <functional>

class QWidget;

namespace rowdesk {

class UploadQueue;

/// What is to be known before the program or the account is left while these run or wait: a line for each that names
/// the file, the table and the rows, and what becomes of it. Plain text; empty when none of them runs or waits.
QString beforeLeaving(const QVector<UploadEntry> &entries);

/// Asks whether to do it although uploads run; going on is the default. The numbers move on while it is asked, and the
/// question goes when nothing runs any more. `act` names what is done, for the button.
void askToLeave(QWidget *parent, UploadQueue *queue, const QString &act, std::function<void()> go);

} // namespace rowdesk
