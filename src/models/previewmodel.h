#pragma once

#include "core/rowbatch.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <memory>

namespace rowdesk {

/// The first rows of a file, just as they stand in it. The left header has the line numbers of the file.
///
/// No value, empty text and nothing but spaces are three different looks, each with characters rather than colours.
/// Cells that were marked carry a warning sign and their reason as a tool tip.
class PreviewModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// `rows` has as many columns as there are names; null shows nothing.
    void setRows(const QStringList &names, std::shared_ptr<const RowBatch> rows);

    struct Mark
    {
        qint64 line = 0; ///< RowBatch::sourceLine
        int column = 0;
        QString reason;
    };
    /// Replaces all marks. Those of lines that are not shown are kept and do nothing.
    void setMarks(const QVector<Mark> &marks);

    /// The columns that are read as numbers: they are set to the right, so that their digits stand below each other.
    void setNumberColumns(const QSet<int> &columns);

    /// The row that begins in this line of the file, or -1.
    int rowOfLine(qint64 line) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// What a cell looks like on one line.
    static QString shown(const CellView &cell);

private:
    QVariant alignmentOf(int column) const;

    QStringList m_names;
    std::shared_ptr<const RowBatch> m_rows;
    QHash<std::pair<qint64, int>, QString> m_marks;
    QSet<int> m_numberColumns;
};

} // namespace rowdesk
