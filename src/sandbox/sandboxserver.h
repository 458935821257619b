#pragma once

#include <QHostAddress>
#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>

namespace rowdesk {

/// What a sandbox is started with.
struct SandboxOptions
{
    QString dataDir;          ///< folder for sandbox.sqlite, made when missing; empty: a temporary one, gone at the end
    bool demo = false;        ///< fill an empty store with the sample datasets
    bool allowFaults = false; ///< serve /_sandbox/… fault switches; loseNextAnswer() works without
    quint16 port = 0;         ///< 0: any free port
    int pageSize = 1000;      ///< rows a page
};

/// The local ClicData: the whole API contract, both dialects, on 127.0.0.1. Runs in its own thread, so it may be
/// embedded. Credentials are fixed and public: demo / demo-secret, demo@example.com / demo, demo-key.
class SandboxServer : public QObject
{
    Q_OBJECT
public:
    explicit SandboxServer(SandboxOptions options, QObject *parent = nullptr);
    /// Stops listening and closes the store.
    ~SandboxServer() override;

    /// Starts, and returns once requests are served; false with errorText() when the folder or the port can't be used.
    /// To be called once.
    bool start();
    QString errorText() const;
    /// http://127.0.0.1:PORT/ once started.
    QUrl url() const;
    /// The next rows that are appended are stored, and the connection closes instead of an answer: for whoever wants
    /// to see what the client makes of it. Once; any thread.
    void loseNextAnswer();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
