#include "files/filedigest.h"

#include "files/sha256.h"

#include <QCoreApplication>
#include <QFile>

#include <vector>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileDigest)
};

ApiError failure(const QFile &file)
{
    return {ErrorKind::File,
            0,
            QStringLiteral("file.read"),
            Words::tr("“%1” could not be read: %2").arg(file.fileName(), file.errorString()),
            Words::tr("Check the file and its drive, then try again."),
            {}};
}

} // namespace

Result<QByteArray> sha256OfFile(const QString &path, const FileWork *work)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(file);
    Sha256 hash;
    std::vector<char> block(1024 * 1024);
    while (true) {
        if (work && work->cancel)
            return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The reading was cancelled."), {}, {}};
        const qint64 got = file.read(block.data(), static_cast<qint64>(block.size()));
        if (got < 0)
            return failure(file);
        if (got == 0)
            return hash.finish();
        hash.add(block.data(), static_cast<size_t>(got));
    }
}

} // namespace rowdesk
