#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QMap>
#include <QXmlStreamReader>

#include <cmath>
#include <zip.h>

namespace rowdesk::test {

/// The first sheet of a workbook read the slow and obvious way, with another ZIP access and another XML parser than the
/// fast reader's rules; what that is held against. It ignores what it does not know.
class ReferenceXlsx
{
public:
    struct Cell
    {
        enum Kind { Text, Number, Moment, Boolean, Bad } kind = Text;
        QString text;        ///< of Text and Boolean
        double number = 0;   ///< of Number, and the serial of Moment
        bool isOpen = false; ///< the number's format is not one that this reader knows
    };
    QMap<std::pair<qint64, int>, Cell> cells; ///< by row and column, from 1
    bool isDamaged = false;
    bool from1904 = false;

    explicit ReferenceXlsx(const QByteArray &archive)
    {
        unpack(archive);
        const QByteArray book = targetOf("_rels/.rels", "officeDocument", {});
        const QByteArray relations = relationsOf(book);
        const QByteArray sheet = targetOf(relations, "worksheet", sheetId(book));
        readStyles(targetOf(relations, "styles", {}));
        readTexts(targetOf(relations, "sharedStrings", {}));
        if (sheet.isEmpty())
            isDamaged = true;
        else
            readSheet(sheet);
    }

    /// Milliseconds since the epoch of a serial number; nothing when there is no such day.
    std::optional<qint64> momentOf(double serial) const
    {
        const qint64 all = std::llround(serial * 86400000.0);
        const qint64 days = all / 86400000;
        if (serial < 0 || days >= 2958466 || (days == 60 && !from1904))
            return std::nullopt;
        const QDate first = from1904 ? QDate(1904, 1, 1) : days < 60 ? QDate(1899, 12, 31) : QDate(1899, 12, 30);
        return QDateTime(first.addDays(days), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() + all % 86400000;
    }

private:
    void unpack(const QByteArray &archive)
    {
        zip_error_t error;
        zip_source_t *source =
            zip_source_buffer_create(archive.constData(), static_cast<zip_uint64_t>(archive.size()), 0, &error);
        zip_t *opened = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!opened) {
            zip_source_free(source);
            isDamaged = true;
            return;
        }
        for (zip_int64_t i = 0; i < zip_get_num_entries(opened, 0); ++i) {
            zip_stat_t entry;
            zip_file_t *file = zip_fopen_index(opened, static_cast<zip_uint64_t>(i), 0);
            if (!file || zip_stat_index(opened, static_cast<zip_uint64_t>(i), 0, &entry) != 0) {
                m_parts[QByteArray(zip_get_name(opened, static_cast<zip_uint64_t>(i), 0)).toLower()] = QByteArray();
            } else {
                QByteArray bytes(static_cast<qsizetype>(std::min<zip_uint64_t>(entry.size, 1 << 22)), '\0');
                const zip_int64_t got = zip_fread(file, bytes.data(), static_cast<zip_uint64_t>(bytes.size()));
                char more = 0;
                const bool good = got == bytes.size() && zip_fread(file, &more, 1) == 0;
                m_parts[QByteArray(entry.name).toLower()] = good ? bytes : QByteArray();
            }
            if (file)
                zip_fclose(file);
        }
        zip_discard(opened);
    }

    static QByteArray relationsOf(const QByteArray &part)
    {
        const qsizetype slash = part.lastIndexOf('/');
        return part.left(slash + 1) + "_rels/" + part.mid(slash + 1) + ".rels";
    }

    static QString value(const QXmlStreamReader &xml, const char *name)
    {
        for (const QXmlStreamAttribute &attribute : xml.attributes()) {
            const QStringView own = attribute.qualifiedName();
            if (own.mid(own.indexOf(u':') + 1) == QLatin1StringView(name))
                return attribute.value().isNull() ? QStringLiteral("") : attribute.value().toString();
        }
        return {};
    }

    /// The target of the relation of this type (and id); empty when there is none.
    QByteArray targetOf(const QByteArray &list, const char *type, const QString &id)
    {
        QXmlStreamReader xml(m_parts.value(list.toLower()));
        xml.setNamespaceProcessing(false);
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != QLatin1StringView("Relationship"))
                continue;
            if (!value(xml, "Type").endsWith(QLatin1Char('/') + QString::fromLatin1(type)))
                continue;
            if (!id.isNull() && value(xml, "Id") != id)
                continue;
            const QByteArray target = value(xml, "Target").toUtf8();
            const QByteArray folder = list.left(list.indexOf("_rels/"));
            return target.startsWith('/') ? target.mid(1) : folder + target;
        }
        return {};
    }

    QString sheetId(const QByteArray &book)
    {
        QString id;
        QXmlStreamReader xml(m_parts.value(book.toLower()));
        xml.setNamespaceProcessing(false);
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QLatin1StringView("workbookPr"))
                from1904 = value(xml, "date1904") == QLatin1StringView("1") ||
                           value(xml, "date1904") == QLatin1StringView("true");
            if (xml.name() == QLatin1StringView("sheet") && id.isNull())
                id = value(xml, "id");
        }
        isDamaged = isDamaged || xml.hasError() || id.isNull();
        return id.isNull() ? QStringLiteral("none") : id;
    }

    void readStyles(const QByteArray &part)
    {
        if (part.isEmpty())
            return;
        QHash<int, QString> codes;
        bool inCells = false;
        QXmlStreamReader xml(m_parts.value(part.toLower()));
        xml.setNamespaceProcessing(false);
        while (!xml.atEnd()) {
            const auto token = xml.readNext();
            if (token == QXmlStreamReader::EndElement && xml.name() == QLatin1StringView("cellXfs"))
                inCells = false;
            if (token != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QLatin1StringView("numFmt"))
                codes[value(xml, "numFmtId").toInt()] = value(xml, "formatCode");
            else if (xml.name() == QLatin1StringView("cellXfs"))
                inCells = true;
            else if (xml.name() == QLatin1StringView("xf") && inCells)
                m_styles.push_back(value(xml, "numFmtId").toInt());
        }
        isDamaged = isDamaged || xml.hasError();
        m_codes = codes;
    }

    static QString unescaped(const QString &text)
    {
        QString out;
        for (qsizetype i = 0; i < text.size(); ++i) {
            bool isHex = false;
            const QStringView code = QStringView(text).mid(i + 2, 4);
            const uint value = code.size() == 4 ? code.toUInt(&isHex, 16) : 0;
            const bool plain = std::all_of(code.begin(), code.end(), [](QChar c) { return c.isLetterOrNumber(); });
            if (text[i] == u'_' && i + 6 < text.size() && text[i + 1] == u'x' && text[i + 6] == u'_' && isHex &&
                plain && value > 0) {
                out += QChar(static_cast<char16_t>(value));
                i += 6;
            } else {
                out += text[i];
            }
        }
        return out;
    }

    void readTexts(const QByteArray &part)
    {
        if (part.isEmpty())
            return;
        QString text;
        bool inText = false;
        int phonetic = 0;
        QXmlStreamReader xml(m_parts.value(part.toLower()));
        xml.setNamespaceProcessing(false);
        while (!xml.atEnd()) {
            const auto token = xml.readNext();
            const auto name = xml.name();
            if (token == QXmlStreamReader::StartElement) {
                phonetic += name == QLatin1StringView("rPh") ? 1 : 0;
                inText = name == QLatin1StringView("t") && phonetic == 0;
            } else if (token == QXmlStreamReader::EndElement) {
                phonetic -= name == QLatin1StringView("rPh") ? 1 : 0;
                inText = false;
                if (name == QLatin1StringView("si")) {
                    m_texts.push_back(unescaped(text));
                    text.clear();
                }
            } else if (token == QXmlStreamReader::Characters && inText) {
                text += xml.text();
            }
        }
        isDamaged = isDamaged || xml.hasError();
    }

    void readSheet(const QByteArray &part)
    {
        QXmlStreamReader xml(m_parts.value(part.toLower()));
        xml.setNamespaceProcessing(false);
        qint64 row = 0;
        int column = 0;
        while (!xml.atEnd() && !isDamaged) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QLatin1StringView("row")) {
                const QString number = value(xml, "r");
                const qint64 next = number.isNull() ? row + 1 : number.toLongLong();
                isDamaged = next <= row;
                row = next;
                column = 0;
            } else if (xml.name() == QLatin1StringView("c")) {
                readCell(xml, row, column);
            }
        }
        isDamaged = isDamaged || xml.hasError();
    }

    void readCell(QXmlStreamReader &xml, qint64 row, int &column)
    {
        const QString name = value(xml, "r");
        if (name.isNull()) {
            ++column;
        } else {
            int at = 0;
            column = 0;
            while (at < name.size() && name[at] >= u'A' && name[at] <= u'Z')
                column = column * 26 + name[at++].unicode() - u'A' + 1;
            isDamaged = isDamaged || column == 0 || name.mid(at).toLongLong() != row;
        }
        const QString type = value(xml, "t");
        const int style = value(xml, "s").toInt();
        QString text;
        bool hasValue = false;
        bool hasFormula = false;
        int phonetic = 0;
        bool inText = false;
        while (!xml.atEnd()) {
            const auto token = xml.readNext();
            const auto element = xml.name();
            if (token == QXmlStreamReader::EndElement) {
                if (element == QLatin1StringView("c"))
                    break;
                phonetic -= element == QLatin1StringView("rPh") ? 1 : 0;
                inText = false;
            } else if (token == QXmlStreamReader::StartElement) {
                phonetic += element == QLatin1StringView("rPh") ? 1 : 0;
                hasFormula = hasFormula || element == QLatin1StringView("f");
                const bool isInline =
                    element == QLatin1StringView("t") && phonetic == 0 && type == QLatin1StringView("inlineStr");
                inText = element == QLatin1StringView("v") || isInline;
                hasValue = hasValue || inText;
            } else if (token == QXmlStreamReader::Characters && inText) {
                text += xml.text();
            }
        }
        if (!hasValue && !hasFormula)
            return;
        if (cells.contains({row, column}))
            isDamaged = true;
        cells[{row, column}] = hasValue ? cellOf(type, style, text) : Cell{Cell::Bad, {}, 0, false};
    }

    Cell cellOf(const QString &type, int style, const QString &text) const
    {
        const Cell bad{Cell::Bad, {}, 0, false};
        if (type == QLatin1StringView("s")) {
            bool isNumber = false;
            const qlonglong index = text.trimmed().toLongLong(&isNumber);
            const bool good = isNumber && index >= 0 && index < static_cast<qlonglong>(m_texts.size());
            return good ? Cell{Cell::Text, m_texts[static_cast<size_t>(index)], 0, false} : bad;
        }
        if (type == QLatin1StringView("str") || type == QLatin1StringView("inlineStr"))
            return {Cell::Text, unescaped(text), 0, false};
        if (type == QLatin1StringView("b"))
            return text.trimmed() == u'1' || text.trimmed() == u'0'
                       ? Cell{Cell::Boolean, text.trimmed() == u'1' ? QStringLiteral("true") : QStringLiteral("false"),
                              0, false}
                       : bad;
        if (!type.isNull() && type != QLatin1StringView("n"))
            return bad;
        bool isNumber = false;
        const double number = text.trimmed().toDouble(&isNumber);
        if (!isNumber || !std::isfinite(number))
            return bad;
        return numberCell(number, style);
    }

    Cell numberCell(double number, int style) const
    {
        const int id =
            style >= 0 && static_cast<size_t>(style) < m_styles.size() ? m_styles[static_cast<size_t>(style)] : 0;
        if (const auto code = m_codes.constFind(id); code != m_codes.constEnd()) {
            const bool isKnown = *code == QLatin1StringView("dd.mm.yyyy") || *code == QLatin1StringView("0.00");
            return {*code == QLatin1StringView("dd.mm.yyyy") ? Cell::Moment : Cell::Number, {}, number, !isKnown};
        }
        const bool isMoment =
            (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
        const bool isClock =
            (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56;
        return {isMoment ? Cell::Moment : Cell::Number, {}, number, isClock};
    }

    QHash<QByteArray, QByteArray> m_parts;
    std::vector<int> m_styles;
    QHash<int, QString> m_codes;
    std::vector<QString> m_texts;
};

} // namespace rowdesk::test
