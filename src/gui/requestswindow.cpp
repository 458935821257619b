#include "gui/requestswindow.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "net/transportlog.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QPushButton>

namespace rowdesk {

RequestsWindow::RequestsWindow(TransportLog *log, QWidget *parent) : QDialog(parent), m_lines(new QPlainTextEdit)
{
    setWindowTitle(tr("Requests"));
    auto *sentence = new PlainLabel(
        tr("What Rowdesk asked the service since it was started, the newest at the end. There are no secrets and no "
           "values in it, but ids of datasets are: it can be sent to whoever helps you."));
    sentence->setWordWrap(true);
    m_lines->setReadOnly(true);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_lines->setAccessibleName(tr("Requests"));
    m_lines->setPlaceholderText(tr("Nothing has been asked yet."));
    m_lines->setMaximumBlockCount(log->capacity());
    m_lines->setPlainText(log->texts().join(QLatin1Char('\n')));
    m_lines->moveCursor(QTextCursor::End);
    m_lines->moveCursor(QTextCursor::StartOfLine);
    connect(log, &TransportLog::added, m_lines,
            [this](const TransportLine &line) { m_lines->appendPlainText(line.text()); });

    auto *copy = new QPushButton(icon(Icon::Copy), tr("&Copy all"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(text()); });
    auto *close = new QPushButton(tr("C&lose"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(copy);
    buttons->addWidget(close);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::edge, look::edge, look::edge, look::edge);
    rows->setSpacing(look::gap);
    rows->addWidget(sentence);
    rows->addWidget(m_lines, 1);
    rows->addLayout(buttons);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 24);
    m_lines->setFocus();
}

QString RequestsWindow::text() const
{
    return m_lines->toPlainText();
}

} // namespace rowdesk
