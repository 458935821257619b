#pragma once

#include "support/fakenetworkaccessmanager.h"
#include "transfer/evidence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <vector>

namespace rowdesk::test {

/// A service with one table (id 5) that may be very long: what it had before is made when it is asked for. Columns "n"
/// (before: negative), "text" and the marker's.
class LongTable
{
public:
    enum class Order {
        Appends,
        NewestFirst,
        Sorted,   ///< by n, from the highest
        FillsGaps ///< what a call whose answer is lost stores goes to the front, the rest to the end
    };
    enum class End { Empty, NotFound, LastAgain }; ///< what a page behind the last one is
    enum class Fate { Stored, LostStored, LostHalf, LostNotStored };

    struct Row
    {
        int n = 0;
        QString marker;
    };

    bool classic = false;
    bool tellsTotal = false;
    int size = 1000;        ///< rows of a page
    std::vector<int> sizes; ///< of the first pages, when they differ
    qint64 before = 0;      ///< rows that were there before
    Order order = Order::Appends;
    End end = End::Empty;
    QMap<int, Fate> fates;  ///< of the appends, from 1
    int othersRows = 0;     ///< that someone else adds right after each append
    int othersRemove = 0;   ///< that someone else removes, of those from before, when an answer is lost
    std::vector<Row> added; ///< in the order they came
    int pagesRead = 0;

    qint64 rows() const { return before + qint64(added.size()); }

    /// How often a row of the upload is in the table.
    int count(int n) const
    {
        return int(std::count_if(added.begin(), added.end(), [n](const Row &row) { return row.n == n; }));
    }

    FakeAnswer respond(const FakeRequest &request)
    {
        const QString path = request.url.path();
        if (request.verb == "POST")
            return append(request);
        if (path.endsWith(QLatin1String("/versions")))
            return FakeAnswer::json("{}", 404);
        if (!path.endsWith(QLatin1String("/5")))
            return FakeAnswer::json(R"([{"id":5,"rec_id":5,"name":"Orders","rows":)" + QByteArray::number(rows()) +
                                    "}]");
        return page(QUrlQuery(request.url).queryItemValue(QStringLiteral("page")).toLongLong());
    }

private:
    FakeAnswer append(const FakeRequest &request)
    {
        const QJsonArray sent = QJsonDocument::fromJson(request.body)[QStringLiteral("data")].toArray();
        const Fate fate = fates.value(++m_appends, Fate::Stored);
        const qsizetype stored = fate == Fate::LostNotStored ? 0
                                 : fate == Fate::LostHalf    ? sent.size() / 2
                                                             : sent.size();
        for (qsizetype i = 0; i < stored; ++i)
            added.push_back({member(sent[i], 0, QStringLiteral("n")).toInt(),
                             member(sent[i], 2, QString(markerColumn)).toString()});
        if (order == Order::FillsGaps && fate != Fate::Stored)
            std::rotate(added.begin(), added.end() - stored, added.end()), m_inFront = stored;
        for (int i = 0; i < othersRows; ++i)
            added.push_back({-1'000'000'000 - int(added.size()), {}});
        if (fate != Fate::Stored) {
            before -= othersRemove;
            return FakeAnswer::failure(QNetworkReply::RemoteHostClosedError);
        }
        if (!classic)
            return FakeAnswer::json(R"({"success":true,"result":{"rows_inserted":)" + QByteArray::number(sent.size()) +
                                    R"(,"rows_found":0}})");
        FakeAnswer answer = FakeAnswer::json("Data added");
        answer.contentType = "text/plain";
        return answer;
    }

    QJsonValue member(const QJsonValue &row, int place, const QString &name) const
    {
        return classic ? row[place][QStringLiteral("value")] : row[name];
    }

    qint64 firstOf(qint64 number) const
    {
        qint64 first = 0;
        for (qint64 i = 0; i < std::min<qint64>(number - 1, qint64(sizes.size())); ++i)
            first += sizes[size_t(i)];
        return first + std::max<qint64>(0, number - 1 - qint64(sizes.size())) * size;
    }

    FakeAnswer page(qint64 number)
    {
        ++pagesRead;
        if (order == Order::Sorted) {
            m_sorted = added;
            std::sort(m_sorted.begin(), m_sorted.end(), [](const Row &a, const Row &b) { return a.n > b.n; });
        }
        if (firstOf(number) >= rows() && rows() > 0) {
            if (end == End::NotFound)
                return FakeAnswer::json(R"({"success":false,"error":{"code":"NoPage","description":"no such page"}})",
                                        404);
            while (end == End::LastAgain && firstOf(number) >= rows())
                --number;
        }
        QByteArray json;
        const qint64 last = std::min(rows(), firstOf(number + 1));
        for (qint64 i = firstOf(number); i < last; ++i)
            json += (json.isEmpty() ? "" : ",") + rowJson(i);
        const QByteArray more = last < rows() ? "true" : "false";
        if (classic)
            return FakeAnswer::json("{\"data\":[" + json + "],\"has_more_data\":" + more + '}');
        const QByteArray total = tellsTotal ? ",\"result_total_count\":" + QByteArray::number(rows()) : QByteArray();
        return FakeAnswer::json("{\"success\":true,\"result\":[" + json +
                                "],\"pagination\":{\"has_more_results\":" + more + total + "}}");
    }

    QByteArray rowJson(qint64 place) const
    {
        const Row row = rowAt(place);
        return "{\"n\":" + QByteArray::number(row.n) + ",\"text\":\"row " + QByteArray::number(row.n) + "\",\"" +
               QByteArray(markerColumn.data(), markerColumn.size()) +
               "\":" + (row.marker.isEmpty() ? "null" : '"' + row.marker.toUtf8() + '"') + '}';
    }

    Row rowAt(qint64 place) const
    {
        if (order == Order::NewestFirst)
            place = rows() - 1 - place;
        if (order == Order::Sorted) // what was before is lower than anything added
            return place < qint64(m_sorted.size()) ? m_sorted[size_t(place)] : Row{-1 - int(place), {}};
        if (place < m_inFront)
            return added[size_t(place)];
        return place < before + m_inFront ? Row{-1 - int(place), {}} : added[size_t(place - before)];
    }

    int m_appends = 0;
    qint64 m_inFront = 0;
    std::vector<Row> m_sorted;
};

} // namespace rowdesk::test
