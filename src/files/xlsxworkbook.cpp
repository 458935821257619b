#include "files/xlsxworkbook.h"

#include "files/xmlwalk.h"

#include <QCoreApplication>
#include <QHash>

#include <charconv>
#include <cstring>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XlsxWorkbook)
};

ApiError damaged(const QString &what)
{
    return {ErrorKind::File,
            0,
            QStringLiteral("xlsx.damaged"),
            Words::tr("The file is damaged: %1.").arg(what),
            Words::tr("Open it in a spreadsheet program and save it again."),
            {}};
}

QByteArray valueOf(const XmlAttributes &attributes, std::string_view name)
{
    return QByteArray(attributes.find(name)); // null stays null
}

Result<Done> walk(const ZipArchive &archive, const QByteArray &part, std::string_view root, XmlHandler &handler)
{
    auto opened = archive.part(part);
    if (!opened)
        return opened.error();
    return XmlWalk(std::move(opened).value(), root, handler, QString::fromUtf8(part)).run();
}

struct Relationship
{
    QByteArray id;
    QByteArray type; // the last word of its address: "worksheet", "styles", …
    QByteArray target;
    bool external;
};

struct RelationshipHandler : XmlHandler
{
    QVector<Relationship> found;
    void start(std::string_view name, const XmlAttributes &attributes) override
    {
        if (name != "Relationship")
            return;
        const QByteArray type = valueOf(attributes, "Type");
        found.append({valueOf(attributes, "Id"), type.mid(type.lastIndexOf('/') + 1), valueOf(attributes, "Target"),
                      valueOf(attributes, "TargetMode") == "External"});
    }
    void end(std::string_view) override {}
};

/// The name of a part from a target that is relative to the folder of another part.
QByteArray resolved(const QByteArray &from, const QByteArray &target)
{
    if (target.startsWith('/'))
        return target.mid(1);
    QByteArrayList path = from.split('/');
    path.removeLast();
    for (const QByteArray &step : target.split('/')) {
        if (step == ".." && !path.isEmpty())
            path.removeLast();
        else if (step != "." && step != "..")
            path.append(step);
    }
    return path.join('/');
}

QByteArray relationshipsOf(const QByteArray &part)
{
    const qsizetype slash = part.lastIndexOf('/');
    return part.left(slash + 1) + "_rels/" + part.mid(slash + 1) + ".rels";
}

/// The relationships of a part; none when it has no list of them.
Result<QVector<Relationship>> readRelationships(const ZipArchive &archive, const QByteArray &part)
{
    RelationshipHandler handler;
    const QByteArray list = relationshipsOf(part);
    if (!archive.contains(list))
        return QVector<Relationship>();
    const auto read = walk(archive, list, "Relationships", handler);
    if (!read)
        return read.error();
    for (Relationship &relationship : handler.found) {
        if (!relationship.external)
            relationship.target = resolved(part, relationship.target);
    }
    return handler.found;
}

struct WorkbookHandler : XmlHandler
{
    struct Sheet
    {
        QString name;
        QByteArray id;
        bool hidden;
    };
    QVector<Sheet> sheets;
    QVector<XlsxRange> names;
    bool from1904 = false;
    bool inName = false;

    void start(std::string_view name, const XmlAttributes &attributes) override
    {
        if (name == "sheet") {
            const QByteArray state = valueOf(attributes, "state");
            sheets.append({QString::fromUtf8(valueOf(attributes, "name")), valueOf(attributes, "id"),
                           state == "hidden" || state == "veryHidden"});
        } else if (name == "workbookPr") {
            const QByteArray value = valueOf(attributes, "date1904");
            from1904 = value == "1" || value == "true";
        } else if (name == "definedName") {
            inName = valueOf(attributes, "hidden") != "1";
            if (inName)
                names.append({QString::fromUtf8(valueOf(attributes, "name")), -1, {}, false});
        }
    }
    void end(std::string_view name) override { inName = inName && name != "definedName"; }
    void text(std::string_view text) override
    {
        if (inName)
            names.last().cells += QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
};

/// Number formats of the cell styles: cellXfs, each with the number of a format that is built in or defined here.
struct StylesHandler : XmlHandler
{
    QHash<int, NumberFormat> defined;
    std::vector<NumberFormat> formats;
    bool inCells = false;
    bool inCodes = false;
    int depth = 0; // below cellXfs or numFmts

    /// A style that is lost would change the meaning of all numbers whose cells have a later one.
    void start(std::string_view name, const XmlAttributes &attributes) override
    {
        const int id = valueOf(attributes, "numFmtId").toInt();
        depth += inCells || inCodes ? 1 : 0;
        if (depth == 1 && name != (inCells ? "xf" : "numFmt") && name != "extLst")
            problem = damaged(Words::tr("its styles have an element “%1”, which does not belong there")
                                  .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).left(40)));
        if (depth == 0 && name == "numFmts")
            inCodes = true;
        if (name == "numFmt" && inCodes) { // those of conditional formats are others
            const QByteArray code = valueOf(attributes, "formatCode");
            defined.insert(id, formatOfCode({code.constData(), static_cast<size_t>(code.size())}));
        } else if (name == "cellXfs") {
            inCells = true;
        } else if (name == "xf" && inCells) {
            const auto own = defined.constFind(id);
            formats.push_back(own != defined.constEnd() ? *own : formatOfBuiltIn(id));
        }
    }
    void end(std::string_view name) override
    {
        depth -= depth > 0 ? 1 : 0;
        inCells = inCells && name != "cellXfs";
        inCodes = inCodes && name != "numFmts";
    }
};

struct TableHandler : XmlHandler
{
    XlsxRange table;
    void start(std::string_view name, const XmlAttributes &attributes) override
    {
        if (name != "table")
            return;
        table.isTable = true;
        table.name = QString::fromUtf8(valueOf(attributes, "displayName"));
        table.cells = QString::fromUtf8(valueOf(attributes, "ref"));
    }
    void end(std::string_view) override {}
};

struct StringsHandler : XmlHandler
{
    XlsxStrings strings;
    std::string current;
    size_t total = 0;
    bool inText = false;
    int phonetic = 0;

    bool inItem = false;
    bool inProperties = false;
    bool inExtension = false;

    /// A damaged name of an element would be a lost text, and the numbers of all after it would be wrong.
    bool mayStandHere(std::string_view name) const
    {
        if (!inItem)
            return name == "si" || name == "sst" || name == "extLst";
        return name == "t" || name == "r" || name == "rPr" || name == "rPh" || name == "phoneticPr" || name == "extLst";
    }
    void start(std::string_view name, const XmlAttributes &) override
    {
        if (inProperties || inExtension)
            return;
        if (!mayStandHere(name))
            problem = damaged(Words::tr("its shared texts have an element “%1”, which does not belong there")
                                  .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).left(40)));
        inItem = inItem || name == "si";
        inProperties = name == "rPr";
        inExtension = name == "extLst";
        if (name == "rPh")
            ++phonetic;
        inText = name == "t" && phonetic == 0;
    }
    void end(std::string_view name) override
    {
        if (name == "rPr")
            inProperties = false;
        if (name == "extLst")
            inExtension = false;
        if (inProperties || inExtension)
            return;
        inItem = inItem && name != "si";
        if (name == "rPh")
            --phonetic;
        inText = false;
        if (name != "si")
            return;
        const size_t before = total;
        std::string whole;
        appendUnescaped(current, whole);
        total += whole.size();
        if (isTooLongForACell(whole))
            problem = damaged(
                Words::tr("text %1 of its shared texts is longer than a cell can hold").arg(strings.size() + 1));
        else if (total < before || total > (size_t{512} << 20))
            problem = damaged(Words::tr("its shared texts are longer than 512 MB"));
        strings.append(whole);
        strings.finish();
        current.clear();
    }
    void text(std::string_view text) override
    {
        if (inText && current.size() < xlsxLongestText * 8)
            current.append(text);
    }
};

/// Splits Sheet1!$A$1:$C$9 into the sheet and the cells.
void placeName(XlsxRange &range, const QVector<XlsxSheetInfo> &sheets)
{
    const qsizetype mark = range.cells.lastIndexOf(u'!');
    QString sheet = range.cells.left(mark);
    if (sheet.startsWith(u'\'') && sheet.endsWith(u'\''))
        sheet = sheet.mid(1, sheet.size() - 2).replace(QStringLiteral("''"), QStringLiteral("'"));
    range.cells = range.cells.mid(mark + 1).remove(u'$');
    for (int i = 0; i < sheets.size(); ++i) {
        if (mark >= 0 && sheets[i].name == sheet)
            range.sheet = i;
    }
}

Result<Done> readTables(const ZipArchive &archive, XlsxWorkbook &workbook)
{
    for (int sheet = 0; sheet < workbook.sheets.size(); ++sheet) {
        const auto relationships = readRelationships(archive, workbook.sheets[sheet].part);
        if (!relationships)
            return relationships.error();
        for (const Relationship &relationship : *relationships) {
            if (relationship.type != "table" || !archive.contains(relationship.target))
                continue;
            TableHandler handler;
            if (const auto read = walk(archive, relationship.target, "table", handler); !read)
                return read.error();
            handler.table.sheet = sheet;
            workbook.ranges.append(handler.table);
        }
    }
    return Done{};
}

Result<QByteArray> mainPart(const ZipArchive &archive)
{
    const auto relationships = readRelationships(archive, "");
    if (!relationships)
        return relationships.error();
    for (const Relationship &relationship : *relationships) {
        if (relationship.type == "officeDocument")
            return relationship.target;
    }
    return damaged(Words::tr("it does not say where its workbook is"));
}

} // namespace

Result<XlsxWorkbook> readWorkbook(const ZipArchive &archive)
{
    const auto main = mainPart(archive);
    if (!main)
        return main.error();
    WorkbookHandler handler;
    if (const auto read = walk(archive, *main, "workbook", handler); !read)
        return read.error();
    const auto relationships = readRelationships(archive, *main);
    if (!relationships)
        return relationships.error();
    XlsxWorkbook workbook;
    workbook.from1904 = handler.from1904;
    QHash<QByteArray, Relationship> byId;
    QByteArray styles;
    for (const Relationship &relationship : *relationships) {
        byId.insert(relationship.id, relationship);
        if (relationship.type == "styles")
            styles = relationship.target;
        else if (relationship.type == "sharedStrings")
            workbook.stringsPart = relationship.target;
        workbook.hasExternalLinks = workbook.hasExternalLinks || relationship.type == "externalLink";
        workbook.hasMacros = workbook.hasMacros || relationship.type == "vbaProject";
    }
    for (const auto &sheet : handler.sheets) {
        if (sheet.id.isEmpty()) // a sheet of macros of the nineties, which has no part
            continue;
        const auto found = byId.constFind(sheet.id);
        if (found == byId.constEnd())
            return damaged(Words::tr("its sheet “%1” leads nowhere").arg(sheet.name));
        if (found->type != "worksheet") // a chart or a macro sheet has no cells
            continue;
        if (found->external || !archive.contains(found->target))
            return damaged(Words::tr("the part of its sheet “%1” is missing").arg(sheet.name));
        workbook.sheets.append({sheet.name, found->target, sheet.hidden});
    }
    if (!styles.isEmpty()) {
        StylesHandler styled;
        if (const auto read = walk(archive, styles, "styleSheet", styled); !read)
            return read.error();
        workbook.formats = std::move(styled.formats);
    }
    for (XlsxRange &range : handler.names) {
        placeName(range, workbook.sheets);
        if (range.sheet >= 0 && !range.name.startsWith(QStringLiteral("_xlnm.")))
            workbook.ranges.append(range);
    }
    if (const auto tables = readTables(archive, workbook); !tables)
        return tables.error();
    return workbook;
}

Result<XlsxStrings> readSharedStrings(const ZipArchive &archive, const QByteArray &part)
{
    StringsHandler handler;
    if (part.isEmpty())
        return handler.strings;
    if (const auto read = walk(archive, part, "sst", handler); !read)
        return read.error();
    return std::move(handler.strings);
}

} // namespace rowdesk
