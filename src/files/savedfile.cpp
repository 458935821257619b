#include "files/savedfile.h"

#include "core/wholefile.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SavedFile)
};

} // namespace

ApiError writeFailure(const QString &path, const QString &reason)
{
    return {ErrorKind::File,
            0,
            QStringLiteral("file.write"),
            Words::tr("“%1” could not be written: %2").arg(path, reason),
            Words::tr("The file is as it was before. Check the free space and the permissions, then try again."),
            {}};
}

Result<std::unique_ptr<SavedFile>> SavedFile::open(const QString &path)
{
    std::unique_ptr<SavedFile> saved(new SavedFile);
    saved->m_file.setFileName(path);
    if (!saved->m_file.open(QIODevice::WriteOnly))
        return writeFailure(path, saved->m_file.errorString());
    return saved;
}

Result<Done> SavedFile::write(std::string &text)
{
    const qint64 size = static_cast<qint64>(text.size());
    if (m_file.write(text.data(), size) != size)
        return writeFailure(m_file.fileName(), m_file.errorString());
    text.clear();
    return Done{};
}

Result<Done> SavedFile::finish()
{
    if (!commitWhole(m_file))
        return writeFailure(m_file.fileName(), m_file.errorString());
    return Done{};
}

} // namespace rowdesk
