#pragma once

#include "sandbox/credentials.h"
#include "sandbox/datasetstore.h"
#include "sandbox/documentstore.h"

#include <QStringList>

#include <atomic>
#include <mutex>

namespace rowdesk::sandbox {

/// Which dialects an account accepts.
struct VersionRules
{
    QStringList accepted{QStringLiteral("2021.08"), QStringLiteral("2022.01"), QStringLiteral("2025.3")};
    bool classicAllowed = true; ///< calls without api_version
};

/// What all threads of one sandbox share. Safe to use from any thread.
class Shared
{
public:
    Credentials credentials;
    PageStarts pageStarts;
    std::atomic<int> pageSize = 1000;

    VersionRules versionRules() const
    {
        const std::lock_guard lock(m_mutex);
        return m_versionRules;
    }
    void setVersionRules(const VersionRules &rules)
    {
        const std::lock_guard lock(m_mutex);
        m_versionRules = rules;
    }

private:
    mutable std::mutex m_mutex;
    VersionRules m_versionRules;
};

/// What answering a call needs, one set a thread.
struct Services
{
    Services(Database &db, Shared &common)
        : database(db), datasets(db, common.pageStarts), documents(db), shared(common)
    {
    }

    Database &database;
    DatasetStore datasets;
    DocumentStore documents;
    Shared &shared;
};

} // namespace rowdesk::sandbox
