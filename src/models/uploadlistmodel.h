#pragma once

#include "models/uploadwords.h"

#include <QAbstractListModel>

#include <vector>

namespace rowdesk {

/// The uploads of this session, newest first. Dumb: it is told what is so and puts it into words.
class UploadListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        JobRole = Qt::UserRole, ///< QString
        OutcomeRole,            ///< int made from UploadOutcome
        OutcomeTextRole,        ///< one word
        PercentRole,            ///< 0 to 100, -1 unknown
        ProgressRole,           ///< a line while it runs
        ResultRole,             ///< sentences once it has ended
        DatasetRole,            ///< QString: id of the table once it is known to exist
        StateRole,              ///< int made from UploadEntry::State
        NoteRole                ///< setNote()
    };

    using QAbstractListModel::QAbstractListModel;

    /// Adds an upload, or replaces what is known of the one with this job id. `msec` is a monotonic time; it gives
    /// speed.
    void put(const UploadEntry &entry, qint64 msec);
    /// Forgets an ended upload.
    void remove(const QString &job);
    /// A line below the upload's own, about something that is being done with it; empty: none.
    void setNote(const QString &job, const QString &note);
    /// Forgets all of them.
    void clear();

    const UploadEntry &entry(int row) const { return m_rows[size_t(row)].entry; }
    int rowOf(const QString &job) const; ///< -1 when there is none
    /// Uploads that have not ended.
    int openCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        UploadEntry entry;
        RateMeter rate;
        QString note;
    };
    std::vector<Row> m_rows;
};

} // namespace rowdesk
