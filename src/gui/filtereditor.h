#pragma once

#include "core/tablefilter.h"

#include <QFrame>

#include <memory>

class QComboBox;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace rowdesk {

class PlainLabel;
class TableModel;
class TableQuery;
class ValueCountsModel;

/// A small form for one filter: column, condition, values, with the values that occur to choose from. It says at once
/// what is wrong with a value. Enter applies, Esc closes.
class FilterEditor : public QFrame
{
    Q_OBJECT
public:
    /// Model and query outlive the editor.
    FilterEditor(TableModel *model, TableQuery *query, QWidget *parent = nullptr);

    /// A new filter, at first on this column.
    void openNew(int column);
    /// The filter at this place of the query.
    void openExisting(int place);

signals:
    void closed();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    void fillColumns();
    void columnChosen();
    void conditionChosen();
    void valueChosen(const QModelIndex &value);
    void setFilter(const Filter &filter);
    Filter filter() const;
    Filter::Op condition() const;
    void showProblem(const QString &problem);
    void check();
    void apply();
    void close();

    TableModel *m_model;
    TableQuery *m_query;
    ValueCountsModel *m_counts;
    QComboBox *m_column;
    QComboBox *m_condition;
    QLineEdit *m_value;
    PlainLabel *m_and;
    QLineEdit *m_second;
    QTreeView *m_values;
    PlainLabel *m_about; ///< what the list of values shows
    PlainLabel *m_problem;
    QPushButton *m_apply;
    int m_place = -1; ///< of the filter that is changed; -1: a new one
};

} // namespace rowdesk
