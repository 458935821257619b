#pragma once

#include "models/importsession.h"

#include <QWidget>

class QPushButton;
class QTableView;

namespace rowdesk {

class PlainLabel;

/// The cells of a file that do not fit: by column and reason, one by one, and how to get them out of the way. Another
/// value can be typed in the place of one, then given to all alike; the rows can be saved for somebody to repair.
class ImportProblems : public QWidget
{
    Q_OBJECT
public:
    explicit ImportProblems(QWidget *parent = nullptr);

    /// Once. The session outlives the widget's use of it.
    void setSession(ImportSession *session);
    /// Shows what the session knows by now.
    void refresh();
    /// How many cells do not fit, for the tab: "Problems (1,204)".
    QString title() const;
    bool isNeeded() const; ///< there are problems, or there were some that a person repaired

signals:
    /// The cell is to be shown among the rows of the file.
    void cellWanted(qint64 line, int column);
    /// How this column is read is to be changed.
    void columnWanted(int column);

private:
    void setUpTables();
    void layOut();
    void saveProblems();
    void fixAlike();
    void askForCell();
    void showGroup();
    void showActs();

    struct LastFix
    {
        int column = -1;
        QByteArray was;
        QString text;
        qint64 others = 0; ///< further cells of the column with the same text
    };

    ImportSession *m_session = nullptr;
    QTableView *m_groups;
    QTableView *m_cells;
    QPushButton *m_alike;
    QPushButton *m_rule;
    QPushButton *m_show;
    QPushButton *m_undo;
    QPushButton *m_save;
    PlainLabel *m_note;
    LastFix m_last;
    bool m_fixed = false; ///< a cell was changed and the answer is not there yet
};

} // namespace rowdesk
