#pragma once

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace rowdesk {

class PlainLabel;
class TableFind;
class TableModel;

/// Finds a text in the rows shown: what, in which columns, how often, and the way to the next one. Enter and
/// Shift+Enter go on and back, Esc closes.
class FindBar : public QFrame
{
    Q_OBJECT
public:
    /// Both outlive the bar.
    FindBar(TableModel *model, TableFind *find, QWidget *parent = nullptr);

    /// Shows the bar; "this column" is this one.
    void open(int column);
    /// In that column alone.
    void openInColumn(int column);
    void setCurrentColumn(int column);
    /// Ends the search.
    void close();

signals:
    void nextWanted();
    void previousWanted();
    void closed();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();
    void showCount();

    TableModel *m_model;
    TableFind *m_find;
    QLineEdit *m_text;
    QComboBox *m_scope;
    QCheckBox *m_case;
    PlainLabel *m_count;
    int m_column = 0;
};

} // namespace rowdesk
