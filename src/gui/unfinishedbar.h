#pragma once

#include <QFrame>

class QPushButton;

namespace rowdesk {

class PlainLabel;

/// A line above the page: an earlier run left uploads unfinished, with the way to them. Hidden while it has nothing to
/// say. It only tells; nothing is sent by it.
class UnfinishedBar : public QFrame
{
    Q_OBJECT
public:
    explicit UnfinishedBar(QWidget *parent = nullptr);

    /// Says this sentence, which may hold foreign names; empty hides the line.
    void show(const QString &sentence);
    QString sentence() const;

signals:
    void showWanted();

private:
    PlainLabel *m_text;
    QPushButton *m_show;
};

} // namespace rowdesk
