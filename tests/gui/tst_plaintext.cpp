#include "gui/datasetspage.h"
#include "gui/datasettab.h"
#include "gui/datasettabs.h"
#include "gui/message.h"
#include "gui/navigation.h"
#include "gui/newtabledialog.h"
#include "gui/signindialog.h"
#include "gui/versionspage.h"
#include "gui/welcomepage.h"
#include "sandboxdesk.h"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QTextDocument>
#include <QTreeView>

using namespace rowdesk;

namespace {

const QString hostile = QStringLiteral("<img src=\"file:///tmp/canary.png\"><b>&amp; Sales</b>\u202Etxt.exe");

} // namespace

/// Whatever a server or a file says is shown as text, in every window.
class TestPlainText : public QObject
{
    Q_OBJECT

    static void checkEveryLabel()
    {
        int seen = 0;
        for (QWidget *widget : QApplication::allWidgets()) {
            if (const auto *label = qobject_cast<QLabel *>(widget)) {
                ++seen;
                const QString text = QLatin1String(label->metaObject()->className()) + u": "_qs + label->text();
                QVERIFY2(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()),
                         qUtf8Printable(text));
            }
            // A tooltip that is rich on purpose has escaped whatever is in it.
            const QString tip = widget->toolTip();
            QVERIFY2(!Qt::mightBeRichText(tip) || !tip.contains(u"<img"_qs), qUtf8Printable(tip));
            QVERIFY2(!widget->windowTitle().contains(QChar(0x202E)), qUtf8Printable(widget->windowTitle()));
        }
        QVERIFY(seen > 0);
    }

    static void checkOwnLabelsArePlain(QWidget *window)
    {
        for (const QLabel *label : window->findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText,
                     qUtf8Printable(label->objectName() + u": "_qs + label->text()));
    }

private slots:
    void theMainWindow()
    {
        SandboxDesk desk;
        QVERIFY(desk.start());
        DatasetInfo info;
        info.id = hostile;
        info.name = hostile;
        info.description = hostile;
        info.changed = hostile;
        info.schema.emplace();
        info.schema->columns.append({hostile, ColumnType::Text});
        desk.workspace->datasets()->setDatasets({info});
        desk.window.setProfiles({hostile}, hostile);
        desk.window.setNotice(hostile);
        DatasetTab *tab = desk.window.tabs()->open(hostile);
        QVERIFY(tab);
        tab->versionsPage()->showFailure({ErrorKind::Rejected, 400, hostile, hostile, hostile, hostile});
        VersionInfo version;
        version.version = hostile;
        version.created = hostile;
        version.comment = hostile;
        desk.window.tabs()->openVersion(hostile, version);
        desk.window.welcomePage()->showWaitingFile(hostile);
        checkEveryLabel();
        checkOwnLabelsArePlain(&desk.window);
        const QAbstractItemModel *list = desk.window.tabs()->listPage()->view()->model();
        for (int column = 0; column < list->columnCount(); ++column)
            QVERIFY(!list->index(0, column).data(Qt::ToolTipRole).toString().contains(u"<img"_qs));
    }

    void theDialogs()
    {
        SignInDialog signIn({hostile});
        signIn.show();
        signIn.showFailure({ErrorKind::Credentials, 401, hostile, hostile, hostile, hostile});
        NewTableDialog newTable({hostile});
        newTable.show();
        checkEveryLabel();
        checkOwnLabelsArePlain(&signIn);
        checkOwnLabelsArePlain(&newTable);
    }

    void messageBoxes()
    {
        QWidget window;
        window.show();
        message::showProblem(&window, hostile, {ErrorKind::Rejected, 400, hostile, hostile, hostile, hostile});
        auto *box = window.findChild<QMessageBox *>();
        QVERIFY(box);
        for (const QLabel *label : box->findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qUtf8Printable(label->objectName()));
    }

    void fitASmallScreen()
    {
        const QSize small(1024, 700);
        MainWindow window;
        SignInDialog signIn({});
        NewTableDialog newTable({});
        for (QWidget *each : std::initializer_list<QWidget *>{&window, &signIn, &newTable}) {
            const QSize least = each->minimumSizeHint().expandedTo(each->minimumSize());
            QVERIFY2(least.width() <= small.width() && least.height() <= small.height(),
                     qUtf8Printable(u"%1: %2 x %3"_qs.arg(each->windowTitle()).arg(least.width()).arg(least.height())));
        }
        for (QDialog *dialog : std::initializer_list<QDialog *>{&signIn, &newTable}) {
            dialog->show();
            QVERIFY(dialog->width() <= small.width() && dialog->height() <= small.height());
        }
    }
};

QTEST_MAIN(TestPlainText)
#include "tst_plaintext.moc"
