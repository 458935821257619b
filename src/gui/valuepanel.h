#pragma once

#include <QWidget>

class QCheckBox;
class QPlainTextEdit;

namespace rowdesk {

class PlainLabel;

/// The value of the current cell, every character of it.
class ValuePanel : public QWidget
{
    Q_OBJECT
public:
    /// Characters beyond this are not laid out, which the panel says; copying takes them all.
    static constexpr qsizetype longestShown = 200'000;

    explicit ValuePanel(QWidget *parent = nullptr);

    /// Shows a cell. A null text: the cell has no value.
    void setCell(const QString &title, const QString &kind, const QString &text);
    void clear();
    QPlainTextEdit *text() const { return m_text; }
    QString facts() const;

private:
    void showValue();
    void copy() const;

    QString m_value;
    QString m_kind;
    PlainLabel *m_title;
    PlainLabel *m_facts;
    QPlainTextEdit *m_text;
    QCheckBox *m_wrap;
    QCheckBox *m_pretty;
    QCheckBox *m_marks;
};

} // namespace rowdesk
