#pragma once

#include "api/codec.h"
#include "net/apiclient.h"

#include <functional>

namespace rowdesk {

/// How a list is asked for, page by page (from 1), and read.
template<typename T>
struct PagedList
{
    std::function<Request(int page)> request;
    std::function<Result<ListPage<T>>(const QByteArray &body, int page)> decode;
};

/// The error of a list that is said to go on for ever.
ApiError endlessList(int page);

/// Reads every page of a list into one. A page that is the same as the one before, byte for byte, shows that the
/// service does not know pages or never ends: that is an error, as is a list of more than 10,000 pages.
template<typename T>
Call<ListPage<T>> readAllPages(ApiClient *client, const PagedList<T> &list, ListPage<T> before = {}, int page = 1,
                               const QByteArray &lastBody = {})
{
    constexpr int mostPages = 10'000;
    return client->send(list.request(page))
        .template chain<ListPage<T>>([client, list, before = std::move(before), page, lastBody](const Answer &answer) {
            using Pages = Call<ListPage<T>>;
            Result<ListPage<T>> decoded = list.decode(answer.body, page);
            if (!decoded)
                return Pages::finished(decoded.error());
            if (decoded->more && (page >= mostPages || answer.body == lastBody || decoded->entries.isEmpty()))
                return Pages::finished(endlessList(page));
            ListPage<T> sofar = before;
            sofar.entries += decoded->entries;
            sofar.notes += decoded->notes;
            if (decoded->more)
                return readAllPages(client, list, std::move(sofar), page + 1, answer.body);
            return Pages::finished(std::move(sofar));
        });
}

} // namespace rowdesk
