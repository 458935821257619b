#include "cli/jsonline.h"

#include "core/wtf8.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace rowdesk::cli {

void JsonLine::begin(std::string_view name)
{
    if (m_text.size() > 1)
        m_text += ',';
    appendJsonString(m_text, name);
    m_text += ':';
}

JsonLine &JsonLine::add(std::string_view name, const QString &text)
{
    begin(name);
    appendJsonString(m_text, wtf8FromString(text));
    return *this;
}

JsonLine &JsonLine::add(std::string_view name, qint64 number)
{
    return addRaw(name, std::to_string(number));
}

JsonLine &JsonLine::add(std::string_view name, bool value)
{
    return addRaw(name, value ? "true" : "false");
}

JsonLine &JsonLine::addRaw(std::string_view name, std::string_view json)
{
    begin(name);
    m_text += json;
    return *this;
}

JsonLine &JsonLine::addId(std::string_view name, const QString &id)
{
    const bool digits =
        !id.isEmpty() && std::all_of(id.begin(), id.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (digits && (id.size() == 1 || id[0] != u'0'))
        return addRaw(name, id.toStdString());
    return add(name, id);
}

JsonLine &JsonLine::addAll(const QJsonObject &object)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        // A value alone is no document; in an array it is, and the brackets come off again.
        const QByteArray wrapped = QJsonDocument(QJsonArray{member.value()}).toJson(QJsonDocument::Compact);
        addRaw(member.key().toStdString(),
               std::string_view(wrapped.constData() + 1, static_cast<size_t>(wrapped.size() - 2)));
    }
    return *this;
}

} // namespace rowdesk::cli
