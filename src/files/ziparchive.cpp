#include "files/ziparchive.h"

#include "files/zipcheck.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <zip.h>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ZipArchive)
};

ApiError refusal(const char *code, const QString &message)
{
    return {ErrorKind::File,
            0,
            QString::fromLatin1(code),
            message,
            Words::tr("Nothing was read. Open the file in a spreadsheet program and save it again."),
            {}};
}

ApiError tooLarge(const QString &message)
{
    return {ErrorKind::File,
            0,
            QStringLiteral("zip.limit"),
            message,
            Words::tr("Nothing was read. If the file is yours and really so large, save the sheet as CSV."),
            {}};
}

QString megabytes(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}

/// Names of parts are compared without case, and old programs wrote them with the other slash.
QByteArray keyOf(const QByteArray &name)
{
    QByteArray key = name.toLower();
    key.replace('\\', '/');
    return key;
}

zip_t *openZip(const QString &path, int &code)
{
    const QByteArray name = QFile::encodeName(path);
    zip_t *opened = zip_open(name.constData(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (!opened && code == ZIP_ER_INCONS && isConsistentZip(path))
        opened = zip_open(name.constData(), ZIP_RDONLY, &code);
    return opened;
}

/// What is wrong with one entry, given the sum of sizes so far.
std::optional<ApiError> problemOf(const zip_stat_t &entry, qint64 &total, const ZipLimits &limits)
{
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((entry.valid & needed) != needed)
        return refusal("zip.damaged", Words::tr("The file's directory is damaged."));
    if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) && entry.encryption_method != ZIP_EM_NONE)
        return refusal("zip.encrypted", Words::tr("Parts of the file are encrypted."));
    const auto size = static_cast<qint64>(std::min<zip_uint64_t>(entry.size, 1ULL << 60));
    const auto packed = static_cast<qint64>(std::min<zip_uint64_t>(entry.comp_size, 1ULL << 60));
    total += size;
    if (total > limits.mostBytes)
        return tooLarge(Words::tr("Unpacked, the file has more than %1.").arg(megabytes(limits.mostBytes)));
    if (size > limits.ratioFrom && size / std::max<qint64>(packed, 1) > limits.mostRatio)
        return tooLarge(Words::tr("“%1” unpacks to more than %2 times its size, as no ordinary sheet does.")
                            .arg(QString::fromUtf8(entry.name))
                            .arg(limits.mostRatio));
    return std::nullopt;
}

} // namespace

ZipPart::~ZipPart()
{
    zip_fclose(m_file);
}

Result<qsizetype> ZipPart::read(char *to, qsizetype room)
{
    const zip_int64_t got = zip_fread(m_file, to, static_cast<zip_uint64_t>(room));
    m_read += std::max<qint64>(got, 0);
    if (got < 0 || m_read > m_size || (got == 0 && m_read < m_size))
        return refusal(
            "zip.damaged",
            Words::tr("The file is damaged: its part “%1” does not have the bytes that it should have.").arg(m_name));
    return static_cast<qsizetype>(got);
}

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const QString &path, const ZipLimits &limits)
{
    int code = 0;
    zip_t *opened = openZip(path, code);
    if (!opened) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString words = QString::fromUtf8(zip_error_strerror(&error));
        zip_error_fini(&error);
        return refusal("zip.damaged", Words::tr("“%1” is damaged: %2.").arg(QFileInfo(path).fileName(), words));
    }
    std::unique_ptr<ZipArchive> archive(new ZipArchive(opened));
    const zip_int64_t count = zip_get_num_entries(opened, 0);
    if (count > limits.mostEntries)
        return tooLarge(Words::tr("The file has %1 parts, more than any workbook.").arg(count));
    qint64 total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t entry;
        zip_stat_init(&entry);
        if (zip_stat_index(opened, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS, &entry) != 0)
            return refusal("zip.damaged", Words::tr("The file's directory is damaged."));
        if (auto problem = problemOf(entry, total, limits))
            return *problem;
        const QByteArray key = keyOf(entry.name);
        if (archive->m_entries.contains(key))
            return refusal("zip.duplicate",
                           Words::tr("The file holds two parts named “%1”.").arg(QString::fromUtf8(entry.name)));
        archive->m_entries.insert(key, static_cast<quint64>(i));
    }
    return archive;
}

ZipArchive::~ZipArchive()
{
    zip_discard(m_archive);
}

bool ZipArchive::contains(const QByteArray &name) const
{
    return m_entries.contains(keyOf(name));
}

QList<QByteArray> ZipArchive::names(const QByteArray &prefix) const
{
    QList<QByteArray> found;
    const zip_int64_t count = zip_get_num_entries(m_archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const QByteArray name = zip_get_name(m_archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
        if (name.startsWith(prefix))
            found.append(name);
    }
    return found;
}

Result<std::unique_ptr<ZipPart>> ZipArchive::part(const QByteArray &name) const
{
    const auto found = m_entries.constFind(keyOf(name));
    const QString shown = QString::fromUtf8(name);
    if (found == m_entries.constEnd())
        return refusal("xlsx.missing-part", Words::tr("The file is damaged: its part “%1” is missing.").arg(shown));
    zip_stat_t entry;
    zip_stat_init(&entry);
    zip_file_t *file = zip_fopen_index(m_archive, *found, 0);
    if (!file || zip_stat_index(m_archive, *found, 0, &entry) != 0) {
        if (file)
            zip_fclose(file);
        return refusal("zip.damaged", Words::tr("The file is damaged: its part “%1” can't be opened.").arg(shown));
    }
    return std::make_unique<ZipPart>(file, static_cast<qint64>(entry.size), shown);
}

Result<QByteArray> ZipArchive::bytes(const QByteArray &name, qint64 most) const
{
    auto opened = part(name);
    if (!opened)
        return opened.error();
    ZipPart &file = **opened;
    if (file.size() > most)
        return tooLarge(
            Words::tr("The file's part “%1” is larger than %2.").arg(QString::fromUtf8(name), megabytes(most)));
    QByteArray all(file.size(), Qt::Uninitialized);
    qsizetype at = 0;
    while (true) {
        char spare = 0;
        const bool full = at == all.size();
        auto got = file.read(full ? &spare : all.data() + at, full ? 1 : all.size() - at);
        if (!got)
            return got.error();
        if (*got == 0)
            return all;
        at += *got;
    }
}

} // namespace rowdesk
