#include "gui/importquestions.h"

#include "gui/flowlayout.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/plaintooltip.h"
#include "models/words.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QRadioButton>

namespace rowdesk {

ImportQuestions::ImportQuestions(QWidget *parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
}

void ImportQuestions::show(const QVector<ImportSession::Question> &questions, const QStringList &columnNames)
{
    const auto sameWords = [](const ImportSession::Question &a, const ImportSession::Question &b) {
        return a.column == b.column && a.text == b.text && a.choices == b.choices;
    };
    if (!std::equal(questions.begin(), questions.end(), m_shown.begin(), m_shown.end(), sameWords))
        rebuild(questions, columnNames);
    m_shown = questions;
    setVisible(!questions.isEmpty());
}

void ImportQuestions::rebuild(const QVector<ImportSession::Question> &questions, const QStringList &columnNames)
{
    if (m_content) {
        m_content->hide();
        m_content->deleteLater(); // one of its buttons may be speaking
    }
    m_content = new QWidget(this);
    auto *rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(0, look::hair, 0, 0);
    rows->setSpacing(look::hair);
    for (int i = 0; i < questions.size(); ++i) {
        const ImportSession::Question &question = questions[i];
        const QString text =
            question.column < 0
                ? question.text
                : tr("“%1”: %2").arg(Words::oneLine(columnNames.value(question.column), 40), question.text);
        auto *label = new PlainLabel(QStringLiteral("? ") + text, m_content);
        label->setWordWrap(true);
        rows->addWidget(label);
        auto *answers = new QWidget(m_content);
        answers->setLayout(new FlowLayout(nullptr, look::gap));
        auto *group = new QButtonGroup(answers);
        for (int choice = 0; choice < question.choices.size(); ++choice) {
            auto *button = new QRadioButton(withoutMnemonic(question.choices[choice]), answers);
            button->setAccessibleDescription(text);
            button->setChecked(choice == question.answer);
            group->addButton(button, choice);
            answers->layout()->addWidget(button);
        }
        rows->addWidget(answers);
        connect(group, &QButtonGroup::idClicked, this, [this, i](int choice) { emit answered(i, choice); });
    }
    m_rows->addWidget(m_content);
    QWidget *previous = m_previous;
    for (QRadioButton *button : m_content->findChildren<QRadioButton *>()) {
        if (previous)
            setTabOrder(previous, button);
        previous = button;
    }
    m_content->setVisible(true);
}

} // namespace rowdesk
