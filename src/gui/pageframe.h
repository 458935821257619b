#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QToolButton;
class QVBoxLayout;

namespace rowdesk {

class PlainLabel;

/// The one frame of every page: a title, a quiet fact beside it, at most three actions, the content, a status sentence.
class PageFrame : public QWidget
{
    Q_OBJECT
public:
    static constexpr int maxActions = 3;

    explicit PageFrame(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// A fact beside the title, for example "id 1014 · 2,922 rows".
    void setFact(const QString &fact);
    /// Shows the action as a button at the right of the title.
    void addPageAction(QAction *action);
    /// Takes the widget; once.
    void setContent(QWidget *content);

    /// What is true about the content now. Screen readers are told of a change. Empty hides the line.
    void setStatus(const QString &sentence);
    QString status() const;
    /// Something to do about the status (Retry, Stop), shown beside it while the action is visible.
    void addStatusAction(QAction *action);

private:
    PlainLabel *m_title;
    PlainLabel *m_fact;
    PlainLabel *m_status;
    QHBoxLayout *m_head;
    QVBoxLayout *m_rows;
    QWidget *m_foot;
    QHBoxLayout *m_footRow;
    int m_actions = 0;
};

} // namespace rowdesk
