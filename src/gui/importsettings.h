#pragma once

#include "files/csvformat.h"

#include <QVector>
#include <QWidget>

#include <functional>

class QMenu;
class QToolButton;

namespace rowdesk {

/// How a file is read, each part a button: it shows what was found, its menu says why and changes it.
class ImportSettings : public QWidget
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
    struct Part
    {
        QToolButton *button;
        QMenu *menu;
    };
    Part addPart(const QString &name);
    void fill(const Part &part, const QString &text, const QString &reason);
    void choice(const Part &part, const QString &text, bool chosen, const std::function<void()> &choose);
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
