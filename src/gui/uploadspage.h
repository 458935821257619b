#pragma once

#include <QElapsedTimer>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <QVector>
#include <QWidget>

class QAction;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace rowdesk {

enum class UploadChoice;
class EmptyState;
class PlainLabel;
class PageFrame;
class UploadCard;
class UploadListModel;
class UploadQueue;
class UploadUndo;
struct ApiError;
struct UnfinishedUpload;

/// Uploads that an earlier run left unfinished, and the uploads of this session: those under way with speed and time
/// left, and what became of the others.
class UploadsPage : public QWidget
{
    Q_OBJECT
public:
    explicit UploadsPage(UploadQueue *queue = nullptr, QWidget *parent = nullptr);
    ~UploadsPage() override;

    /// Shows another queue; null shows none. Not owned. What was shown before is gone.
    void setQueue(UploadQueue *queue);
    /// Offered where there is nothing to show.
    void setImportAction(QAction *action);

    /// Uploads that have not ended, for the number beside the page's name.
    int openCount() const;
    /// Uploads that have not ended, are paused or were left unfinished: what someone should look at.
    int watchCount() const;
    /// "1 upload is not finished: sales.csv → Sales." of those that an earlier run left; empty when there is none.
    QString unfinishedSentence() const;
    /// The upload whose rows are being taken out of its table again; null when none is.
    UploadUndo *undoing() const;
    const UploadListModel *model() const { return m_model; }

signals:
    void openWanted(const QString &datasetId);
    /// An upload of this session is over or has stopped: its title, one word, sentences.
    void uploadEnded(const QString &title, const QString &outcome, const QString &text);
    /// Rows were taken out of it again.
    void tableChanged(const QString &datasetId);
    void openCountChanged(int count);
    void watchCountChanged(int count);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void take(const QString &id);
    void tellEnd(const QString &id);
    void addCard(int row);
    void orderTabs();
    void showNewest();
    void removeCards(int first, int last);
    void cancel(const QString &id);
    void showCount();
    /// The uploads of earlier runs that are not over, each with what can be done about it.
    void showUnfinished();
    void addUnfinished(const UnfinishedUpload &upload);
    void resume(const QString &id);
    void decide(const QString &id, UploadChoice choice);
    void leaveOut(const QString &id);
    void giveUp(const QString &id);
    void showReceipt(const QString &id);
    void saveReceipt(const QString &id);
    void saveLeftOut(const QString &id);
    void undo(const QString &id);
    void endUndo(const QString &id);
    void showProblem(const ApiError &error);
    void refreshOpen();

    UploadQueue *m_queue = nullptr;
    UploadListModel *m_model;
    PageFrame *m_frame;
    QStackedWidget *m_stack;
    EmptyState *m_nothing;
    QScrollArea *m_area;
    QVBoxLayout *m_unfinished;    ///< above the uploads of this session
    PlainLabel *m_journalProblem; ///< shown while the journal can't be used
    QVBoxLayout *m_list;
    QVector<UploadCard *> m_cards; ///< one a row of the model, in its order
    QPointer<UploadCard> m_newest; ///< to be scrolled to
    QPointer<UploadUndo> m_undo;   ///< the one that is under way
    QElapsedTimer m_clock;
    QTimer m_tick; ///< time left and speed move on although no answer comes
    int m_shownCount = 0;
    int m_shownWatched = 0;
    QStringList m_unfinishedTitles;
};

} // namespace rowdesk
