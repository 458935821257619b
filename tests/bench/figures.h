#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <functional>

namespace rowdesk::bench {

/// A line of /proc/self/status in megabytes: "VmRSS" (now) or "VmHWM" (the most so far).
inline double memoryMegabytes(const QByteArray &name)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).simplified().split(' ').value(0).toDouble() / 1024;
    }
    return 0;
}

/// Milliseconds of the quickest of `times` runs.
inline double quickest(int times, const std::function<void()> &run)
{
    double best = -1;
    for (int i = 0; i < times; ++i) {
        QElapsedTimer timer;
        timer.start();
        run();
        const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        best = best < 0 ? took : std::min(best, took);
    }
    return best;
}

/// Prints the figures as one line of JSON.
inline void print(const QJsonObject &figures)
{
    std::puts(QJsonDocument(figures).toJson(QJsonDocument::Compact).constData());
}

} // namespace rowdesk::bench
