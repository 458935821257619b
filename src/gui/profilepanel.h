#pragma once

#include "core/tablefilter.h"

#include <QWidget>

class QGridLayout;
class QToolButton;
class QTreeView;
class QVBoxLayout;

namespace rowdesk {

class HistogramView;
class PlainLabel;
class ProfileModel;
class TableModel;
class ValueCountsModel;

/// What is to be known about the columns of the rows shown: a list of columns, and everything about the current one.
/// Values and bars can be clicked to filter by them.
class ProfilePanel : public QWidget
{
    Q_OBJECT
public:
    /// The model outlives the panel.
    explicit ProfilePanel(TableModel *rows, QWidget *parent = nullptr);

    /// Looks at the rows, unless they have been looked at. When reading stopped before the last row it says so instead,
    /// and looks at what is there only when asked to.
    void refresh();
    void showColumn(int column);
    QString status() const;
    ProfileModel *model() const { return m_model; }
    QTreeView *columns() const { return m_columns; }
    QTreeView *values() const { return m_values; }
    HistogramView *histogram() const { return m_histogram; }
    /// The facts about the current column as text.
    QString asText() const;

signals:
    void statusChanged();
    /// The rows are to be filtered by these as well.
    void filterWanted(const QVector<Filter> &filters);

private:
    QWidget *makeDetails();
    QWidget *makeRefusal();
    void setUpLists();
    int currentColumn() const;
    void lookAgain();
    void showCurrent();
    void showFacts();
    void showButtons();
    void valueChosen(const QModelIndex &value);
    void binChosen(int bin);

    TableModel *m_rows;
    QWidget *m_halves;
    QWidget *m_refusal;
    PlainLabel *m_why;
    const void *m_partWanted = nullptr; ///< the incomplete store that was to be looked at all the same; only compared
    ProfileModel *m_model;
    ValueCountsModel *m_counts;
    QTreeView *m_columns;
    PlainLabel *m_title;
    QVBoxLayout *m_findings;
    QGridLayout *m_facts;
    HistogramView *m_histogram;
    PlainLabel *m_valuesTitle;
    QTreeView *m_values;
    QToolButton *m_cancel;
    QToolButton *m_again;
    QToolButton *m_copy;
};

} // namespace rowdesk
