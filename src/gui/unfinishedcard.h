#pragma once

#include "transfer/uploadquestion.h"

#include <QFrame>

class QPushButton;
class QVBoxLayout;

namespace rowdesk {

class FlowLayout;
struct Receipt;
struct UnfinishedUpload;

/// An upload that was cut off or stopped half-way: what is in the table, what nobody knows, and what can be done.
/// Nothing of it is sent until a button is pressed.
class UnfinishedCard : public QFrame
{
    Q_OBJECT
public:
    explicit UnfinishedCard(const UnfinishedUpload &upload, QWidget *parent = nullptr);

signals:
    /// Goes on with it: looks at the table first where something is unknown.
    void continueWanted();
    void giveUpWanted();
    void openWanted();                ///< the table, once it is known to exist
    void chosen(UploadChoice choice); ///< never LookAgain

private:
    void addAccount(QVBoxLayout *rows, const UnfinishedUpload &upload);
    static QString lookText(bool wasLookedAt);
    static QString whatLookingDoes(const QString &button, const Receipt &receipt);
    void addQuestion(FlowLayout *buttons, const QString &lookText);
    QPushButton *addButton(FlowLayout *buttons, const QString &text, const QString &name);
};

} // namespace rowdesk
