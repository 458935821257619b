#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include <memory>

struct zip;
struct zip_file;

namespace rowdesk {

/// Beyond these a package is taken for an attack or for damage, not for a workbook.
struct ZipLimits
{
    qint64 mostEntries = 10000;
    qint64 mostBytes = 512LL * 1024 * 1024; ///< of all entries together, unpacked
    qint64 mostRatio = 100;                 ///< unpacked to packed, of an entry that is larger than ratioFrom
    qint64 ratioFrom = 1024 * 1024;

    /// Those, or what is allowed once a person has said that a large file is theirs. Time and memory stay limited.
    static ZipLimits of(bool allowLarge)
    {
        return allowLarge ? ZipLimits{1000000, 64LL * 1024 * 1024 * 1024, 100000, 1024 * 1024} : ZipLimits{};
    }
};

/// The bytes of one entry of an archive, from its start. Its archive must outlive it.
class ZipPart
{
public:
    /// Takes over the open file.
    ZipPart(zip_file *file, qint64 size, const QString &name) : m_file(file), m_size(size), m_name(name) {}
    ZipPart(const ZipPart &) = delete;
    ZipPart &operator=(const ZipPart &) = delete;
    ~ZipPart();
    /// Up to `room` bytes; 0 at the end. An error when the bytes are damaged: the checksum is verified at the end.
    Result<qsizetype> read(char *to, qsizetype room);
    qint64 size() const { return m_size; }

private:
    zip_file *m_file;
    qint64 m_size;
    QString m_name;
    qint64 m_read = 0;
};

/// A ZIP package, read only and in place: nothing is ever unpacked to disk, and names of entries never become paths.
class ZipArchive
{
public:
    /// Opens it and checks its directory against the entries, its sizes and names. Errors say what is wrong.
    static Result<std::unique_ptr<ZipArchive>> open(const QString &path, const ZipLimits &limits = {});
    ZipArchive(const ZipArchive &) = delete;
    ZipArchive &operator=(const ZipArchive &) = delete;
    ~ZipArchive();

    bool contains(const QByteArray &name) const;
    /// The names of the entries that begin so.
    QList<QByteArray> names(const QByteArray &prefix) const;
    Result<std::unique_ptr<ZipPart>> part(const QByteArray &name) const;
    /// All bytes of a small entry; an error when it is larger than `most`.
    Result<QByteArray> bytes(const QByteArray &name, qint64 most) const;

private:
    explicit ZipArchive(zip *archive) : m_archive(archive) {}
    zip *m_archive;
    QHash<QByteArray, quint64> m_entries; // by their names in small letters, with slashes
};

} // namespace rowdesk
