#include "api/jsonpage.h"

#include "api/jsongrammar.h"
#include "api/jsonvalue.h"
#include "api/rowreader.h"
#include "core/wtf8.h"

#include <QCoreApplication>
#include <QSet>

namespace rowdesk {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Api", text);
}

RowsPage::More moreOf(std::optional<bool> says)
{
    if (!says)
        return RowsPage::More::Unsaid;
    return *says ? RowsPage::More::Yes : RowsPage::More::No;
}

constexpr qsizetype rowsBetweenLooks = 256; ///< how often cancellation is looked at

} // namespace

class PageDecoder::Private
{
public:
    Result<RowsPage> decode(QByteArray body, int number, const std::atomic_bool *cancelled);

private:
    bool walk(const QByteArray &body, size_t size);
    bool readEnvelope(int depth);
    bool readMember(const QString &name, int depth);
    bool readOther(const QString &name, int depth);
    bool readRows();
    bool readMore();
    bool readPagination();
    bool refuse(const QString &what) { return m_rows.fail(what); }
    bool refuseEnd() { return refuse(tr("It is not readable JSON, or it ends too early.")); }
    bool saysNo() const { return m_failed || !m_code.isEmpty() || !m_description.isEmpty(); }
    ApiError error(const QByteArray &body) const;
    ApiError saidNo() const;

    JsonTokens m_tokens;
    ChunkBuilder m_builder;
    RowReader m_rows{m_tokens, m_builder};

    // Of the page being read.
    RowsPage m_page;
    const std::atomic_bool *m_cancelled = nullptr;
    int m_number = 0;
    bool m_hasRows = false;
    bool m_failed = false; ///< "success" is false
    QString m_code;
    QString m_description;
};

Result<RowsPage> PageDecoder::Private::decode(QByteArray body, int number, const std::atomic_bool *cancelled)
{
    m_page = {};
    m_page.fingerprint = qHash(QByteArrayView(body), 0x9E3779B97F4A7C15);
    m_cancelled = cancelled;
    m_number = number;
    m_hasRows = m_failed = false;
    m_code.clear();
    m_description.clear();
    const auto size = static_cast<size_t>(body.size());
    constexpr auto room = static_cast<qsizetype>(JsonTokens::padding);
    // Escapes are undone in place: then the body, which others may hold too, has to be ours. Else it is not copied.
    const bool hasEscapes = body.contains('\\');
    if (hasEscapes)
        body.detach();
    if (body.capacity() < body.size() + room)
        body.reserve(body.size() + room);
    m_rows.begin(hasEscapes ? body.data() : nullptr);
    const bool good = walk(body, size);
    if (good && m_hasRows && !saysNo()) {
        m_page.chunk = m_builder.seal();
        return std::exchange(m_page, {});
    }
    ApiError why = good && saysNo() ? saidNo() : error(body);
    if (cancelled && *cancelled)
        why = {ErrorKind::Cancelled, 0, {}, tr("Reading was stopped."), {}, {}};
    m_builder.discard();
    return why;
}

bool PageDecoder::Private::walk(const QByteArray &body, size_t size)
{
    if (body.startsWith("\xEF\xBB\xBF"))
        return refuse(tr("It begins with a byte order mark."));
    switch (m_tokens.open(body.constData(), size)) {
    case JsonTokens::Fault::NotUtf8:
        return refuse(tr("It holds bytes that are not UTF-8."));
    case JsonTokens::Fault::Broken:
        return refuseEnd();
    case JsonTokens::Fault::None:
        break;
    }
    if (m_tokens.peek() != '[' && m_tokens.peek() != '{')
        return refuse(tr("It is neither an object nor a list."));
    const bool good = m_tokens.take('{') ? readEnvelope(1) : readRows();
    return good && (m_tokens.atEnd() || refuse(tr("Something follows its end.")));
}

/// The members of an object whose opening bracket was taken.
bool PageDecoder::Private::readEnvelope(int depth)
{
    if (m_tokens.take('}'))
        return true;
    QSet<QString> names;
    do {
        std::string_view text;
        if (m_tokens.peek() != '"' || !m_rows.unescape(m_tokens.takeScalar(), text) || !m_tokens.take(':'))
            return refuseEnd();
        const QString name = stringFromWtf8(text);
        if (names.contains(name))
            return refuse(tr("It says \"%1\" twice.").arg(name.left(100)));
        names.insert(name);
        if (!readMember(name, depth))
            return false;
    } while (m_tokens.take(','));
    return m_tokens.take('}') || refuseEnd();
}

bool PageDecoder::Private::readMember(const QString &name, int depth)
{
    if (name == u"data" || name == u"result") {
        if (m_tokens.peek() == '[')
            return m_hasRows ? refuse(tr("It holds rows in two places.")) : readRows();
        if (m_tokens.peek() == '{' && depth < 3)
            return m_tokens.take('{') && readEnvelope(depth + 1);
    }
    if (name == u"pagination")
        return readPagination();
    if (name == u"has_more_data" || name == u"has_more_results")
        return readMore();
    return readOther(name, depth);
}

/// What tells about errors, and members that we don't know; those need only be sound.
bool PageDecoder::Private::readOther(const QString &name, int depth)
{
    std::string_view json;
    if (!m_tokens.takeValue(json) || !isJsonValue(json, deepestJson - depth))
        return refuse(tr("Its member \"%1\" is broken or more than 64 levels deep.").arg(name.left(100)));
    if (name == u"success")
        m_failed = m_failed || json == "false" || json == "\"false\"" || json == "0";
    if (name != u"error" && name != u"ErrorCode" && name != u"ErrorDescription")
        return true;
    const Result<JsonValue> parsed = JsonValue::parse(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
    const auto text = [](const JsonValue *value) { return value ? value->asText().value_or(QString()) : QString(); };
    if (!parsed)
        m_failed = true;
    else if (name == u"ErrorCode")
        m_code = text(&*parsed);
    else if (name == u"ErrorDescription")
        m_description = text(&*parsed);
    else if (parsed->isObject() && !parsed->members().empty()) {
        m_failed = true;
        m_code = text(parsed->find("code"));
        m_description = text(parsed->find("description"));
    }
    return true;
}

bool PageDecoder::Private::readMore()
{
    std::string_view json;
    if (!m_tokens.takeValue(json))
        return refuseEnd();
    if (json == "true" || json == "\"true\"" || json == "1")
        m_page.more = RowsPage::More::Yes;
    else if (json == "false" || json == "\"false\"" || json == "0")
        m_page.more = RowsPage::More::No;
    else if (json != "null")
        return refuse(tr("What it says about further rows is neither true nor false."));
    return true;
}

bool PageDecoder::Private::readPagination()
{
    std::string_view json;
    if (!m_tokens.takeValue(json))
        return refuseEnd();
    if (json == "null")
        return true;
    const Result<JsonValue> parsed = JsonValue::parse(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
    if (!parsed || !parsed->isObject() || parsed->hasDuplicateNames())
        return refuse(tr("Its member \"%1\" is broken or says something twice.").arg(u"pagination"));
    const auto number = [&parsed](std::string_view name) -> std::optional<qint64> {
        const JsonValue *member = parsed->find(name);
        return member ? member->asWholeNumber() : std::nullopt;
    };
    m_page.total = number("result_total_count");
    m_page.page = number("current_page");
    if (const JsonValue *more = parsed->find("has_more_results")) {
        m_page.more = moreOf(more->asBool());
    } else if (const JsonValue *last = parsed->find("last_page")) {
        // Seen both as "this is the last one" and as the number of the last one.
        if (last->kind() == JsonValue::Kind::Bool)
            m_page.more = moreOf(!*last->asBool());
        else if (const std::optional<qint64> page = last->asWholeNumber())
            m_page.more = moreOf(*page > m_page.page.value_or(m_number));
    } else if (const std::optional<qint64> size = number("page_size"); size && m_page.total) {
        m_page.more = moreOf(*m_page.total > m_page.page.value_or(m_number) * *size);
    }
    return true;
}

bool PageDecoder::Private::readRows()
{
    m_hasRows = true;
    if (!m_tokens.take('['))
        return refuseEnd();
    if (m_tokens.take(']'))
        return true;
    do {
        if (!m_rows.readRow())
            return false;
        if (m_builder.rowCount() % rowsBetweenLooks == 0 && m_cancelled && *m_cancelled)
            return false;
        if (m_builder.rowCount() * m_builder.columnCount() > mostCells)
            return m_rows.fail(tr("It holds more than %1 cells.").arg(mostCells), m_tokens.place());
    } while (m_tokens.take(','));
    return m_tokens.take(']') || refuseEnd();
}

ApiError PageDecoder::Private::error(const QByteArray &body) const
{
    const PageFault &fault = m_rows.fault();
    QString message = tr("Page %1 of the rows can't be read, so none of its rows is shown.").arg(m_number);
    if (fault.what.isEmpty())
        message += QLatin1Char(' ') + tr("It holds no rows member (\"data\" or \"result\").");
    else
        message += QLatin1Char(' ') + fault.what;
    if (fault.at)
        message +=
            QLatin1Char(' ') +
            tr("Place: row %1 of the page, byte %2.").arg(m_builder.rowCount()).arg(fault.at - body.constData() + 1);
    return {ErrorKind::BadAnswer,
            0,
            {},
            message,
            tr("Try again; if it stays so, the service or something between has a fault."),
            {}};
}

ApiError PageDecoder::Private::saidNo() const
{
    const QString reason = m_description.left(2000);
    return {ErrorKind::Rejected,
            0,
            m_code.left(200),
            reason.isEmpty() ? tr("The service refused to give page %1 of the rows.").arg(m_number)
                             : tr("The service refused to give page %1 of the rows: %2").arg(m_number).arg(reason),
            tr("Check that the dataset still exists and that the profile may read it."),
            {}};
}

PageDecoder::PageDecoder() : d(std::make_unique<Private>()) {}
PageDecoder::~PageDecoder() = default;
PageDecoder::PageDecoder(PageDecoder &&) noexcept = default;
PageDecoder &PageDecoder::operator=(PageDecoder &&) noexcept = default;

Result<RowsPage> PageDecoder::decode(QByteArray body, int number, const std::atomic_bool *cancelled)
{
    return d->decode(std::move(body), number, cancelled);
}

} // namespace rowdesk
