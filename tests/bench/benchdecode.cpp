// benchdecode [PAGES]: decodes pages of SampleTable without a network.
#include "api/jsonpage.h"
#include "bench/figures.h"
#include "bench/sampletable.h"

using namespace rowdesk;
using namespace rowdesk::bench;

int main(int argc, char **argv)
{
    const int pages = argc > 1 ? std::atoi(argv[1]) : 1000;
    std::vector<QByteArray> bodies;
    for (int page = 0; page < std::min(pages, 100); ++page)
        bodies.push_back(QByteArray::fromStdString(SampleTable::page(page * 1000, 1000, true)));
    PageDecoder decoder;
    qint64 rows = 0;
    const double took = quickest(3, [&] {
        for (int page = 0; page < pages; ++page)
            rows += decoder.decode(bodies[static_cast<size_t>(page) % bodies.size()], page + 1)->chunk->rows;
    });
    print({{QStringLiteral("what"), QStringLiteral("decode")},
           {QStringLiteral("rows"), rows / 3},
           {QStringLiteral("ms"), took}});
}
