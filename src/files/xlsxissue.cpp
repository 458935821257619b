#include "files/xlsxissue.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XlsxIssue)
};

} // namespace

QString xlsxIssueText(XlsxIssue issue)
{
    switch (issue) {
    case XlsxIssue::None:
        return {};
    case XlsxIssue::ErrorValue:
        return Words::tr("The cell shows an error.");
    case XlsxIssue::NoStoredResult:
        return Words::tr("The file does not have the result of this formula.");
    case XlsxIssue::NotANumber:
        return Words::tr("This is not a number.");
    case XlsxIssue::NotFinite:
        return Words::tr("This is not a finite number.");
    case XlsxIssue::NotABoolean:
        return Words::tr("This is neither true nor false.");
    case XlsxIssue::NoValue:
        return Words::tr("The file does not say which text this cell has.");
    case XlsxIssue::NoSuchDay:
        return Words::tr("There is no such day.");
    }
    return {};
}

} // namespace rowdesk
