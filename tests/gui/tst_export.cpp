#include "gui/exportdialog.h"

#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/exportflow.h"
#include "gui/rowsview.h"
#include "models/tablequery.h"
#include "sandboxdesk.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>

using namespace rowdesk;

class TestExport : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static ExportDialog *dialogOf(DatasetTab *tab)
    {
        auto *dialog = tab->findChild<ExportDialog *>();
        return dialog && dialog->isVisible() ? dialog : nullptr;
    }

    static QAction *actionWithKey(MainWindow &window, const QKeySequence &key)
    {
        for (QAction *action : window.findChildren<QAction *>()) {
            if (action->shortcut() == key)
                return action;
        }
        return nullptr;
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void fromTheRowsToAFile()
    {
        SandboxDesk desk;
        const ExportFlow flow(&desk.window);
        QVERIFY(desk.start());
        QAction *action = actionWithKey(desk.window, Qt::CTRL | Qt::Key_E);
        QVERIFY(action && !action->isEnabled()); // nothing is open
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(QStringLiteral("Weather")));
        QVERIFY(tab && action->isEnabled());
        QTRY_VERIFY(!tab->rowsView()->isLoading() && tab->rowsView()->model()->rowCount() == 2922);
        action->trigger();
        ExportDialog *dialog = dialogOf(tab);
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QPushButton *>(QStringLiteral("export"))->text(),
                 QStringLiteral("&Export 2,922 rows…"));
        QCOMPARE(dialog->options().kind, ExportKind::Xlsx);
        auto *format = dialog->findChild<QComboBox *>(QStringLiteral("format"));
        format->setCurrentIndex(2);
        QCOMPARE(dialog->options().csv.decimalMark, '.');
        const QString file = m_dir.filePath(QStringLiteral("weather.csv"));
        dialog->exportTo(file);
        QTRY_VERIFY(!dialogOf(tab));
        QVERIFY2(desk.window.statusSentence().contains(QStringLiteral("2,922 rows exported to weather.csv")),
                 qPrintable(desk.window.statusSentence()));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count('\n'), 2923);
    }

    void whatCannotBeWrittenIsSaidAndTheDialogStays()
    {
        SandboxDesk desk;
        const ExportFlow flow(&desk.window);
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(QStringLiteral("Weather")));
        QTRY_VERIFY(!tab->rowsView()->isLoading() && tab->rowsView()->model()->rowCount() == 2922);
        QVERIFY(tab->rowsView()->query()->addFilter({0, Filter::Op::Equals, {QStringLiteral("Seattle")}, false}));
        QTRY_VERIFY(tab->rowsView()->query()->isCaughtUp());
        actionWithKey(desk.window, Qt::CTRL | Qt::Key_E)->trigger();
        ExportDialog *dialog = dialogOf(tab);
        QVERIFY(dialog);
        QCOMPARE(dialog->scope(), TableExport::Scope::Shown);
        QCOMPARE(dialog->findChild<QPushButton *>(QStringLiteral("export"))->text(),
                 QStringLiteral("&Export 1,461 rows…"));
        dialog->exportTo(QStringLiteral("/nowhere/at/all.csv"));
        QTRY_VERIFY(dialog->findChild<QLabel *>(QStringLiteral("state"))->text().startsWith(u'⚠'));
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->minimumSizeHint().width() <= 1024 && dialog->minimumSizeHint().height() <= 700);
        dialog->reject();
        QTRY_VERIFY(!dialogOf(tab));
    }

    void closingTheTabEndsIt()
    {
        SandboxDesk desk;
        const ExportFlow flow(&desk.window);
        QVERIFY(desk.start());
        DatasetTab *tab = desk.window.tabs()->open(desk.idOf(QStringLiteral("Weather")));
        QTRY_VERIFY(tab->rowsView()->model()->rowCount() > 0);
        actionWithKey(desk.window, Qt::CTRL | Qt::Key_E)->trigger();
        const QPointer<ExportDialog> dialog = dialogOf(tab);
        QVERIFY(dialog);
        dialog->exportTo(m_dir.filePath(QStringLiteral("gone.csv")));
        desk.window.tabs()->closeCurrent();
        QTRY_VERIFY(!dialog);
    }
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
