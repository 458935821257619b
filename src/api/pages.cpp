#include "api/pages.h"

#include <QCoreApplication>

namespace rowdesk {

ApiError endlessList(int page)
{
    return {
        ErrorKind::BadAnswer,
        0,
        {},
        QCoreApplication::translate("Api", "The service says that the list goes on, but page %1 brought nothing new.")
            .arg(page),
        QCoreApplication::translate("Api", "Try again later; if it stays, tell the operator of the service."),
        {}};
}

} // namespace rowdesk
