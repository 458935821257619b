#pragma once

#include <QDialog>
#include <QPair>
#include <QVector>

class QAction;
class QPlainTextEdit;

namespace rowdesk {

/// What Help → Help says.
struct HelpFacts
{
    QVector<const QAction *> actions;       ///< those with a key are listed, with their words of now
    QVector<QPair<QString, QString>> files; ///< what is kept where: a few words, a path
};

/// The text, for people, one fact a line.
QString helpText(const HelpFacts &facts);

/// A short help in a window that may stay open: keys, words that need an explanation, where the files are.
class HelpWindow : public QDialog
{
    Q_OBJECT
public:
    HelpWindow(const HelpFacts &facts, QWidget *parent);

private:
    QPlainTextEdit *m_text;
};

/// Help → About.
void showAbout(QWidget *parent);

} // namespace rowdesk
