#include "models/encodinglook.h"

#include "files/filefixture.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rowdesk;

class TestEncodingLook : public QObject
{
    Q_OBJECT

    test::FileFixture m_files;

private slots:
    void onlyLinesWithLettersSideBySide()
    {
        const QString path = m_files.write("a;b\r\nplain;1\r\nK\xf6ln;2\r\nplain;3\r\nna\xefve");
        const Result<EncodingLook> look = compareEncodings(path, "WINDOWS-1252", "WINDOWS-1251", {});
        QVERIFY(look);
        QCOMPARE(look->lines.size(), 2);
        QCOMPARE(look->lines[0].line, 3);
        QCOMPARE(look->lines[0].chosen, QStringLiteral("Köln;2"));
        QCOMPARE(look->lines[0].other, QStringLiteral("Kцln;2"));
        QCOMPARE(look->lines[1].line, 5);
        QVERIFY(look->isTelling());
        EncodingModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLook(*look);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, EncodingModel::OtherSection).data(), QStringLiteral("Kцln;2"));
    }

    void encodingsThatSayTheSameTellNothing()
    {
        const Result<EncodingLook> look =
            compareEncodings(m_files.write("K\xf6ln\n"), "WINDOWS-1252", "ISO-8859-1", {});
        QVERIFY(look);
        QVERIFY(!look->isTelling());
        QVERIFY(!compareEncodings(m_files.write("plain\n"), "WINDOWS-1252", "WINDOWS-1251", {})->isTelling());
    }

    void oneThatCannotReadTheFileSaysSo()
    {
        const Result<EncodingLook> look = compareEncodings(m_files.write("x\nK\xf6ln\n"), "WINDOWS-1252", "UTF-8", {});
        QVERIFY(look);
        QVERIFY(look->otherFails.contains(QStringLiteral("line 2")));
        QVERIFY(look->lines[0].other.isNull());
        QVERIFY(look->isTelling());
    }

    void theFirstLinesAreEnough()
    {
        const QByteArray bytes = QByteArray("K\xf6ln\n").repeated(5000);
        const Result<EncodingLook> look = compareEncodings(m_files.write(bytes), "WINDOWS-1252", "WINDOWS-1251", {});
        QCOMPARE(look->lines.size(), EncodingLook::mostLines);
        const QByteArray wide = QByteArray(5000, 'x') + "\xf6\n";
        const auto part = compareEncodings(m_files.write(wide), "WINDOWS-1252", "WINDOWS-1251", {});
        QVERIFY(part->lines[0].chosen.endsWith(QStringLiteral("xö")) && part->lines[0].chosen.size() < 100);
    }
};

QTEST_GUILESS_MAIN(TestEncodingLook)
#include "tst_encodinglook.moc"
