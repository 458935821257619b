#include "gui/helpwindow.h"

#include "gui/look.h"
#include "gui/message.h"
#include "transfer/evidence.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QDir>
#include <QPlainTextEdit>
#include <QPushButton>

namespace rowdesk {
namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::HelpWindow)
};

QString wordsOf(const QAction &action)
{
    QString words = action.text();
    words.remove(u'&');
    if (words.endsWith(u'…'))
        words.chop(1);
    return words;
}

QString keysText(const QVector<const QAction *> &actions)
{
    QStringList lines{Texts::tr("KEYS")};
    for (const QAction *action : actions) {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (!keys.isEmpty() && action->isVisible())
            lines.append(Texts::tr("%1: %2").arg(keys, wordsOf(*action)));
    }
    lines.append(Texts::tr("Alt and the underlined letter presses a button, Tab goes on, Esc leaves."));
    lines.append(Texts::tr("In a table that is edited: Return opens a cell, Tab goes to the next, F2 edits."));
    return lines.join(u'\n');
}

QString uploadsText()
{
    return QStringList{
        Texts::tr("UPLOADS"),
        Texts::tr("The service can't tell whether rows arrived when its answer is lost. So Rowdesk writes down what it "
                  "sends before it sends it, never sends a row a second time before it has looked into the table, and "
                  "asks you where looking does not help."),
        Texts::tr("The column %1 in tables that Rowdesk makes has the mark of each row: which upload, which request, "
                  "which row of it. By it lost answers are cleared up, and an upload can be undone. You can leave it "
                  "out when a file is imported; then the upload can't be undone.")
            .arg(markerColumn),
        Texts::tr("A receipt says what became of every row of the file. It stays in the list of uploads, and can be "
                  "saved.")}
        .join(u'\n');
}

QString signsText()
{
    return QStringList{
        Texts::tr("SIGNS"),
        Texts::tr("null, empty and ␣ in slanted grey: the cell has no value, a text without characters, blanks only."),
        Texts::tr("↵ and ⇥ in a cell: its text has a line break or a tab there."),
        Texts::tr("The bar below a column's name: how many of its cells have a value, and how many none. Its tooltip "
                  "has the numbers."),
        Texts::tr("⚠ in the Import dialog: this was guessed and may be otherwise. What stands beside it says what to "
                  "choose."),
        Texts::tr("“loaded so far”: not all rows of the table are here yet, and nothing is said of the others.")}
        .join(u'\n');
}

QString filesText(const QVector<QPair<QString, QString>> &files)
{
    QStringList lines{Texts::tr("FILES ON THIS COMPUTER")};
    for (const auto &[what, path] : files)
        lines.append(Texts::tr("%1: %2").arg(what, QDir::toNativeSeparators(path)));
    lines.append(Texts::tr("Passwords and secrets are in the keychain of your desktop, or in memory where there is "
                           "none; in no file. Nothing is sent to anyone but the service you sign in to."));
    return lines.join(u'\n');
}

} // namespace

QString helpText(const HelpFacts &facts)
{
    const QString unofficial = Texts::tr("Rowdesk is unofficial and not affiliated with ClicData. ClicData's support "
                                         "can't help with it.");
    // The keys last: they are many, and the menus show them, too.
    return QStringList{uploadsText(), signsText(), filesText(facts.files), keysText(facts.actions), unofficial}.join(
        QStringLiteral("\n\n"));
}

HelpWindow::HelpWindow(const HelpFacts &facts, QWidget *parent) : QDialog(parent), m_text(new QPlainTextEdit)
{
    setWindowTitle(tr("Help"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Help"));
    m_text->setPlainText(helpText(facts));
    auto *close = new QPushButton(tr("C&lose"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(look::edge, look::edge, look::edge, look::edge);
    rows->setSpacing(look::gap);
    rows->addWidget(m_text, 1);
    rows->addLayout(buttons);
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 32);
    m_text->setFocus();
}

void showAbout(QWidget *parent)
{
    message::showInformation(
        parent, Texts::tr("About Rowdesk"), Texts::tr("Rowdesk %1").arg(QApplication::applicationVersion()),
        Texts::tr("A desktop program for ClicData accounts: browse datasets and their versions, create tables, upload "
                  "files.\n\n"
                  "Unofficial, not affiliated with ClicData. ClicData is a trademark of its owner.\n\n"
                  "Free software under the GNU General Public License, version 3 or later. Built with Qt %1.")
            .arg(QLatin1String(qVersion())));
}

} // namespace rowdesk
