#include "gui/uploadcard.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/uploadlistmodel.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace rowdesk {
namespace {

constexpr int glyphSize = 22;

Icon glyphOf(UploadOutcome outcome)
{
    switch (outcome) {
    case UploadOutcome::Complete:
        return Icon::Check;
    case UploadOutcome::Unknown:
        return Icon::Warning;
    case UploadOutcome::Stopped:
        return Icon::Error;
    case UploadOutcome::Waiting:
    case UploadOutcome::Running:
    case UploadOutcome::Stopping:
        break;
    }
    return Icon::Upload;
}

} // namespace

UploadCard::UploadCard(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new QLabel(this))
    , m_title(new PlainLabel(this))
    , m_outcome(new PlainLabel(QString(), PlainLabel::Weight::Quiet, this))
    , m_bar(new QProgressBar(this))
    , m_text(new PlainLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_open(new QPushButton(tr("Open table"), this))
{
    setFrameShape(QFrame::StyledPanel);
    build();
    connect(m_cancel, &QPushButton::clicked, this, &UploadCard::cancelWanted);
    connect(m_open, &QPushButton::clicked, this, &UploadCard::openWanted);
}

void UploadCard::build()
{
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(look::near);

    auto *head = new QHBoxLayout;
    head->setSpacing(look::near);
    head->addWidget(m_glyph);
    head->addWidget(m_title, 1);
    head->addWidget(m_outcome);
    head->addSpacing(look::near);
    head->addWidget(m_open);
    head->addWidget(m_cancel);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::gap, look::near, look::gap, look::near);
    rows->setSpacing(look::hair);
    rows->addLayout(head);
    rows->addWidget(m_bar);
    rows->addWidget(m_text);
}

void UploadCard::show(const QModelIndex &upload)
{
    const auto outcome = UploadOutcome(upload.data(UploadListModel::OutcomeRole).toInt());
    const QString title = upload.data(Qt::DisplayRole).toString();
    const QString result = upload.data(UploadListModel::ResultRole).toString();
    const int percent = upload.data(UploadListModel::PercentRole).toInt();
    const bool ended = !result.isEmpty();

    m_glyph->setPixmap(icon(glyphOf(outcome)).pixmap(QSize(glyphSize, glyphSize), devicePixelRatioF()));
    m_title->setText(title);
    m_outcome->setText(upload.data(UploadListModel::OutcomeTextRole).toString());
    m_bar->setVisible(!ended);
    m_bar->setRange(0, percent < 0 ? 0 : 100); // without a known total the bar only says that something is going on
    m_bar->setValue(std::max(0, percent));
    m_bar->setAccessibleName(tr("Progress of %1").arg(title));
    m_text->setText(ended ? result : upload.data(UploadListModel::ProgressRole).toString());
    m_cancel->setVisible(!ended);
    m_cancel->setEnabled(outcome != UploadOutcome::Stopping);
    m_cancel->setAccessibleName(tr("Cancel the upload %1").arg(title));
    m_open->setVisible(!upload.data(UploadListModel::DatasetRole).toString().isEmpty());
    m_open->setAccessibleName(tr("Open the table of the upload %1").arg(title));
    setAccessibleName(title);
}

} // namespace rowdesk
