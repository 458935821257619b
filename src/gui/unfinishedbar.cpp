#include "gui/unfinishedbar.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QStyle>

namespace rowdesk {

UnfinishedBar::UnfinishedBar(QWidget *parent)
    : QFrame(parent), m_text(new PlainLabel(this)), m_show(new QPushButton(tr("Show"), this))
{
    auto *glyph = new PlainLabel(this);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    glyph->setPixmap(icon(Icon::Warning).pixmap(QSize(size, size), devicePixelRatioF()));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_show->setAutoDefault(false);
    m_show->setAccessibleName(tr("Show the uploads that are not finished"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(look::gap, look::near, look::gap, 0);
    row->setSpacing(look::near);
    row->addWidget(glyph);
    row->addWidget(m_text, 1);
    row->addWidget(m_show);
    connect(m_show, &QPushButton::clicked, this, &UnfinishedBar::showWanted);
    setVisible(false);
}

void UnfinishedBar::show(const QString &sentence)
{
    m_text->setText(sentence.isEmpty() ? QString() : tr("%1 Nothing is sent until you continue it.").arg(sentence));
    setVisible(!sentence.isEmpty());
}

QString UnfinishedBar::sentence() const
{
    return m_text->text();
}

} // namespace rowdesk
