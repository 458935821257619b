#pragma once

#include "sandbox/database.h"
#include "sandbox/http.h"

namespace rowdesk::sandbox {

/// The truth about writes, for tests: every write call that came in, and whether it was carried out. Only ever grows.
/// "Carried out" is stored in the same transaction as the change itself, so it holds after a crash too.
class Ledger
{
public:
    explicit Ledger(Database &db) : m_db(db) {}

    /// Notes that the call came in, and marks it as carried out by the next transaction that is committed.
    void open(const HttpRequest &request);
    /// Ends the marking.
    void close();

    /// {"calls":[{"number","time","verb","path","bytes","sha256","applied"}]}, in the order in which they came.
    Result<QByteArray> json();

private:
    Database &m_db;
};

} // namespace rowdesk::sandbox
