#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace rowdesk::cli {

/// Builds one JSON object, member after member in the order given. Texts are written exactly.
class JsonLine
{
public:
    JsonLine &add(std::string_view name, const QString &text);
    JsonLine &add(std::string_view name, qint64 number);
    JsonLine &add(std::string_view name, bool value);
    JsonLine &addRaw(std::string_view name, std::string_view json);
    /// An id: a number when it is made of digits alone as JSON writes them, else text.
    JsonLine &addId(std::string_view name, const QString &id);
    /// Only what has a value.
    template<typename T>
    JsonLine &addIfTold(std::string_view name, const std::optional<T> &value)
    {
        return value ? add(name, *value) : *this;
    }
    /// Every member of the object as it stands there.
    JsonLine &addAll(const QJsonObject &object);

    std::string text() const { return m_text + '}'; }

private:
    void begin(std::string_view name);

    std::string m_text = "{";
};

} // namespace rowdesk::cli
