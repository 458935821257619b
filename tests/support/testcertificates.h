#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QTemporaryDir>

namespace rowdesk::test {

/// A certificate authority that lives as long as the test, made with the openssl program. Nothing of it is kept.
class TestCertificates
{
public:
    struct Wish
    {
        QString host = QStringLiteral("localhost"); ///< subject and alternative name
        QString from = QStringLiteral("20200101000000Z");
        QString until = QStringLiteral("20991231000000Z");
        bool selfSigned = false;
    };

    /// False, with `problem`, when openssl is missing or fails.
    bool make();
    QString problem() const { return m_problem; }

    QSslCertificate authority() const;
    /// What a server needs to show such a certificate; null when it could not be made.
    QSslConfiguration server(const Wish &wish);
    QSslConfiguration server() { return server(Wish()); }

    /// Makes this program trust the authority, for everything it opens from now on.
    void trust() const;

private:
    bool openssl(const QStringList &arguments);
    QString file(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_problem;
    int m_made = 0;
};

} // namespace rowdesk::test
