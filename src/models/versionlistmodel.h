#pragma once

#include "api/datasetinfo.h"
#include "transfer/uploadedversions.h"

#include <QAbstractItemModel>

namespace rowdesk {

/// The stored versions of one dataset, newest first, as the service told them. An upload makes one version for each of
/// its batches: versions that follow each other within seconds and only add rows are one row, its steps below it. Those
/// that an upload of this computer made are one row however long it took, and say so.
class VersionListModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role { JumpRole = Qt::UserRole + 1 }; ///< QString: why the change stands out; empty: it does not
    enum Column { VersionColumn, CreatedColumn, RowsColumn, DeltaColumn, CommentColumn, ColumnCount };

    /// What follows the version before within this many seconds belongs to the same run.
    static constexpr int closeBy = 10;

    using QAbstractItemModel::QAbstractItemModel;

    /// Newest first, as HistoryService gives them; `uploads`: what the journal knows of the dataset.
    void setVersions(QVector<VersionInfo> versions, const QVector<UploadedVersions> &uploads = {});
    /// The version of a row; for a run, its last one.
    const VersionInfo &version(const QModelIndex &index) const { return m_versions.at(place(index)); }
    /// Where the version of a row stands among all, 0 being the newest.
    int place(const QModelIndex &index) const;
    qsizetype count() const { return m_versions.size(); } ///< of versions; a run is one row of the list
    bool hasRuns() const { return m_rows.size() < m_versions.size(); }

    /// Two versions to compare, the older one first.
    struct Pair
    {
        QString before;
        QString after;
    };
    /// What these rows are when they are held against each other: two rows their versions, a run with its newest step
    /// (or alone) what the run changed. Empty when there is nothing to compare.
    std::optional<Pair> pairOf(const QModelIndexList &rows) const;
    /// The version that was the newest at this moment; when all are younger, the oldest of two or more. Else empty.
    static QString versionBefore(const QVector<VersionInfo> &versions, const QDateTime &moment);

    /// The row counts that are known, oldest first, one a row of the list.
    struct Count
    {
        qint64 rows = 0;
        QString jump; ///< why it stands out; empty: it does not
        int row = 0;  ///< of the list
    };
    QVector<Count> counts() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    /// One row of the list: a version (count 1), or a run of them.
    struct Row
    {
        int first; ///< place of its newest version
        int count;
        QString file; ///< of the upload that made it; empty: not known
    };

    void findRuns(const QVector<UploadedVersions> &uploads);
    /// The row that this upload is, when its versions are all there and each added rows, in sum as many as it sent:
    /// then none of them is someone else's.
    std::optional<Row> rowOf(const UploadedVersions &upload) const;
    QString commentText(const Row &row) const;
    /// Whether the version at this place was made by adding rows to the one before, just after it.
    bool goesOn(int place) const;
    /// Rows more (or fewer) than the version before; empty for the oldest, or when a count was not told.
    std::optional<qint64> delta(int place) const;
    QString changeWords(int place) const;
    QString displayText(int place, Column column) const;
    QString runText(const Row &run, Column column) const;
    QString runChange(const Row &run) const;
    /// What the version before the row of the list, and its newest version, had. Empty when one is not known.
    std::optional<double> share(const Row &row) const;
    QString jumpWords(int row) const;

    QVector<VersionInfo> m_versions;
    QVector<Row> m_rows;
};

} // namespace rowdesk
