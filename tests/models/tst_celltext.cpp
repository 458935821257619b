#include "models/celltext.h"

#include <QTest>

using namespace rowdesk;

class TestCellText : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void jsonIsIndentedAndNothingElse()
    {
        QCOMPARE(CellText::prettyJson(u"{\"a\":[1,2.50,{}],\"b , {\":\"x\\\"]\",\"c\":[] }"_qs),
                 u"{\n  \"a\": [\n    1,\n    2.50,\n    {}\n  ],\n  \"b , {\": \"x\\\"]\",\n  \"c\": []\n}"_qs);
        QCOMPARE(CellText::prettyJson(u"[12345678901234567890.10,\"\\u00e9\"]"_qs),
                 u"[\n  12345678901234567890.10,\n  \"\\u00e9\"\n]"_qs);
        QCOMPARE(CellText::prettyJson(u" [] "_qs), u"[]"_qs);
    }

    void whatIsNoJsonStays()
    {
        for (const QString &text : {u"12"_qs, u"\"a\""_qs, u"{a}"_qs, u"[1,"_qs, u""_qs, u"[1] x"_qs, u"[\"\\"_qs})
            QVERIFY2(!CellText::prettyJson(text), qUtf8Printable(text));
    }

    void theUnseenIsSeen()
    {
        QCOMPARE(CellText::withMarks(u"a b\tc\nd"_qs), u"a·b→c↵\nd"_qs);
        QCOMPARE(CellText::withMarks(u"\u00A0\u200B\u202E\r\uFEFF"_qs), u"⟨U+00A0⟩⟨U+200B⟩⟨U+202E⟩⟨U+000D⟩⟨U+FEFF⟩"_qs);
        QCOMPARE(CellText::withMarks(u"😀é"_qs), u"😀é"_qs);
        QCOMPARE(CellText::withMarks(QString(QChar(0xD800)) + u'x'), u"⟨U+D800⟩x"_qs);
        QCOMPARE(CellText::withMarks(QString(QChar(0xD800))), u"⟨U+D800⟩"_qs);
    }

    void lengthsAreInCharacters()
    {
        QCOMPARE(CellText::facts(u"😀"_qs), u"1 character"_qs);
        QCOMPARE(CellText::facts(u"ab\nc"_qs), u"4 characters, 2 lines"_qs);
        QCOMPARE(CellText::facts(u""_qs), u"0 characters"_qs);
    }
};

QTEST_GUILESS_MAIN(TestCellText)
#include "tst_celltext.moc"
