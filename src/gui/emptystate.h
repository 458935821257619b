#pragma once

#include <QWidget>

class QAction;
class QVBoxLayout;

namespace rowdesk {

class PlainLabel;

/// What stands where there is nothing to show: a heading that says what is the case, a sentence that says what to do
/// next, and the actions that do it.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setText(const QString &heading, const QString &sentence);
    QString heading() const;
    QString sentence() const;
    void addStateAction(QAction *action);

private:
    PlainLabel *m_heading;
    PlainLabel *m_sentence;
    QVBoxLayout *m_column;
};

} // namespace rowdesk
