#pragma once

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace rowdesk {

/// Ways to look at the exact text of one cell.
class CellText
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::CellText)
public:
    /// JSON with a line for each value. Only blanks between the values change: every digit and escape stays as it is.
    /// Empty when the text is no JSON object or array.
    static std::optional<QString> prettyJson(const QString &text);

    /// Characters that can't be seen, made visible: blank "·", tab "→", line break "↵" and a line break, others by
    /// their number "⟨U+200B⟩".
    static QString withMarks(const QString &text);

    /// "text, 12 characters", "text, 12 characters, 3 lines".
    static QString facts(const QString &text);
};

} // namespace rowdesk
