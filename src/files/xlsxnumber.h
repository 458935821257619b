#pragma once

#include "core/rowbatch.h"
#include "files/exceldate.h"
#include "files/xlsxissue.h"

#include <string>
#include <string_view>

namespace rowdesk {

/// What a number cell holds, given how the sheet shows it.
struct XlsxNumber
{
    CellKind kind = CellKind::Number;
    XlsxIssue issue = XlsxIssue::None; ///< not None: no value, and `kind` is Null
    bool isShare = false;              ///< shown in percent
};

/// A number is a day when its cell shows one, a share in percent, digits with leading zeros, or just a number. Appends
/// the value's text to `out`, or the literal itself when there is an issue. The literal is what the part has, without
/// blanks around it (a double by XML Schema).
XlsxNumber writeXlsxNumber(std::string_view literal, NumberFormat format, bool from1904, std::string &out);

} // namespace rowdesk
