#pragma once

#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>

namespace rowdesk::test {

/// What a fake service does with one request.
struct FakeAnswer
{
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
    QList<QPair<QByteArray, QByteArray>> headers;
    QNetworkReply::NetworkError error = QNetworkReply::NoError; ///< with status 0: no answer at all
    int delayMs = 0;
    bool hangs = false;     ///< never answers; ends with abort()
    int bodyBytesRead = -1; ///< fail after this many bytes of the request; -1: all of them
    int timesSent = 1;      ///< how often requestSent is emitted

    static FakeAnswer json(QByteArray body, int status = 200);
    static FakeAnswer failure(QNetworkReply::NetworkError error);
    static FakeAnswer hanging();
};

/// What arrived.
struct FakeRequest
{
    QByteArray verb;
    QUrl url;
    QNetworkRequest request;
    QByteArray body; ///< filled as the body is read
    bool complete = false;

    QByteArray header(const QByteArray &name) const { return request.rawHeader(name); }
};

/// A network without a network. Answers come from `respond`, else from `script` in order, else a hanging reply; always
/// later, from the event loop. Only what is complete counts as sent.
class FakeNetworkAccessManager : public QNetworkAccessManager
{
    Q_OBJECT
public:
    using QNetworkAccessManager::QNetworkAccessManager;

    std::deque<FakeAnswer> script;
    std::function<FakeAnswer(const FakeRequest &)> respond;

    const std::deque<FakeRequest> &requests() const { return m_requests; }
    int count(const QByteArray &verb, const QString &pathEnd = {}) const;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    friend class FakeReply;
    FakeAnswer answerFor(const FakeRequest &request);

    std::deque<FakeRequest> m_requests;
};

/// The reply of the fake network.
class FakeReply : public QNetworkReply
{
    Q_OBJECT
public:
    FakeReply(FakeNetworkAccessManager *manager, QNetworkAccessManager::Operation operation, std::size_t index,
              QIODevice *body);

    void abort() override;
    qint64 bytesAvailable() const override { return m_content.size() - m_read + QNetworkReply::bytesAvailable(); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override;

private:
    void readBody();
    void decide();
    void deliver();
    void end(NetworkError error, const QString &text);

    FakeNetworkAccessManager *m_manager;
    std::size_t m_index;
    QPointer<QIODevice> m_upload;
    FakeAnswer m_answer;
    bool m_decided = false;
    QTimer m_delay;
    QByteArray m_content;
    qint64 m_read = 0;
};

} // namespace rowdesk::test
