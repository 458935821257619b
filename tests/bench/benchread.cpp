// benchread URL: reads dataset 1 with ApiClient and RowStream and prints time and memory.
#include "api/rowstream.h"
#include "bench/figures.h"
#include "net/apiclient.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>

using namespace rowdesk;
using namespace rowdesk::bench;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2)
        return 2;
    QNetworkAccessManager manager;
    ApiClient client(&manager, QUrl(QString::fromLocal8Bit(argv[1])));
    RowStream stream(&client, {QStringLiteral("1"), {}});
    stream.setPageLimit(100'000);
    const double idle = memoryMegabytes("VmRSS");
    QElapsedTimer timer;
    timer.start();
    double firstRows = 0;
    QObject::connect(&stream, &RowStream::rowsAppended, &app, [&] {
        if (firstRows == 0)
            firstRows = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    });
    QObject::connect(&stream, &RowStream::ended, &app, [&] {
        const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        const auto &store = *stream.store();
        print({{QStringLiteral("what"), QStringLiteral("rowdesk read")},
               {QStringLiteral("complete"), store.isComplete()},
               {QStringLiteral("error"), store.error() ? store.error()->text() : QString()},
               {QStringLiteral("rows"), store.rowCount()},
               {QStringLiteral("ms"), took},
               {QStringLiteral("first_rows_ms"), firstRows},
               {QStringLiteral("megabytes_received"), static_cast<double>(stream.bytesReceived()) / 1e6},
               {QStringLiteral("cells_mb"), static_cast<double>(store.bytes()) / 1048576},
               {QStringLiteral("idle_mb"), idle},
               {QStringLiteral("above_idle_mb"), memoryMegabytes("VmRSS") - idle},
               {QStringLiteral("peak_above_idle_mb"), memoryMegabytes("VmHWM") - idle}});
        QCoreApplication::exit(store.isComplete() ? 0 : 1);
    });
    stream.start();
    return QCoreApplication::exec();
}
