#pragma once

#include "core/result.h"
#include "files/readahead.h"

#include <optional>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace rowdesk {

/// The attributes of an element, valid during the call.
class XmlAttributes
{
public:
    explicit XmlAttributes(const char **pairs) : m_pairs(pairs) {}

    /// Value of the attribute with this local name, whatever its prefix; null when there is none.
    const char *find(std::string_view local) const;
    const char **pairs() const { return m_pairs; }

private:
    const char **m_pairs;
};

/// Receives the elements of one part of a workbook. Names come without their prefix. Elements of other vocabularies
/// than the root's (extensions) and all that is in them are left out.
class XmlHandler
{
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const XmlAttributes &attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view) {}
    /// Set to end the walk with this error.
    std::optional<ApiError> problem;
};

/// Walks through the XML of a part, block by block, strictly: well-formed to the end, names with at most one prefix, no
/// DOCTYPE, no deep nesting.
/// Names the line where it stops. Not thread-safe.
class XmlWalk
{
public:
    /// `root` is the local name that the root element must have.
    XmlWalk(std::unique_ptr<ZipPart> part, std::string_view root, XmlHandler &handler, const QString &partName);
    XmlWalk(const XmlWalk &) = delete;
    XmlWalk &operator=(const XmlWalk &) = delete;
    ~XmlWalk();

    /// Parses the next block; false when the part has ended. An error for everything else.
    Result<bool> step();
    /// Parses up to the end.
    Result<Done> run();
    qint64 bytesRead() const { return m_read; }

    static constexpr int mostDepth = 64;

private:
    static void onStart(void *self, const char *name, const char **attributes);
    static void onEnd(void *self, const char *name);
    static void onText(void *self, const char *text, int size);
    static void onDoctype(void *self, const char *, const char *, const char *, int);
    std::string_view localName(const char *name) const;
    void startRoot(const char *name);
    void stop(const char *code, const QString &what);
    ApiError broken(const char *code, const QString &what) const;

    ReadAhead m_part;
    XML_ParserStruct *m_parser;
    XmlHandler &m_handler;
    std::string m_root;
    QString m_partName;
    std::string m_prefix; // of the root element, with its colon
    int m_depth = 0;
    int m_foreignDepth = 0; // inside an element of another vocabulary when above 0
    qint64 m_read = 0;
    std::optional<ApiError> m_problem;
};

} // namespace rowdesk
