// pageserver ROWS [PAGE_ROWS]: serves SampleTable as GET /data/1?page=N, as fast as a socket takes it, so that a
// benchmark measures its client; /data/0 is a table without rows, /data lists dataset 1, which has no versions. Pages
// are made once; beyond a million rows only the ids are set anew. Prints "LISTENING http://127.0.0.1:PORT/" and ends
// with its standard input.
#include "bench/sampletable.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using rowdesk::bench::SampleTable;

namespace {

constexpr std::int64_t distinctRows = 1'000'000;

struct Pages
{
    std::int64_t rows;
    std::int64_t pageRows;
    std::vector<std::string> bodies;

    Pages(std::int64_t allRows, std::int64_t rowsAPage) : rows(allRows), pageRows(rowsAPage)
    {
        for (std::int64_t first = 0; first < std::min(rows, distinctRows); first += pageRows)
            bodies.push_back(SampleTable::page(first, std::min(pageRows, rows - first), true));
    }

    std::string body(std::int64_t number) const
    {
        const std::int64_t first = (number - 1) * pageRows;
        if (number < 1 || first >= rows)
            return R"({"data":[],"has_more_data":false})";
        std::string body = bodies[static_cast<std::size_t>(number - 1) % bodies.size()];
        if (first >= distinctRows)
            renumber(body, first);
        if (first + pageRows >= rows)
            body.replace(body.rfind("true}"), 5, "false}");
        return body;
    }

    static void renumber(std::string &body, std::int64_t row)
    {
        for (std::size_t at = body.find("{\"id\":"); at != std::string::npos;
             at = body.find("{\"id\":", at + 200), ++row)
            body.replace(at + 6, SampleTable::idDigits, std::to_string(SampleTable::firstId + row));
    }
};

bool sendAll(int socket, const std::string &bytes)
{
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t count = send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

/// The body that a request line asks for.
std::string answerTo(std::string_view line, const Pages &pages)
{
    const auto asks = [line](std::string_view path) { return line.find(path) != std::string_view::npos; };
    if (asks("/data/1/versions"))
        return R"({"versions":[]})";
    if (asks("/data/1"))
        return pages.body(asks("page=") ? std::atoll(line.data() + line.find("page=") + 5) : 1);
    if (asks("/data/"))
        return pages.body(0);
    return R"({"data":[{"rec_id":1,"name":"Sample"}],"has_more_data":false})";
}

void serve(int socket, const Pages &pages)
{
    std::string input;
    char buffer[4096];
    for (ssize_t count; (count = recv(socket, buffer, sizeof buffer, 0)) > 0;) {
        input.append(buffer, static_cast<std::size_t>(count));
        for (std::size_t end; (end = input.find("\r\n\r\n")) != std::string::npos; input.erase(0, end + 4)) {
            const std::string body = answerTo(std::string_view(input).substr(0, input.find('\r')), pages);
            std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
            head += std::to_string(body.size()) + "\r\n\r\n";
            if (!sendAll(socket, head + body))
                break;
        }
    }
    close(socket);
}

} // namespace

int main(int argc, char **argv)
{
    const Pages pages(argc > 1 ? std::atoll(argv[1]) : distinctRows, argc > 2 ? std::atoll(argv[2]) : 1000);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (listener < 0 || bind(listener, generic, length) != 0 || listen(listener, 64) != 0 ||
        getsockname(listener, generic, &length) != 0) {
        std::perror("pageserver");
        return 1;
    }
    std::printf("LISTENING http://127.0.0.1:%d/\n", ntohs(address.sin_port));
    std::fflush(stdout);
    std::thread([] {
        while (std::getchar() != EOF) {
        }
        std::_Exit(0);
    }).detach();
    for (int client; (client = accept(listener, nullptr, nullptr)) >= 0;) {
        const int on = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        std::thread(serve, client, std::cref(pages)).detach();
    }
}
