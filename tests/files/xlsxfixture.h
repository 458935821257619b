#pragma once

#include "files/filefixture.h"

#include <QMap>

#include <zip.h>

namespace rowdesk::test {

inline constexpr const char *mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr const char *relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook made of the parts that a test names; the rest is the least that a workbook has.
class XlsxFixture
{
public:
    XlsxFixture()
    {
        const QByteArray relations =
            QByteArray("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        parts["[Content_Types].xml"] =
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
        parts["_rels/.rels"] = relations + "<Relationship Id=\"r1\" Type=\"" + relationSpace +
                               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
        parts["xl/workbook.xml"] = workbook("<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets>");
        parts["xl/_rels/workbook.xml.rels"] = relations + relation("r1", "worksheet", "worksheets/sheet1.xml") +
                                              relation("r2", "styles", "styles.xml") +
                                              relation("r3", "sharedStrings", "sharedStrings.xml") + "</Relationships>";
        parts["xl/styles.xml"] = styles({});
        parts["xl/sharedStrings.xml"] = strings({});
        parts["xl/worksheets/sheet1.xml"] = sheet("");
    }

    QMap<QByteArray, QByteArray> parts;

    static QByteArray relation(const QByteArray &id, const QByteArray &type, const QByteArray &target)
    {
        return "<Relationship Id=\"" + id + "\" Type=\"" + relationSpace + "/" + type + "\" Target=\"" + target +
               "\"/>";
    }
    static QByteArray workbook(const QByteArray &inside)
    {
        return QByteArray("<workbook xmlns=\"") + mainSpace + "\" xmlns:r=\"" + relationSpace + "\">" + inside +
               "</workbook>";
    }
    /// `after` is what stands behind the rows.
    static QByteArray sheet(const QByteArray &rows, const QByteArray &after = {})
    {
        return QByteArray("<worksheet xmlns=\"") + mainSpace + "\"><sheetData>" + rows + "</sheetData>" + after +
               "</worksheet>";
    }
    /// Cell styles 0, 1, 2 … with these built-in numbers or format codes.
    static QByteArray styles(const QByteArrayList &formats)
    {
        QByteArray codes;
        QByteArray cells = "<xf numFmtId=\"0\"/>";
        int own = 164;
        for (const QByteArray &format : formats) {
            bool builtIn = false;
            int id = format.toInt(&builtIn);
            if (!builtIn || format.startsWith("00")) {
                id = own++;
                codes += "<numFmt numFmtId=\"" + QByteArray::number(id) + "\" formatCode=\"" +
                         QByteArray(format).replace("\"", "&quot;") + "\"/>";
            }
            cells += "<xf numFmtId=\"" + QByteArray::number(id) + "\"/>";
        }
        return QByteArray("<styleSheet xmlns=\"") + mainSpace + "\"><numFmts>" + codes +
               "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + cells +
               "</cellXfs></styleSheet>";
    }
    static QByteArray strings(const QByteArrayList &texts)
    {
        QByteArray all = QByteArray("<sst xmlns=\"") + mainSpace + "\" uniqueCount=\"4294967295\">";
        for (const QByteArray &text : texts)
            all += text.startsWith('<') ? "<si>" + text + "</si>" : "<si><t>" + text + "</t></si>";
        return all + "</sst>";
    }

    /// Sheets "Data" and "Old", both with the number 1 and nothing else.
    void makeTwoSheets()
    {
        parts["xl/workbook.xml"] = workbook("<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/><sheet "
                                            "name=\"Old\" sheetId=\"2\" r:id=\"r4\"/></sheets>");
        parts["xl/_rels/workbook.xml.rels"].replace(
            "</Relationships>", relation("r4", "worksheet", "worksheets/sheet1.xml") + "</Relationships>");
        parts["xl/worksheets/sheet1.xml"] = sheet("<row><c><v>1</v></c></row>");
    }

    /// Writes the parts, in the order of their names, to a file.
    QString write(const QString &name = QStringLiteral("book.xlsx"))
    {
        const QString path = m_files.path(name);
        QFile::remove(path);
        int code = 0;
        zip_t *archive = zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
        if (!archive)
            qFatal("the test can't make a workbook");
        for (auto part = parts.constBegin(); part != parts.constEnd(); ++part) {
            zip_source_t *source =
                zip_source_buffer(archive, part->constData(), static_cast<zip_uint64_t>(part->size()), 0);
            if (zip_file_add(archive, part.key().constData(), source, ZIP_FL_ENC_UTF_8) < 0)
                qFatal("the test can't add a part");
        }
        if (zip_close(archive) != 0)
            qFatal("the test can't write a workbook");
        return path;
    }
    QString path(const QString &name) const { return m_files.path(name); }
    QString writeBytes(const QByteArray &bytes, const QString &name = QStringLiteral("bytes.xlsx"))
    {
        return m_files.write(bytes, name);
    }

private:
    FileFixture m_files;
};

} // namespace rowdesk::test
