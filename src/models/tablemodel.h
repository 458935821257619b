#pragma once

#include "core/columnstore.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <memory>
#include <vector>

namespace rowdesk {

class RowStream;

/// The rows of a ColumnStore for a view: texts are made on demand, nothing is copied. Grows as the store grows, in one
/// insertion for all pages that came since the last one: a view takes longer to show rows than they take to arrive, so
/// the first page is shown at once and what follows a few times a second. A row order (a permutation, or part of one)
/// shows the rows sorted and filtered.
class TableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// How a cell should look: the four kinds of "nothing to see" differ in words, not in colour alone.
    enum class Look {
        Null,   ///< no value
        Empty,  ///< text without characters
        Spaces, ///< text of blanks only
        Text,
        Number,
        Bool,
        Json ///< a nested value
    };
    Q_ENUM(Look)

    enum Role {
        LookRole = Qt::UserRole + 1, ///< Look of the cell, as int
        ExactTextRole,               ///< QString: every character of the cell, however long; null QString for Null
        SourceRowRole,               ///< qint64: the row in the store
        ContentRole                  ///< horizontal header: ColumnContent, as int
    };

    /// Rows of the store in the order in which to show them. Shared with the worker that made it; immutable.
    using RowOrder = std::shared_ptr<const std::vector<quint32>>;

    /// The most characters of a cell in DisplayRole; longer ones end in "…".
    static constexpr int longestDisplay = 400;

    explicit TableModel(QObject *parent = nullptr);

    /// Shows a store that does not grow (or whose growth is told with the slots below).
    void setStore(std::shared_ptr<const ColumnStore> store);
    /// Shows a stream's store and follows it while it is being read; when it has ended, all of it is known. The stream
    /// is not owned.
    void setStream(RowStream *stream);
    const std::shared_ptr<const ColumnStore> &store() const { return m_store; }

    /// Shows these rows in this order; null shows all rows as they came, and then also rows that arrive later.
    /// What is selected stays on its cells as far as they are still shown.
    void setRowOrder(RowOrder order);
    const RowOrder &rowOrder() const { return m_order; }

    /// Whether the rows of the next store wait for an order before they are shown: someone who sorts and filters says
    /// so, and then a table that is read again never shows a row that the filters leave out.
    void setWaitsForOrder(bool waits) { m_waitsForOrder = waits; }

    /// The store's row of a row of this model.
    qsizetype sourceRow(int row) const;
    /// Rows of the store that the model has heard of, shown or not.
    qsizetype knownRows() const { return m_rows; }
    /// The first row of this model that shows the store's row; -1 when it is filtered out.
    int rowOfSource(qsizetype sourceRow) const;
    /// The exact text of a cell (every character; empty for Null).
    QString exactText(int row, int column) const;
    Look look(int row, int column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

public slots:
    /// The store got rows. Without a row order they are shown at once.
    void rowsAppended(qsizetype first, qsizetype count);
    void columnsChanged();
    /// Takes notice of all rows that the store has by now, for those who work on the store itself.
    void catchUp();

signals:
    /// The model has heard of more rows; with a row order they are not shown yet.
    void rowsArrived();

private:
    CellView cell(int row, int column) const;
    QVariant displayText(const CellView &cell) const;
    QVariant accessibleText(const CellView &cell, int column) const;
    void streamGrew();
    void rearrange(RowOrder order);
    RowOrder padded(const RowOrder &order, qsizetype size) const;
    int shownRows() const;

    std::shared_ptr<const ColumnStore> m_store;
    RowStream *m_stream = nullptr; ///< only to disconnect from
    RowOrder m_order;
    QTimer m_pause;       ///< between two insertions of a stream's rows
    qsizetype m_rows = 0; ///< rows of the store that the view knows about
    int m_columns = 0;
    bool m_waitsForOrder = false;
    mutable std::string m_scratch; ///< the text of the cell asked for last
};

} // namespace rowdesk
