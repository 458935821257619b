#include "api/jsonpage.h"

#include "api/jsongrammar.h"
#include "api/jsonvalue.h"
#include "api/rowreader.h"

#include <QCoreApplication>
#include <QSet>

namespace rowdesk {

namespace ondemand = simdjson::ondemand;

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
    bool readDocument(ondemand::document &document);
    bool readEnvelope(ondemand::object envelope, int depth);
    bool readMember(const QString &name, ondemand::value value, int depth);
    bool readRows(ondemand::array rows);
    bool readMore(ondemand::value value);
    bool readPagination(ondemand::value value);
    bool checkEnd(ondemand::document &document);
    bool refuse(const QString &what) { return m_rows.fail(what); }
    ApiError error(const QByteArray &body) const;
    ApiError saidNo() const;

    ChunkBuilder m_builder;
    RowReader m_rows{m_builder};
    ondemand::parser m_parser;

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
    body.reserve(body.size() + static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));
    m_rows.begin(body.data(), size);
    ondemand::document document;
    bool good = !body.startsWith("\xEF\xBB\xBF") || refuse(tr("It begins with a byte order mark."));
    if (good) {
        const auto code = m_parser.iterate(body.constData(), size, static_cast<size_t>(body.capacity())).get(document);
        if (code == simdjson::UTF8_ERROR)
            good = refuse(tr("It holds bytes that are not UTF-8."));
        else
            good = code == simdjson::SUCCESS ? readDocument(document) : refuse(tr("It is not readable JSON."));
    }
    if (good && !m_failed && m_code.isEmpty() && m_description.isEmpty() && m_hasRows) {
        m_page.chunk = m_builder.seal();
        return std::exchange(m_page, {});
    }
    if (cancelled && *cancelled) {
        m_builder.discard();
        return ApiError{ErrorKind::Cancelled, 0, {}, tr("Reading was stopped."), {}, {}};
    }
    const ApiError why = good && (m_failed || !m_code.isEmpty() || !m_description.isEmpty()) ? saidNo() : error(body);
    m_builder.discard();
    return why;
}

bool PageDecoder::Private::readDocument(ondemand::document &document)
{
    ondemand::json_type type;
    if (document.type().get(type))
        return refuse(tr("It is not readable JSON."));
    if (type == ondemand::json_type::array) {
        ondemand::array rows;
        if (document.get_array().get(rows))
            return refuse(tr("It ends too early, or something follows its end."));
        return readRows(rows) && checkEnd(document);
    }
    ondemand::object envelope;
    if (type != ondemand::json_type::object)
        return refuse(tr("It is neither an object nor a list."));
    if (document.get_object().get(envelope))
        return refuse(tr("It ends too early, or something follows its end."));
    return readEnvelope(envelope, 1) && checkEnd(document);
}

bool PageDecoder::Private::checkEnd(ondemand::document &document)
{
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS || refuse(tr("Something follows its end."));
}

bool PageDecoder::Private::readEnvelope(ondemand::object envelope, int depth)
{
    QSet<QString> names;
    for (auto item : envelope) {
        ondemand::field field;
        std::string_view name;
        if (std::move(item).get(field) || field.unescaped_key().get(name))
            return refuse(tr("It is not readable JSON, or it ends too early."));
        const QString key = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        if (names.contains(key))
            return refuse(tr("It says \"%1\" twice.").arg(key.left(100)));
        names.insert(key);
        if (!readMember(key, field.value(), depth))
            return false;
    }
    return true;
}

bool PageDecoder::Private::readMember(const QString &name, ondemand::value value, int depth)
{
    const char first = value.raw_json_token().front();
    if (name == u"data" || name == u"result") {
        if (first == '[') {
            ondemand::array rows;
            if (m_hasRows || value.get_array().get(rows))
                return refuse(tr("It holds rows in two places."));
            return readRows(rows);
        }
        if (first == '{' && depth < 3) {
            ondemand::object inner;
            return value.get_object().get(inner) == simdjson::SUCCESS ? readEnvelope(inner, depth + 1)
                                                                      : refuse(tr("It is not readable JSON."));
        }
    }
    if (name == u"pagination")
        return readPagination(value);
    if (name == u"has_more_data" || name == u"has_more_results")
        return readMore(value);
    std::string_view json;
    if (!rawJson(value, json) || !isJsonValue(json, deepestJson - depth))
        return refuse(tr("Its member \"%1\" is broken or more than 64 levels deep.").arg(name.left(100)));
    if (name == u"success") {
        m_failed = json == "false" || json == "\"false\"" || json == "0";
        return true;
    }
    const Result<JsonValue> parsed = JsonValue::parse(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
    if (!parsed)
        return true; // a member that we don't know and need not understand
    if (name == u"error" && parsed->isObject()) {
        const JsonValue *code = parsed->find("code");
        const JsonValue *description = parsed->find("description");
        m_code = code ? code->asText().value_or(QString()) : QString();
        m_description = description ? description->asText().value_or(QString()) : QString();
        m_failed = true;
    } else if (name == u"ErrorCode") {
        m_code = parsed->asText().value_or(QString());
    } else if (name == u"ErrorDescription") {
        m_description = parsed->asText().value_or(QString());
    }
    return true;
}

bool PageDecoder::Private::readMore(ondemand::value value)
{
    const std::string_view json = withoutTrailingBlanks(value.raw_json_token());
    if (json == "true" || json == "\"true\"" || json == "1")
        m_page.more = RowsPage::More::Yes;
    else if (json == "false" || json == "\"false\"" || json == "0")
        m_page.more = RowsPage::More::No;
    else if (json != "null")
        return refuse(tr("What it says about further rows is neither true nor false."));
    return true;
}

bool PageDecoder::Private::readPagination(ondemand::value value)
{
    std::string_view json;
    if (!rawJson(value, json))
        return refuse(tr("Its member \"%1\" is broken or more than 64 levels deep.").arg(u"pagination"));
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

bool PageDecoder::Private::readRows(ondemand::array rows)
{
    m_hasRows = true;
    for (auto item : rows) {
        ondemand::value row;
        if (item.get(row))
            return refuse(tr("It is not readable JSON, or it ends too early."));
        if (!m_rows.readRow(row))
            return false;
        if (m_builder.rowCount() % rowsBetweenLooks == 0 && m_cancelled && *m_cancelled)
            return false;
        if (m_builder.rowCount() * m_builder.columnCount() > mostCells)
            return refuse(tr("It holds more than %1 cells.").arg(mostCells));
    }
    return true;
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
