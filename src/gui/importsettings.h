#pragma once

#include "files/csvformat.h"
#include "gui/settingsbar.h"

namespace rowdesk {

/// How a text file is read: what was found, why, and what else there is.
class ImportSettings : public SettingsBar
{
    Q_OBJECT
public:
    explicit ImportSettings(QWidget *parent = nullptr);

    void show(const CsvFormat &format);

signals:
    /// A part that leaves the others as they are.
    void formatChosen(const rowdesk::CsvFormat &format);
    /// A part that the others may follow from: they are to be detected again.
    void encodingChosen(const QByteArray &encoding);
    void delimiterChosen(char delimiter);

private:
    void showEncoding();
    void showDelimiter();
    void showQuote();
    void showHeader();
    void showSkip();
    void showEnd();
    void change(const std::function<void(CsvFormat &)> &edit);

    CsvFormat m_format;
    Part m_encoding;
    Part m_delimiter;
    Part m_quote;
    Part m_header;
    Part m_skip;
    Part m_end;
};

} // namespace rowdesk
