#include "gui/valuepanel.h"

#include "gui/flowlayout.h"
#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/celltext.h"
#include "models/words.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QToolButton>

namespace rowdesk {

ValuePanel::ValuePanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this))
    , m_facts(new PlainLabel(QString(), PlainLabel::Weight::Quiet, this))
    , m_text(new QPlainTextEdit(this))
    , m_wrap(new QCheckBox(tr("Wrap"), this))
    , m_pretty(new QCheckBox(tr("Indent JSON"), this))
    , m_marks(new QCheckBox(tr("Show invisible"), this))
{
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Value of the current cell"));
    m_title->setWordWrap(true);
    m_facts->setWordWrap(true);
    m_wrap->setChecked(true);
    m_pretty->setChecked(true);
    m_marks->setToolTip(tr("Blanks, tabs, line breaks and other characters that can't be seen"));
    auto *copyButton = new QToolButton(this);
    copyButton->setIcon(icon(Icon::Copy));
    copyButton->setText(tr("Copy value"));
    copyButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    copyButton->setFocusPolicy(Qt::StrongFocus);
    auto *tools = new QWidget(this);
    new FlowLayout(tools, look::near);
    for (QWidget *tool : {static_cast<QWidget *>(m_wrap), static_cast<QWidget *>(m_pretty),
                          static_cast<QWidget *>(m_marks), static_cast<QWidget *>(copyButton)})
        tools->layout()->addWidget(tool);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::near, 0, 0, 0);
    rows->setSpacing(look::hair);
    rows->addWidget(m_title);
    rows->addWidget(m_text, 1);
    rows->addWidget(m_facts);
    rows->addWidget(tools);
    for (QCheckBox *box : {m_wrap, m_pretty, m_marks})
        connect(box, &QCheckBox::toggled, this, &ValuePanel::showValue);
    connect(copyButton, &QToolButton::clicked, this, &ValuePanel::copy);
    clear();
}

void ValuePanel::setCell(const QString &title, const QString &kind, const QString &text)
{
    m_title->setText(title);
    m_kind = kind;
    m_value = text;
    showValue();
}

void ValuePanel::clear()
{
    setCell(tr("No cell is current"), QString(), QString());
}

QString ValuePanel::facts() const
{
    return m_facts->text();
}

void ValuePanel::showValue()
{
    m_text->setLineWrapMode(m_wrap->isChecked() ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    const bool tooLong = m_value.size() > longestShown;
    QString shown = m_value.left(longestShown);
    const std::optional<QString> pretty = tooLong ? std::nullopt : CellText::prettyJson(m_value);
    m_pretty->setVisible(pretty.has_value());
    if (pretty && m_pretty->isChecked())
        shown = *pretty;
    if (m_marks->isChecked())
        shown = CellText::withMarks(shown);
    m_text->setPlainText(shown);
    m_text->setPlaceholderText(m_value.isNull() ? tr("no value") : tr("empty text"));
    QStringList facts;
    if (!m_kind.isEmpty())
        facts.append(m_kind);
    if (!m_value.isNull())
        facts.append(CellText::facts(m_value));
    if (tooLong)
        facts.append(tr("the first %1 are shown, copying takes all").arg(Words::number(longestShown)));
    m_facts->setText(facts.join(tr(", ")));
}

void ValuePanel::copy() const
{
    QGuiApplication::clipboard()->setText(m_value);
}

} // namespace rowdesk
