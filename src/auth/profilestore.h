#pragma once

#include "auth/profile.h"
#include "core/result.h"

#include <QVector>

namespace rowdesk {

/// The profiles of this person, in a JSON file that the window and the command line share. It holds no secret: those
/// are in a SecretStore under the profile's name. Any thread.
class ProfileStore
{
public:
    /// `path`: the file; empty: defaultPath().
    explicit ProfileStore(const QString &path = {});

    /// rowdesk/profiles.json in the folder for settings (XDG_CONFIG_HOME).
    static QString defaultPath();
    QString path() const { return m_path; }

    /// The profiles in their stored order; none when there is no file yet. ErrorKind::Local when the file can't be read
    /// or is damaged; it is left as it is then.
    Result<QVector<Profile>> load() const;

    /// Replaces the file as a whole or not at all; only its owner may read it. ErrorKind::Usage when a name is empty or
    /// is there twice.
    Result<Done> save(const QVector<Profile> &profiles) const;

    /// The profile with exactly this name. ErrorKind::Usage, naming the ones there are, when there is none.
    Result<Profile> find(const QString &name) const;

private:
    QString m_path;
};

} // namespace rowdesk
