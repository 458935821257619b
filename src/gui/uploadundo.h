#pragma once

#include "models/ratemeter.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

class QWidget;

namespace rowdesk {

struct RemovalReport;
class UploadRemoval;

/// Takes an upload's rows out of its table again as a person does it: counts them, says the number, asks, removes, says
/// what became of them. Owned by whoever shows it; ends the removal when it goes.
class UploadUndo : public QObject
{
    Q_OBJECT
public:
    /// `target`: the table's name.
    UploadUndo(std::unique_ptr<UploadRemoval> removal, QString target, QWidget *parent);
    ~UploadUndo() override;

    const QString &job() const; ///< id of the upload
    /// What is to be known before the program or the account is left while rows are being deleted: how many are gone,
    /// and what becomes of the others. Plain text; empty while none are.
    QString beforeLeaving() const;
    void start();
    /// After the request under way; what is left is then counted.
    void stop();
    /// Rows are being deleted: the upload is no longer what it was.
    bool isRemoving() const;

signals:
    void told(const QString &sentence); ///< what is going on; the last one stays
    void ended();

private:
    void ask();
    void tellProgress();
    void tellEnd();

    std::unique_ptr<UploadRemoval> m_removal;
    QString m_target;
    QWidget *m_parent;
    QElapsedTimer m_clock;
    RateMeter m_rate; ///< rows removed; begins anew after each reading of the table
};

} // namespace rowdesk
