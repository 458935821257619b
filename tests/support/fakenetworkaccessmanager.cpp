#include "support/fakenetworkaccessmanager.h"

#include <cstring>

namespace rowdesk::test {

FakeAnswer FakeAnswer::json(QByteArray body, int status)
{
    FakeAnswer answer;
    answer.body = std::move(body);
    answer.status = status;
    return answer;
}

FakeAnswer FakeAnswer::failure(QNetworkReply::NetworkError error)
{
    FakeAnswer answer;
    answer.status = 0;
    answer.error = error;
    return answer;
}

FakeAnswer FakeAnswer::hanging()
{
    FakeAnswer answer;
    answer.hangs = true;
    return answer;
}

int FakeNetworkAccessManager::count(const QByteArray &verb, const QString &pathEnd) const
{
    return int(std::count_if(m_requests.begin(), m_requests.end(), [&](const FakeRequest &request) {
        return request.verb == verb && request.url.path().endsWith(pathEnd);
    }));
}

FakeAnswer FakeNetworkAccessManager::answerFor(const FakeRequest &request)
{
    if (respond)
        return respond(request);
    if (script.empty())
        return FakeAnswer::hanging();
    FakeAnswer answer = script.front();
    script.pop_front();
    return answer;
}

QNetworkReply *FakeNetworkAccessManager::createRequest(Operation operation, const QNetworkRequest &request,
                                                       QIODevice *body)
{
    FakeRequest record;
    record.url = request.url();
    record.request = request;
    switch (operation) {
    case PostOperation:
        record.verb = "POST";
        break;
    case PutOperation:
        record.verb = "PUT";
        break;
    case DeleteOperation:
        record.verb = "DELETE";
        break;
    case HeadOperation:
        record.verb = "HEAD";
        break;
    case CustomOperation:
        record.verb = request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
        break;
    default:
        record.verb = "GET";
        break;
    }
    m_requests.push_back(record);
    return new FakeReply(this, operation, m_requests.size() - 1, body);
}

FakeReply::FakeReply(FakeNetworkAccessManager *manager, QNetworkAccessManager::Operation operation, std::size_t index,
                     QIODevice *body)
    : QNetworkReply(manager), m_manager(manager), m_index(index), m_upload(body)
{
    const FakeRequest &request = manager->requests()[index];
    setOperation(operation);
    setRequest(request.request);
    setUrl(request.url);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &FakeReply::deliver);
    if (body)
        connect(body, &QIODevice::readyRead, this, &FakeReply::readBody);
    QMetaObject::invokeMethod(this, &FakeReply::readBody, Qt::QueuedConnection);
}

void FakeReply::readBody()
{
    if (isFinished() || m_decided)
        return;
    FakeRequest &request = m_manager->m_requests[m_index];
    const qint64 length = m_upload ? request.request.header(QNetworkRequest::ContentLengthHeader).toLongLong() : 0;
    // The first byte is asked for before anything is decided: a script may fail in the middle of the body.
    if (!m_manager->respond && !m_manager->script.empty() && m_manager->script.front().bodyBytesRead >= 0) {
        if (m_upload)
            request.body += m_upload->read(m_manager->script.front().bodyBytesRead);
        return decide();
    }
    while (m_upload && request.body.size() < length) {
        const QByteArray more = m_upload->read(16 * 1024);
        if (more.isEmpty())
            return; // the gate is closed: readyRead follows
        request.body += more;
    }
    request.complete = true;
    decide();
}

void FakeReply::decide()
{
    m_decided = true;
    m_answer = m_manager->answerFor(m_manager->m_requests[m_index]);
    for (int i = 0; i < m_answer.timesSent && m_answer.bodyBytesRead < 0; ++i)
        emit requestSent();
    if (!m_answer.hangs)
        m_delay.start(m_answer.delayMs);
}

void FakeReply::deliver()
{
    if (m_answer.status == 0)
        return end(m_answer.error, QStringLiteral("scripted failure"));
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
    if (!m_answer.contentType.isEmpty())
        setRawHeader("Content-Type", m_answer.contentType);
    setRawHeader("Content-Length", QByteArray::number(m_answer.body.size()));
    for (const auto &[name, value] : m_answer.headers)
        setRawHeader(name, value);
    m_content = m_answer.body;
    emit metaDataChanged();
    if (!m_content.isEmpty())
        emit readyRead();
    if (isFinished())
        return;
    NetworkError error = m_answer.error;
    if (error == NoError && m_answer.status >= 400)
        error = m_answer.status >= 500 ? UnknownServerError : UnknownContentError;
    end(error, QStringLiteral("HTTP %1").arg(m_answer.status));
}

void FakeReply::end(NetworkError code, const QString &text)
{
    if (isFinished())
        return;
    m_delay.stop();
    setFinished(true);
    if (code != NoError) {
        setError(code, text);
        emit errorOccurred(code);
    }
    emit finished();
}

void FakeReply::abort()
{
    end(OperationCanceledError, QStringLiteral("aborted"));
}

qint64 FakeReply::readData(char *data, qint64 size)
{
    const qint64 count = qMin(size, m_content.size() - m_read);
    if (count <= 0)
        return isFinished() ? -1 : 0;
    std::memcpy(data, m_content.constData() + m_read, size_t(count));
    m_read += count;
    return count;
}

} // namespace rowdesk::test
