#pragma once

#include "core/result.h"
#include "files/filework.h"

#include <QAbstractTableModel>
#include <QVector>

namespace rowdesk {

/// What two encodings make of those lines of a file that are not plain ASCII.
struct EncodingLook
{
    struct Line
    {
        qint64 line = 0; ///< from 1
        QString chosen;
        QString other; ///< null: the other encoding does not get that far
    };

    QByteArray chosen;
    QByteArray other;
    QVector<Line> lines; ///< the first mostLines
    QString otherFails;  ///< why the other encoding can't read the file; empty: it can, as far as was looked

    static constexpr int mostLines = 200;
    /// Whether a person can see which of them is right.
    bool isTelling() const;
};

/// Reads as much of the file as it takes. Run it on a worker. Errors: the file can't be opened; Cancelled.
Result<EncodingLook> compareEncodings(const QString &path, const QByteArray &chosen, const QByteArray &other,
                                      const FileWork &work);

/// An EncodingLook for a view: one row a line, the two readings side by side.
class EncodingModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Section { LineSection, ChosenSection, OtherSection, SectionCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setLook(const EncodingLook &look);
    const EncodingLook &look() const { return m_look; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    EncodingLook m_look;
};

} // namespace rowdesk
