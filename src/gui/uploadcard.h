#pragma once

#include "models/uploadwords.h"

#include <QFrame>

class QModelIndex;
class QProgressBar;
class QPushButton;

namespace rowdesk {

class PlainLabel;
class ReceiptPanel;

/// One upload in the list of uploads: what goes where, how far it is, what became of it, its receipt. Draws a row of
/// UploadListModel.
class UploadCard : public QFrame
{
    Q_OBJECT
public:
    explicit UploadCard(QWidget *parent = nullptr);

    void show(const QModelIndex &upload);
    /// The answer to receiptWanted().
    void showReceipt(const Receipt &receipt);
    bool showsReceipt() const;
    /// Offers to stop the undo in place of beginning one: undoWanted() then means that.
    void setUndoing(bool undoing);
    /// Whether its rows are being deleted, which show() then says in place of the outcome.
    void setRemoving(bool removing);

signals:
    void pauseWanted();
    void resumeWanted();
    void cancelWanted();
    void openWanted();
    void receiptWanted();
    void saveReceiptWanted();
    void saveLeftOutWanted();
    void undoWanted();

private:
    QPushButton *addButton(const QString &text, void (UploadCard::*wanted)());
    void build();
    void showButtons(const QModelIndex &upload, const QString &title);
    void showPauseOrContinue(UploadEntry::State state);

    PlainLabel *m_glyph;
    PlainLabel *m_title;
    PlainLabel *m_outcome;
    QProgressBar *m_bar;
    PlainLabel *m_text;
    PlainLabel *m_note;
    QPushButton *m_open;
    QPushButton *m_details; ///< checked while the receipt is shown
    QPushButton *m_pause;
    QPushButton *m_resume;
    QPushButton *m_cancel;
    QPushButton *m_stopUndo; ///< shown while the upload is being undone
    ReceiptPanel *m_receipt;
    bool m_holdsFocus = false; ///< "Open table" keeps the focus for the next of Pause and Continue
    bool m_removing = false;
};

} // namespace rowdesk
