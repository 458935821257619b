#pragma once

#include <QString>

namespace rowdesk {

/// A page whose cells Edit → Copy takes.
class CopySource
{
public:
    virtual ~CopySource() = default;
    /// Copies what is selected, with the names of the columns when asked. Says in words what was copied, or why
    /// nothing.
    virtual QString copySelection(bool withHeaders) const = 0;
};

} // namespace rowdesk
