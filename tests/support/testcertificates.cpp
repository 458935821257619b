#include "support/testcertificates.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>

namespace rowdesk::test {

namespace {

const char *const configuration = "[ca]\ndefault_ca=d\n"
                                  "[d]\ndatabase=index.txt\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\n"
                                  "policy=p\nunique_subject=no\ncopy_extensions=copy\n"
                                  "[p]\ncommonName=supplied\n"
                                  "[req]\ndistinguished_name=dn\n[dn]\n";

QStringList newKey(const QString &keyFile)
{
    return {QStringLiteral("-newkey"),
            QStringLiteral("ec"),
            QStringLiteral("-pkeyopt"),
            QStringLiteral("ec_paramgen_curve:P-256"),
            QStringLiteral("-nodes"),
            QStringLiteral("-keyout"),
            keyFile};
}

bool writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

bool TestCertificates::openssl(const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("openssl"), arguments);
    const bool done =
        process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!done)
        m_problem =
            QStringLiteral("openssl %1: %2").arg(arguments.value(0), QString::fromUtf8(process.readAllStandardError()));
    return done;
}

bool TestCertificates::make()
{
    if (!writeFile(file(QStringLiteral("ca.cnf")), configuration) ||
        !writeFile(file(QStringLiteral("index.txt")), {}) || !writeFile(file(QStringLiteral("serial")), "01\n")) {
        m_problem = QStringLiteral("no temporary folder");
        return false;
    }
    return openssl(QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-config"),
                               QStringLiteral("ca.cnf"), QStringLiteral("-days"), QStringLiteral("2"),
                               QStringLiteral("-subj"), QStringLiteral("/CN=Test authority"), QStringLiteral("-addext"),
                               QStringLiteral("basicConstraints=critical,CA:TRUE"), QStringLiteral("-out"),
                               QStringLiteral("ca.pem")} +
                   newKey(QStringLiteral("ca.key")));
}

QSslCertificate TestCertificates::authority() const
{
    return QSslCertificate::fromPath(file(QStringLiteral("ca.pem"))).value(0);
}

QSslConfiguration TestCertificates::server(const Wish &wish)
{
    const QString name = QStringLiteral("server%1").arg(++m_made);
    const QString subject = QStringLiteral("/CN=") + wish.host;
    const QString alternative = QStringLiteral("subjectAltName=DNS:") + wish.host;
    QStringList request{QStringLiteral("req"),
                        QStringLiteral("-config"),
                        QStringLiteral("ca.cnf"),
                        QStringLiteral("-subj"),
                        subject,
                        QStringLiteral("-addext"),
                        alternative};
    request += newKey(name + QLatin1String(".key"));
    bool made = false;
    if (wish.selfSigned) {
        made = openssl(request + QStringList{QStringLiteral("-x509"), QStringLiteral("-days"), QStringLiteral("2"),
                                             QStringLiteral("-out"), name + QLatin1String(".pem")});
    } else {
        made = openssl(request +
                       QStringList{QStringLiteral("-new"), QStringLiteral("-out"), name + QLatin1String(".csr")}) &&
               openssl({QStringLiteral("ca"), QStringLiteral("-batch"), QStringLiteral("-config"),
                        QStringLiteral("ca.cnf"), QStringLiteral("-cert"), QStringLiteral("ca.pem"),
                        QStringLiteral("-keyfile"), QStringLiteral("ca.key"), QStringLiteral("-in"),
                        name + QLatin1String(".csr"), QStringLiteral("-out"), name + QLatin1String(".pem"),
                        QStringLiteral("-startdate"), wish.from, QStringLiteral("-enddate"), wish.until,
                        QStringLiteral("-notext")});
    }
    QFile key(file(name + QLatin1String(".key")));
    if (!made || !key.open(QIODevice::ReadOnly))
        return {};
    QSslConfiguration server = QSslConfiguration::defaultConfiguration();
    server.setLocalCertificate(QSslCertificate::fromPath(file(name + QLatin1String(".pem"))).value(0));
    server.setPrivateKey(QSslKey(&key, QSsl::Ec));
    server.setPeerVerifyMode(QSslSocket::VerifyNone); // a server asks its clients for no certificate
    return server;
}

void TestCertificates::trust() const
{
    QSslConfiguration client = QSslConfiguration::defaultConfiguration();
    client.addCaCertificate(authority());
    QSslConfiguration::setDefaultConfiguration(client);
}

} // namespace rowdesk::test
