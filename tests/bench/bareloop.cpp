// bareloop URL: the least that reading all pages takes: QNetworkAccessManager, one page after the other, each value
// read with simdjson, nothing kept. What benchread is measured against.
#include "bench/figures.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

#include <simdjson.h>

using namespace rowdesk::bench;

namespace {

struct Loop
{
    QNetworkAccessManager manager;
    simdjson::ondemand::parser parser;
    QString base;
    qint64 rows = 0;
    qint64 checksum = 0;
    QElapsedTimer timer;
    double idle = 0;

    void ask(int page)
    {
        QNetworkReply *reply = manager.get(QNetworkRequest(QUrl(base + QStringLiteral("data/1?page=%1").arg(page))));
        QObject::connect(reply, &QNetworkReply::finished, &manager, [this, reply, page] {
            reply->deleteLater();
            if (walk(reply->readAll()))
                ask(page + 1);
            else
                end();
        });
    }

    void read(simdjson::ondemand::value value)
    {
        switch (value.type().value()) {
        case simdjson::ondemand::json_type::string:
            checksum += static_cast<qint64>(value.get_string().value().size());
            break;
        case simdjson::ondemand::json_type::number:
            checksum += static_cast<qint64>(value.get_double().value());
            break;
        default:
            checksum += value.get_bool().value() ? 1 : 0;
        }
    }

    bool walk(QByteArray body)
    {
        const auto size = static_cast<size_t>(body.size());
        body.reserve(body.size() + static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));
        auto document = parser.iterate(body.constData(), size, static_cast<size_t>(body.capacity()));
        for (auto row : document["data"].get_array()) {
            ++rows;
            for (auto field : row.get_object())
                read(field.value().value());
        }
        return document["has_more_data"].get_bool().value();
    }

    void end()
    {
        print({{QStringLiteral("what"), QStringLiteral("bare loop")},
               {QStringLiteral("rows"), rows},
               {QStringLiteral("checksum"), checksum},
               {QStringLiteral("ms"), static_cast<double>(timer.nsecsElapsed()) / 1e6},
               {QStringLiteral("above_idle_mb"), memoryMegabytes("VmRSS") - idle}});
        QCoreApplication::exit(0);
    }
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2)
        return 2;
    Loop loop;
    loop.base = QString::fromLocal8Bit(argv[1]);
    loop.idle = memoryMegabytes("VmRSS");
    loop.timer.start();
    loop.ask(1);
    return QCoreApplication::exec();
}
