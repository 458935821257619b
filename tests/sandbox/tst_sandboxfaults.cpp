#include "support/sandboxfixture.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace rowdesk;
using namespace rowdesk::test;
using namespace Qt::StringLiterals;

/// The fault switches and the ledger (resources/sandbox/README.md).
class TestSandboxFaults : public QObject
{
    Q_OBJECT

    std::unique_ptr<SandboxFixture> m_sandbox;

    static constexpr const char *oneRow = R"({"data":[[{"column":"code","value":"new"}]]})";

    /// One request on a socket of its own, so that nothing sends it again; what came back until the server closed.
    QByteArray raw(const QByteArray &verb, const QByteArray &path, const QByteArray &body)
    {
        QTcpSocket socket;
        socket.connectToHost(m_sandbox->url().host(), static_cast<quint16>(m_sandbox->url().port()));
        if (!socket.waitForConnected())
            return "not connected";
        socket.write(verb + " /" + path +
                     " HTTP/1.1\r\nHost: x\r\nCLICDATA-API-KEY: demo-key\r\nConnection: close\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(60'000))
            answer += socket.readAll();
        return answer + socket.readAll();
    }

    qsizetype codes() { return m_sandbox->rows(u"data/3"_s).size(); }

private slots:
    void init()
    {
        m_sandbox = std::make_unique<SandboxFixture>();
        QVERIFY(m_sandbox->start());
    }

    void withoutPermissionThereAreNoFaults()
    {
        SandboxFixture plain{SandboxOptions()};
        QVERIFY(plain.start());
        QVERIFY(!plain.fault(R"({"latency_ms":1})"));
        QCOMPARE(plain.get(u"_sandbox/ledger"_s).status, 404);
    }

    void unknownSwitchesAreRefused()
    {
        QVERIFY(!m_sandbox->fault(R"({"lattency_ms":1})"));
        QVERIFY(!m_sandbox->fault(R"({"rules":[{"dropp":"before"}]})"));
        QVERIFY(!m_sandbox->fault(R"({"rules":[{"drop":"sometimes"}]})"));
        QVERIFY(!m_sandbox->fault("nonsense"));
        QCOMPARE(m_sandbox->get(u"data"_s).status, 200);
    }

    void dropBeforeStoresNothing()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"verb":"POST","path":"/row","drop":"before"}]})"));
        QCOMPARE(raw("POST", "data/3/row", oneRow), "");
        QCOMPARE(codes(), 9);
        QCOMPARE(m_sandbox->ledger().size(), 1);
        QCOMPARE(m_sandbox->ledger().first().toObject().value("applied"_L1), QJsonValue(false));
    }

    void dropAfterStoresTheRows()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"verb":"POST","path":"/row","drop":"after"}]})"));
        QCOMPARE(raw("POST", "data/3/row", oneRow), "");
        QCOMPARE(codes(), 10);
        const QJsonObject call = m_sandbox->ledger().first().toObject();
        QCOMPARE(call.value("applied"_L1), QJsonValue(true));
        QCOMPARE(call.value("verb"_L1).toString(), u"POST"_s);
        QCOMPARE(call.value("path"_L1).toString(), u"/data/3/row"_s);
        QCOMPARE(call.value("bytes"_L1).toInt(), static_cast<int>(qstrlen(oneRow)));
    }

    void theNthCallIsStruck()
    {
        QVERIFY(m_sandbox->fault(
            R"({"rules":[{"verb":"GET","path":"data/3","at":2,"times":2,"status":503,"retry_after":7}]})"));
        QCOMPARE(m_sandbox->get(u"data/3"_s).status, 200);
        QCOMPARE(m_sandbox->get(u"data/1"_s).status, 200);
        const HttpAnswer struck = m_sandbox->get(u"data/3"_s);
        QCOMPARE(struck.status, 503);
        QCOMPARE(struck.retryAfter, "7");
        QCOMPARE(m_sandbox->get(u"data/3"_s).status, 503);
        QCOMPARE(m_sandbox->get(u"data/3"_s).status, 200);
    }

    void errorsInHttp200()
    {
        QVERIFY(m_sandbox->fault(
            R"({"rules":[{"verb":"POST","path":"/row","error":{"code":"Quota","description":"full"}}]})"));
        const HttpAnswer answer = m_sandbox->post(u"data/3/row"_s, oneRow);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.errorCode(), u"Quota"_s);
        QCOMPARE(codes(), 9);
    }

    void madeUpAnswersMayHideWhatWasDone()
    {
        QVERIFY(m_sandbox->fault(
            R"({"rules":[{"verb":"POST","path":"/row","status":500,"body":"oops","carried_out":true}]})"));
        const HttpAnswer answer = m_sandbox->post(u"data/3/row"_s, oneRow);
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.body, "oops");
        QCOMPARE(codes(), 10);
    }

    void answersAreCut()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/3","cut":10}]})"));
        const QByteArray answer = raw("GET", "data/3", {});
        const qsizetype body = answer.indexOf("\r\n\r\n") + 4;
        QCOMPARE(answer.mid(body), "{\"data\":[{");
        const QByteArray length = answer.mid(answer.indexOf("Content-Length: ") + 16);
        QVERIFY(length.left(length.indexOf('\r')).toInt() > 100);
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/3","cut":10}]})"));
        QVERIFY(m_sandbox->get(u"data/3"_s).error != QNetworkReply::NoError);
    }

    void answersAreSpoiled()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/3","wrong_types":true}]})"));
        const QByteArray wrong = m_sandbox->get(u"data/3"_s).body;
        QVERIFY(wrong.contains(R"("account_id":"1234567890123456789")"));
        QVERIFY(QJsonDocument::fromJson(wrong).isObject());
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/3","malformed":true}]})"));
        QVERIFY(!QJsonDocument::fromJson(m_sandbox->get(u"data/3"_s).body).isObject());
    }

    void fewerRowsAreConfirmed()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"insert","inserted_minus":1}]})"));
        const HttpAnswer answer =
            m_sandbox->post(u"data/3/insert?api_version=2022.01"_s, R"({"data":[{"code":"x"},{"code":"y"}]})");
        QCOMPARE(answer.body, R"({"success":true,"result":{"rows_inserted":1,"rows_found":2}})");
    }

    void pagesWithoutEnd()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/3","endless":true,"times":0}]})"));
        for (const int page : {1, 2, 3, 50})
            QVERIFY(m_sandbox->get(u"data/3?page=%1"_s.arg(page)).json().value("has_more_data"_L1).toBool());
        QVERIFY(m_sandbox->clearFaults());
        QVERIFY(!m_sandbox->get(u"data/3"_s).json().value("has_more_data"_L1).toBool());
    }

    void settings()
    {
        QVERIFY(m_sandbox->fault(R"({"page_size":4,"classic":false,"api_versions":["2025.3"]})"));
        QCOMPARE(m_sandbox->get(u"data/3"_s).errorCode(), u"APIVersionRequired"_s);
        const HttpAnswer refused = m_sandbox->get(u"data/3?api_version=2022.01"_s);
        QCOMPARE(refused.errorCode(), u"InvalidVersion"_s);
        QCOMPARE(refused.supportedVersions, "2025.3");
        const HttpAnswer page = m_sandbox->get(u"data/3?api_version=2025.3"_s);
        QCOMPARE(page.json().value("result"_L1).toArray().size(), 4);
        QVERIFY(m_sandbox->clearFaults());
        QCOMPARE(m_sandbox->get(u"data/3"_s).json().value("data"_L1).toArray().size(), 9);
    }

    void slowAnswersHoldUpNobodyElse()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/1","latency_ms":60000}]})"));
        QTcpSocket slow;
        slow.connectToHost(m_sandbox->url().host(), static_cast<quint16>(m_sandbox->url().port()));
        QVERIFY(slow.waitForConnected());
        slow.write("GET /data/1 HTTP/1.1\r\nHost: x\r\nCLICDATA-API-KEY: demo-key\r\n\r\n");
        QVERIFY(slow.waitForBytesWritten());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(m_sandbox->get(u"data/3"_s).status, 200);
        QCOMPARE(slow.bytesAvailable(), 0);
        slow.abort(); // the client leaves, and the server goes on
        QCOMPARE(m_sandbox->get(u"data/3"_s).status, 200);
    }

    void theEndWaitsForNoAnswer()
    {
        QVERIFY(m_sandbox->fault(R"({"rules":[{"path":"data/","latency_ms":3600000,"times":0}]})"));
        std::array<QTcpSocket, 3> clients;
        for (QTcpSocket &client : clients) {
            client.connectToHost(m_sandbox->url().host(), static_cast<quint16>(m_sandbox->url().port()));
            QVERIFY(client.waitForConnected());
            client.write("GET /data/1 HTTP/1.1\r\nHost: x\r\nCLICDATA-API-KEY: demo-key\r\n\r\n");
            QVERIFY(client.waitForBytesWritten());
        }
        QCOMPARE(m_sandbox->get(u"data"_s).status, 200); // the others have been taken in by now
        m_sandbox.reset();
        for (QTcpSocket &client : clients) {
            QVERIFY(client.state() == QAbstractSocket::UnconnectedState || client.waitForDisconnected());
            QCOMPARE(client.bytesAvailable(), 0);
        }
    }

    void latencyIsWaitedFor()
    {
        QVERIFY(m_sandbox->fault(R"({"latency_ms":200})"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(m_sandbox->get(u"data/3"_s).status, 200);
        QVERIFY(timer.elapsed() >= 200);
    }

    void theLedgerSurvivesARestart()
    {
        const QTemporaryDir dir;
        SandboxOptions options = SandboxFixture::demoOptions();
        options.dataDir = dir.path();
        {
            SandboxFixture first(options);
            QVERIFY(first.start());
            first.post(u"data/3/row"_s, oneRow);
            first.post(u"data/3/row"_s, R"({"data":[[{"column":"no","value":1}]]})");
            first.post(u"team"_s, R"({"name":"T"})");
        }
        SandboxFixture second(options);
        QVERIFY(second.start());
        const QJsonArray calls = second.ledger();
        QCOMPARE(calls.size(), 3);
        QCOMPARE(calls.at(0).toObject().value("applied"_L1), QJsonValue(true));
        QCOMPARE(calls.at(1).toObject().value("applied"_L1), QJsonValue(false));
        QCOMPARE(calls.at(2).toObject().value("applied"_L1), QJsonValue(true));
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        QTcpSocket socket;
        socket.connectToHost(m_sandbox->url().host(), static_cast<quint16>(m_sandbox->url().port()));
        QVERIFY(socket.waitForConnected());
        const QByteArray head = " HTTP/1.1\r\nHost: x\r\nCLICDATA-API-KEY: demo-key\r\n";
        socket.write("GET /data/1" + head + "\r\n");
        socket.write("GET /data/999" + head + "Connection: close\r\n\r\n");
        QByteArray answer;
        while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(60'000))
            answer += socket.readAll();
        answer += socket.readAll();
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.indexOf("HTTP/1.1 404") > answer.indexOf("BARKSDALE"));
    }
};

QTEST_GUILESS_MAIN(TestSandboxFaults)
#include "tst_sandboxfaults.moc"
