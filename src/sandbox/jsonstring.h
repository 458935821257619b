#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>

namespace rowdesk::sandbox {

/// Appends text (UTF-8) as a JSON string, quotes included. Only what JSON demands is escaped.
void appendJsonString(QByteArray &out, std::string_view text);
QByteArray jsonString(const QString &text);

} // namespace rowdesk::sandbox
