#pragma once

#include "api/datasetinfo.h"
#include "transfer/tablereading.h"

#include <QAbstractTableModel>
#include <QPointer>

#include <optional>

namespace rowdesk {

class Workspace;

/// The life of one row, known by its key, through all versions of a dataset: looks at one version after the other,
/// oldest first, and keeps only the rows that have the key. What is loaded already is not read again. A version that
/// could not be read says so; it is never taken for one without the row.
class KeyHistory : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { VersionColumn, CreatedColumn, EventColumn, FirstValueColumn };
    enum Role {
        ChangedRole = Qt::UserRole + 1 ///< bool: the cell differs from the version before
    };

    /// A column of the key and its value.
    struct KeyPart
    {
        QString column;
        CellKind kind = CellKind::Null;
        QString text; ///< exact
    };

    /// The workspace outlives it.
    KeyHistory(Workspace *workspace, const QString &datasetId, QVector<KeyPart> key, QObject *parent = nullptr);
    /// Versions whose rows are at hand, all of them. Before start(); held until they were looked at.
    void setLoaded(QHash<QString, TableSnapshot> loaded) { m_loaded = std::move(loaded); }
    ~KeyHistory() override;

    void start();
    void stop();
    bool isRunning() const { return m_running; }
    /// "location Seattle, date 2012-01-02".
    QString keyWords() const;
    /// How far it is, and what all of it takes: "4 versions, 2 of them loaded already; reading version 3 of 4: 500
    /// rows".
    QString status() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void statusChanged();

private:
    struct Value
    {
        CellKind kind = CellKind::Null;
        QString text;

        bool operator==(const Value &) const = default;
    };
    /// What a version has of the key.
    struct Step
    {
        VersionInfo version;
        int rows = 0;                 ///< that have the key
        QHash<QString, Value> values; ///< of the first of them
        QStringList columns;          ///< of the version
        QStringList changed;          ///< columns that differ from the last version that has the row
        QString problem;              ///< why it could not be read
    };

    static Step find(const TableSnapshot &rows, const VersionInfo &version, const QVector<KeyPart> &key);
    void takeVersions(QVector<VersionInfo> versions);
    void readNext();
    void look(const VersionInfo &version, const TableSnapshot &rows);
    QString planWords() const;
    void add(Step step);
    void end(const QString &status);
    QString eventWords(int row) const;
    const Step *lastWithRow(int before) const;

    Workspace *m_workspace;
    QString m_datasetId;
    QVector<KeyPart> m_key;
    QVector<VersionInfo> m_versions; ///< still to be read, oldest last
    std::vector<Step> m_steps;
    QStringList m_columns;
    QString m_status;
    std::function<void()> m_stop;
    QHash<QString, TableSnapshot> m_loaded; ///< by version
    QString m_plan;                         ///< what there is to do, in words
    qsizetype m_all = 0;
    qint64 m_rowsSoFar = 0; ///< of the version that is being read
    bool m_running = false;
};

} // namespace rowdesk
