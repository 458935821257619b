#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace rowdesk {

class TransportLog;

/// What was asked of the service, a line for each attempt, to copy and send to whoever helps. Lines hold no secret, no
/// value of a table and no text of the service (TransportLine).
class RequestsWindow : public QDialog
{
    Q_OBJECT
public:
    /// Shows the lines there are, and those that come while it is open. The log outlives the window.
    explicit RequestsWindow(TransportLog *log, QWidget *parent = nullptr);

    QString text() const;

private:
    QPlainTextEdit *m_lines;
};

} // namespace rowdesk
