#pragma once

#include "models/importsession.h"

#include <QWidget>

class QVBoxLayout;

namespace rowdesk {

/// The questions that only a person can answer, each with its answers side by side.
class ImportQuestions : public QWidget
{
    Q_OBJECT
public:
    explicit ImportQuestions(QWidget *parent = nullptr);

    /// Redraws only what is different: the focus stays on an answer that was just given.
    void show(const QVector<ImportSession::Question> &questions, const QStringList &columnNames);

    /// The answers come after this widget in the tab order.
    void tabAfter(QWidget *previous) { m_previous = previous; }

signals:
    void answered(int question, int choice);

private:
    void rebuild(const QVector<ImportSession::Question> &questions, const QStringList &columnNames);

    QVBoxLayout *m_rows;
    QWidget *m_content = nullptr;
    QWidget *m_previous = nullptr;
    QVector<ImportSession::Question> m_shown;
};

} // namespace rowdesk
