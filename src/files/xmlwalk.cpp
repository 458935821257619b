#include "files/xmlwalk.h"

#include <QCoreApplication>
#include <QLocale>

#include <cstring>
#include <expat.h>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XmlWalk)
};

constexpr int blockSize = static_cast<int>(ReadAhead::blockSize);

std::string_view afterColon(std::string_view name)
{
    const size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// A local name, or one behind a prefix. Every XML reader that knows namespaces refuses what is neither, as here.
bool isQualifiedName(const char *name)
{
    if (name[1] == 0) // nearly all names of a sheet
        return name[0] != ':';
    const char *const colon = std::strchr(name, ':');
    return !colon || (colon != name && colon[1] != 0 && !std::strchr(colon + 1, ':'));
}

const char *firstBadName(const char *element, const char **attributes)
{
    if (!isQualifiedName(element))
        return element;
    for (; *attributes; attributes += 2) {
        if (!isQualifiedName(*attributes))
            return *attributes;
    }
    return nullptr;
}

} // namespace

const char *XmlAttributes::find(std::string_view local) const
{
    for (const char **pair = m_pairs; *pair; pair += 2) {
        if (afterColon(*pair) == local)
            return pair[1];
    }
    return nullptr;
}

XmlWalk::XmlWalk(std::unique_ptr<ZipPart> part, std::string_view root, XmlHandler &handler, const QString &partName)
    : m_part(std::move(part))
    , m_parser(XML_ParserCreate(nullptr))
    , m_handler(handler)
    , m_root(root)
    , m_partName(partName)
{
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, onStart, onEnd);
    XML_SetCharacterDataHandler(m_parser, onText);
    XML_SetStartDoctypeDeclHandler(m_parser, onDoctype);
}

XmlWalk::~XmlWalk()
{
    XML_ParserFree(m_parser);
}

ApiError XmlWalk::broken(const char *code, const QString &what) const
{
    return {ErrorKind::File,
            0,
            QString::fromLatin1(code),
            Words::tr("The file is damaged: %1 (%2, line %3, byte %4).")
                .arg(what, m_partName)
                .arg(static_cast<qint64>(XML_GetCurrentLineNumber(m_parser)))
                .arg(static_cast<qint64>(XML_GetCurrentByteIndex(m_parser))),
            Words::tr("Open it in a spreadsheet program and save it again."),
            {}};
}

void XmlWalk::stop(const char *code, const QString &what)
{
    if (!m_problem)
        m_problem = broken(code, what);
    XML_StopParser(m_parser, XML_FALSE);
}

Result<bool> XmlWalk::step()
{
    if (m_problem)
        return *m_problem;
    void *buffer = XML_GetBuffer(m_parser, blockSize);
    if (!buffer)
        return broken("xlsx.memory", Words::tr("one piece of it is too long"));
    auto got = m_part.read(static_cast<char *>(buffer));
    if (!got)
        return *(m_problem = got.error());
    m_read += *got;
    const bool last = *got == 0;
    const XML_Status status = XML_ParseBuffer(m_parser, static_cast<int>(*got), last);
    if (!m_problem && m_handler.problem)
        m_problem = m_handler.problem;
    if (!m_problem && status == XML_STATUS_ERROR)
        m_problem = broken("xlsx.xml", QString::fromUtf8(XML_ErrorString(XML_GetErrorCode(m_parser))));
    if (m_problem)
        return *m_problem;
    return !last;
}

Result<Done> XmlWalk::run()
{
    while (true) {
        auto more = step();
        if (!more)
            return more.error();
        if (!*more)
            return Done{};
    }
}

std::string_view XmlWalk::localName(const char *name) const
{
    if (m_prefix.empty()) {
        const char *end = name;
        while (*end != 0 && *end != ':')
            ++end;
        return *end != 0 ? std::string_view() : std::string_view(name, static_cast<size_t>(end - name));
    }
    return std::strncmp(name, m_prefix.c_str(), m_prefix.size()) == 0 ? std::string_view(name + m_prefix.size())
                                                                      : std::string_view();
}

void XmlWalk::startRoot(const char *name)
{
    const char *colon = std::strchr(name, ':');
    if (colon)
        m_prefix.assign(name, static_cast<size_t>(colon - name) + 1);
    if (localName(name) != m_root)
        stop("xlsx.root", Words::tr("it has “%1” where “%2” belongs")
                              .arg(QString::fromUtf8(name).left(40), QString::fromStdString(m_root)));
}

void XmlWalk::onStart(void *data, const char *name, const char **attributes)
{
    auto *self = static_cast<XmlWalk *>(data);
    const bool isRoot = self->m_depth++ == 0;
    if (const char *bad = firstBadName(name, attributes))
        return self->stop("xlsx.xml-name", Words::tr("“%1” is no name").arg(QString::fromUtf8(bad).left(40)));
    if (isRoot)
        self->startRoot(name);
    if (self->m_depth > mostDepth)
        return self->stop("xlsx.depth", Words::tr("its elements are nested more than %1 deep").arg(mostDepth));
    const std::string_view local = self->localName(name);
    if (self->m_foreignDepth > 0 || local.empty()) {
        ++self->m_foreignDepth;
        return;
    }
    if (!self->m_problem)
        self->m_handler.start(local, XmlAttributes(attributes));
    if (self->m_handler.problem)
        XML_StopParser(self->m_parser, XML_FALSE);
}

void XmlWalk::onEnd(void *data, const char *name)
{
    auto *self = static_cast<XmlWalk *>(data);
    --self->m_depth;
    if (self->m_problem) // the parser stops after this, and the start of this element was not told
        return;
    if (self->m_foreignDepth > 0) {
        --self->m_foreignDepth;
        return;
    }
    self->m_handler.end(self->localName(name));
    if (self->m_handler.problem)
        XML_StopParser(self->m_parser, XML_FALSE);
}

void XmlWalk::onText(void *data, const char *text, int size)
{
    auto *self = static_cast<XmlWalk *>(data);
    if (self->m_foreignDepth == 0)
        self->m_handler.text({text, static_cast<size_t>(size)});
}

void XmlWalk::onDoctype(void *data, const char *, const char *, const char *, int)
{
    static_cast<XmlWalk *>(data)->stop("xlsx.doctype",
                                       Words::tr("it declares a document type, which workbooks never do"));
}

} // namespace rowdesk
