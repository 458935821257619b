#include "gui/receiptpanel.h"

#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/words.h"
#include "transfer/receipt.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QPushButton>

namespace rowdesk {

ReceiptPanel::ReceiptPanel(QWidget *parent)
    : QWidget(parent)
    , m_facts(new QFormLayout)
    , m_save(new QPushButton(tr("Save receipt…"), this))
    , m_leftOut(new QPushButton(tr("Save rows left out…"), this))
    , m_undo(new QPushButton(tr("Undo upload…"), this))
{
    m_facts->setVerticalSpacing(look::hair);
    m_facts->setHorizontalSpacing(look::gap);
    m_facts->setLabelAlignment(Qt::AlignLeading);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(look::near);
    for (QPushButton *button : {m_save, m_leftOut, m_undo}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::near, 0, look::hair);
    rows->setSpacing(look::near);
    rows->addLayout(m_facts);
    rows->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &ReceiptPanel::saveWanted);
    connect(m_leftOut, &QPushButton::clicked, this, &ReceiptPanel::saveLeftOutWanted);
    connect(m_undo, &QPushButton::clicked, this, &ReceiptPanel::undoWanted);
}

void ReceiptPanel::show(const Receipt &receipt)
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    for (const auto &[name, value] : receipt.facts())
        addFact(name, value);
    for (const UploadDecision &decision : receipt.decisions) {
        addFact(tr("Decided"), tr("%1, about %2 from row %3 on")
                                   .arg(decision.choice, Words::rows(decision.rows), Words::number(decision.firstRow)));
    }
    m_leftOut->setVisible(!receipt.leftOutFile.isEmpty());
    m_leftOut->setToolTip(tr("As CSV with line and reason: repair them and import the file."));
    const bool canUndo = receipt.rowsConfirmed > receipt.rowsRemoved && !receipt.isUndone();
    if (!canUndo && window()->focusWidget() == m_undo)
        m_save->setFocus();
    m_undo->setVisible(canUndo);
    setVisible(true);
}

void ReceiptPanel::setUndoing(bool undoing)
{
    m_undo->setText(undoing ? tr("Stop") : tr("Undo upload…"));
}

void ReceiptPanel::addFact(const QString &name, const QString &value)
{
    auto *shown = new PlainLabel(Words::oneLine(value, 400), this);
    shown->setWordWrap(true);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    shown->setAccessibleName(name);
    m_facts->addRow(new PlainLabel(name, PlainLabel::Weight::Quiet, this), shown);
}

} // namespace rowdesk
