#include "app/appcontext.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/gonetab.h"
#include "gui/helpwindow.h"
#include "gui/requestswindow.h"
#include "gui/rowsview.h"
#include "gui/signindialog.h"
#include "gui/uploadspage.h"
#include "gui/welcomepage.h"
#include "keychains.h"
#include "sandbox/sandboxserver.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;

/// The whole program, against a sandbox.
class TestAppContext : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    static StartOptions optionsIn(const QTemporaryDir &folder)
    {
        StartOptions options;
        options.settingsFile = folder.filePath(u"settings.json"_qs);
        options.profilesFile = folder.filePath(u"profiles.json"_qs);
        options.sandboxDir = folder.filePath(u"sandbox"_qs);
        return options;
    }

    static SandboxOptions demo()
    {
        SandboxOptions options;
        options.demo = true;
        return options;
    }

    static void fillIn(SignInDialog *dialog, const QUrl &address, const QString &secret)
    {
        dialog->findChild<QLineEdit *>(u"clientId"_qs)->setText(u"demo"_qs);
        dialog->findChild<QLineEdit *>(u"clientSecret"_qs)->setText(secret);
        dialog->findChild<QLineEdit *>(u"name"_qs)->setText(u"Acme"_qs);
        dialog->findChild<QLineEdit *>(u"address"_qs)->setText(address.toString());
        dialog->findChild<QPushButton *>(u"signIn"_qs)->click();
    }

    static QByteArray everythingIn(const QTemporaryDir &folder)
    {
        QByteArray all;
        for (const char *name : {"settings.json", "profiles.json"}) {
            QFile file(folder.filePath(QLatin1String(name)));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }

private slots:
    void helpTellsTheKeysAndTheFiles()
    {
        const QTemporaryDir folder;
        AppContext context(optionsIn(folder), std::make_unique<NoKeychain>());
        context.window()->actions().help->trigger();
        auto *help = context.window()->findChild<HelpWindow *>();
        QVERIFY(help && help->isVisible());
        const QString text = help->findChild<QPlainTextEdit *>()->toPlainText();
        for (const QString &part :
             {u"Ctrl+I: Import file\n"_qs, u"F1: Help\n"_qs, folder.filePath(u"settings.json"_qs), u"rowdesk_upload"_qs,
              u"/uploads\n"_qs, u"/snapshots\n"_qs, u"not affiliated with ClicData"_qs})
            QVERIFY2(text.contains(part), qPrintable(part + u'\n' + text));
        context.window()->actions().help->trigger(); // no second one
        QCOMPARE(context.window()->findChildren<HelpWindow *>().size(), 1);
    }

    void sampleDataNeedsNoAccountAndStays()
    {
        const QTemporaryDir folder;
        StartOptions options = optionsIn(folder);
        options.sandbox = true;
        {
            AppContext context(options, std::make_unique<NoKeychain>());
            context.start();
            QTRY_VERIFY_WITH_TIMEOUT(context.window()->statusSentence().contains(u"signed in as demo · sandbox"_qs) &&
                                         !context.window()->statusSentence().contains(u"Reading"_qs),
                                     patience);
            DataService::NewTable table;
            table.name = u"Mine"_qs;
            table.schema.columns.append({u"a"_qs, ColumnType::Text});
            bool created = false;
            context.window()->workspace()->create(table).then(this,
                                                              [&](const Result<QString> &id) { created = bool(id); });
            QTRY_VERIFY_WITH_TIMEOUT(created, patience);
            // Asked for again: the same workspace and what is open in it stay.
            const Workspace *before = context.window()->workspace();
            QSignalSpy opened(context.window(), &MainWindow::workspaceReady);
            context.window()->actions().showUploads->trigger();
            context.window()->actions().sampleData->trigger();
            QVERIFY(context.window()->actions().showDatasets->isChecked());
            QTest::qWait(0);
            QCOMPARE(context.window()->workspace(), before);
            QVERIFY(!context.window()->statusSentence().contains(u"Opening"_qs));
            QCOMPARE(opened.count(), 0);
        }
        AppContext again(options, std::make_unique<NoKeychain>());
        again.start();
        QTRY_VERIFY_WITH_TIMEOUT(again.window()->workspace() &&
                                     again.window()->workspace()->datasets()->names().contains(u"Mine"_qs),
                                 patience);
    }

    void theDeskComesBackWithoutHavingBeenClosed()
    {
        const QTemporaryDir folder;
        StartOptions options = optionsIn(folder);
        options.sandbox = true;
        const QString who = u"demo · sandbox"_qs;
        const auto kept = [&] { return loadSettings(options.settingsFile).desks.value(who); };
        {
            AppContext context(options, std::make_unique<NoKeychain>());
            context.start();
            QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace() &&
                                         context.window()->workspace()->listState() == Workspace::ListState::Ready,
                                     patience);
            DatasetTabs *tabs = context.window()->tabs();
            const auto idOf = [&](const QString &name) {
                const DatasetListModel *list = context.window()->workspace()->datasets();
                return list->dataset(int(list->names().indexOf(name))).id;
            };
            DatasetTab *tab = tabs->open(idOf(u"Weather"_qs));
            QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"all 2,922 rows"_qs, patience);
            tab->rowsView()->view()->setColumnWidth(1, 222);
            VersionInfo version;
            version.version = u"2"_qs;
            version.rows = 2800;
            tabs->openVersion(tab->datasetId(), version);
            tabs->setCurrentIndex(1);
            QTRY_COMPARE_WITH_TIMEOUT(kept().tabs.size(), 2, patience);
            QTRY_COMPARE_WITH_TIMEOUT(kept().current, 1, patience);
            QTRY_COMPARE_WITH_TIMEOUT(kept().widths.value(tab->datasetId()).value(u"date"_qs), 222, patience);
        } // ends as a killed program does: nothing is said to it
        Settings settings = loadSettings(options.settingsFile);
        settings.desks[who].tabs.append({u"999999999"_qs, u"Long <b>lost</b>"_qs, {}, {}, {}});
        QVERIFY(saveSettings(options.settingsFile, settings));

        AppContext context(options, std::make_unique<NoKeychain>());
        context.start();
        DatasetTabs *tabs = context.window()->tabs();
        QTRY_COMPARE_WITH_TIMEOUT(tabs->count(), 4, patience);
        QCOMPARE(tabs->currentIndex(), 1);
        DatasetTab *tab = tabs->currentTab();
        QTRY_COMPARE_WITH_TIMEOUT(tab->status(), u"all 2,922 rows"_qs, patience);
        QCOMPARE(tab->rowsView()->view()->columnWidth(1), 222);
        const auto *behind = qobject_cast<DatasetTab *>(tabs->widget(2));
        QVERIFY(behind && !behind->isRead());
        QCOMPARE(behind->title(), u"Weather, version 2"_qs);
        tabs->setCurrentIndex(2);
        QVERIFY(behind->isRead());
        QCOMPARE(tabs->tabText(3), u"Long <b>lost</b> (gone)"_qs);
        tabs->setCurrentIndex(3);
        QVERIFY(tabs->findChild<GoneTab *>()->isVisible());
        QVERIFY(context.window()->actions().closeTab->isEnabled());
        QVERIFY(!context.window()->actions().openDataset->isEnabled());
        context.window()->actions().closeTab->trigger();
        QCOMPARE(tabs->count(), 3);
        QTRY_COMPARE_WITH_TIMEOUT(kept().tabs.size(), 2, patience);
        QCOMPARE(kept().widths.size(), 1);
    }

    void anAccountCanBeRemoved()
    {
        SandboxServer server(demo());
        QVERIFY(server.start());
        const QTemporaryDir folder;
        QHash<QString, Secrets> keychain;
        AppContext context(optionsIn(folder), std::make_unique<SharedKeychain>(&keychain));
        context.start();
        context.window()->actions().signIn->trigger();
        fillIn(context.signIn()->dialog(), server.url(), u"demo-secret"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace(), patience);
        QTRY_VERIFY(keychain.contains(u"Acme"_qs));

        const auto offered = [&] {
            for (QAction *action : context.window()->findChildren<QAction *>()) {
                if (action->text() == u"Acme"_qs && !action->isCheckable())
                    return action;
            }
            return static_cast<QAction *>(nullptr);
        };
        const auto answer = [&](QMessageBox::ButtonRole role) {
            auto *box = context.window()->findChild<QMessageBox *>();
            QVERIFY(box && box->text().contains(u"You are signed out"_qs));
            for (QAbstractButton *button : box->buttons()) {
                if (box->buttonRole(button) == role)
                    return button->click();
            }
            QFAIL("no such answer");
        };
        offered()->trigger();
        answer(QMessageBox::RejectRole);
        QTRY_VERIFY(!context.window()->findChild<QMessageBox *>());
        QVERIFY(context.window()->workspace());
        QVERIFY(keychain.contains(u"Acme"_qs));
        offered()->trigger();
        answer(QMessageBox::AcceptRole);
        QTRY_VERIFY(!context.window()->workspace());
        QTRY_VERIFY(keychain.isEmpty());
        QVERIFY(context.signIn()->profileNames().isEmpty());
        QVERIFY(!offered());
        QTRY_VERIFY_WITH_TIMEOUT(!everythingIn(folder).contains("Acme"), patience);
    }

    void aWrongSecretIsSaidInTheDialogAndTheRightOneSignsIn()
    {
        SandboxServer server(demo());
        QVERIFY(server.start());
        const QTemporaryDir folder;
        QHash<QString, Secrets> keychain;
        {
            AppContext context(optionsIn(folder), std::make_unique<SharedKeychain>(&keychain));
            context.start();
            QVERIFY(context.window()->welcomePage()->isVisible());
            context.window()->actions().signIn->trigger();
            const QPointer<SignInDialog> dialog = context.signIn()->dialog();
            QVERIFY(dialog);
            fillIn(dialog, server.url(), u"canary-wrong"_qs);
            QTRY_VERIFY_WITH_TIMEOUT(!dialog->isTrying(), patience);
            QVERIFY2(dialog->resultText().startsWith(signInStep(ErrorKind::Credentials)),
                     qUtf8Printable(dialog->resultText()));
            QVERIFY(!context.window()->workspace());
            QVERIFY(keychain.isEmpty());
            // The failed try is there for whoever helps, the secret is not.
            context.window()->actions().requests->trigger();
            const auto *requests = context.window()->findChild<RequestsWindow *>();
            QVERIFY(requests && requests->isVisible());
            QVERIFY2(requests->text().contains(u"POST /oauth20/token 401"_qs), qUtf8Printable(requests->text()));
            QVERIFY(!requests->text().contains(u"canary"_qs));

            fillIn(dialog, server.url(), u"demo-secret"_qs);
            QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace(), patience);
            QTRY_VERIFY(!dialog);
            QTRY_COMPARE(keychain.value(u"Acme"_qs).clientSecret, u"demo-secret"_qs);
            QVERIFY(requests->text().count(u'\n') >= 2);
            QVERIFY(!requests->text().contains(u"demo-secret"_qs));
            context.window()->close();
        }
        QVERIFY(everythingIn(folder).contains("Acme"));
        QVERIFY(!everythingIn(folder).contains("demo-secret"));

        // The next start signs in by itself; signing out takes the secret away; the one after asks.
        {
            AppContext context(optionsIn(folder), std::make_unique<SharedKeychain>(&keychain));
            context.start();
            QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace(), patience);
            context.window()->actions().signOut->trigger();
            QVERIFY(!context.window()->workspace());
            QVERIFY(context.window()->welcomePage()->isVisible());
            QTRY_VERIFY(keychain.isEmpty());
        }
        AppContext context(optionsIn(folder), std::make_unique<SharedKeychain>(&keychain));
        context.start();
        context.signIn()->open(u"Acme"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(context.signIn()->dialog(), patience);
        QCOMPARE(context.signIn()->dialog()->findChild<QLineEdit *>(u"clientId"_qs)->text(), u"demo"_qs);
    }

    void withoutAKeychainTheSessionWorksAndSaysSo()
    {
        SandboxServer server(demo());
        QVERIFY(server.start());
        const QTemporaryDir folder;
        AppContext context(optionsIn(folder), std::make_unique<NoKeychain>());
        context.start();
        context.window()->actions().signIn->trigger();
        fillIn(context.signIn()->dialog(), server.url(), u"demo-secret"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace(), patience);
        const QString told = u"No keychain here: secrets are kept until Rowdesk closes."_qs;
        QTRY_VERIFY2(context.window()->statusSentence().endsWith(told),
                     qUtf8Printable(context.window()->statusSentence()));
        context.window()->actions().signIn->trigger();
        const auto *note = context.signIn()->dialog()->findChild<QLabel *>(u"rememberNote"_qs);
        QVERIFY(note);
        QCOMPARE(note->text(), told);
        context.signIn()->dialog()->reject();
        // Within the session the profile can be left and taken up again.
        context.signIn()->open(u"Acme"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace(), patience);
        QVERIFY(!everythingIn(folder).contains("demo-secret"));
    }

    void profilesThatCantBeReadAreLeftAlone()
    {
        SandboxServer server(demo());
        QVERIFY(server.start());
        const QTemporaryDir folder;
        const QByteArray damaged = "{\"profiles\":[{\"name\":\"Precious";
        QFile file(folder.filePath(u"profiles.json"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(damaged);
        file.close();
        QHash<QString, Secrets> keychain;
        AppContext context(optionsIn(folder), std::make_unique<SharedKeychain>(&keychain));
        context.start();
        QVERIFY(context.signIn()->storeProblem());
        QVERIFY2(context.window()->statusSentence().contains(context.signIn()->storeProblem()->text()),
                 qUtf8Printable(context.window()->statusSentence()));
        context.window()->actions().signIn->trigger();
        fillIn(context.signIn()->dialog(), server.url(), u"demo-secret"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace(), patience);
        QCOMPARE(context.signIn()->profileNames(), QStringList{u"Acme"_qs});
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), damaged);
    }

    void aFileWaitsForAnAccountAndBecomesATable()
    {
        const QTemporaryDir folder;
        StartOptions options = optionsIn(folder);
        options.file = folder.filePath(u"sales.csv"_qs);
        QFile file(options.file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("shop,amount\nLille,12\n");
        file.close();
        AppContext context(options, std::make_unique<NoKeychain>());
        context.start();
        QVERIFY(context.window()->welcomePage()->isVisible());
        QVERIFY(!context.window()->findChild<QDialog *>(u"ImportDialog"_qs));
        context.window()->actions().sampleData->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->findChild<QDialog *>(u"ImportDialog"_qs), patience);

        // Upload it into a table of its own: the list and the page of uploads tell of it without being asked.
        auto *dialog = context.window()->findChild<QDialog *>(u"ImportDialog"_qs);
        dialog->findChild<QRadioButton *>(u"create"_qs)->click();
        auto *upload = dialog->findChild<QPushButton *>(u"upload"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(upload->isEnabled(), patience);
        upload->click();
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->uploadsPage()->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(context.window()->workspace()->datasets()->names().contains(u"sales"_qs), patience);
        QTRY_COMPARE_WITH_TIMEOUT(context.window()->uploadsPage()->openCount(), 0, patience);
        const DatasetListModel *list = context.window()->workspace()->datasets();
        const auto row = int(list->names().indexOf(u"sales"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(list->dataset(row).rows.value_or(-1), qint64(1), patience);
    }
};

QTEST_MAIN(TestAppContext)
#include "tst_appcontext.moc"
