#pragma once

#include "core/keycandidates.h"
#include "transfer/tablereading.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace rowdesk {

class Workspace;

/// The way from two chosen tables to their comparison: reads both as a whole, measures which columns could be the key,
/// compares. Each step is asynchronous and can be stopped; choosing another table drops what was under way for the old
/// one. The workspace outlives it.
class CompareSession : public QObject
{
    Q_OBJECT
public:
    enum class Side { A, B };
    enum class Step {
        Reading,   ///< one of the tables or both
        Measuring, ///< the keys
        Ready,     ///< compare() may be called
        Comparing,
        Done,  ///< comparison() is there
        Failed ///< a table could not be read, or comparing failed: see error()
    };

    explicit CompareSession(Workspace *workspace, QObject *parent = nullptr);
    ~CompareSession() override;

    /// Begins to read this table, unless it is the one that is there already.
    void setTable(Side side, const TableOrigin &origin);
    /// Null until it has been read.
    const DiffTable *table(Side side) const;
    const TableOrigin &origin(Side side) const { return part(side).origin; }
    QStringList notes(Side side) const { return part(side).notes; }

    Step step() const { return m_step; }
    /// What is going on, as a sentence.
    QString status() const;
    const std::optional<ApiError> &error() const { return m_error; }

    /// Ranked; empty until step() is Ready.
    const std::vector<KeyCandidate> &candidates() const { return m_candidates; }
    /// Measures a key that a person put together; keyMeasured() tells the answer to the last question.
    void measure(const QStringList &columns);

    void compare(const DiffOptions &options);
    const std::shared_ptr<const Comparison> &comparison() const { return m_comparison; }
    void stop();

signals:
    void stepChanged();
    void statusChanged();
    void keyMeasured(const KeyCandidate &key);
    /// step() is Done.
    void compared();

private:
    struct Part
    {
        TableOrigin origin;
        std::optional<DiffTable> table;
        QStringList notes;
        qint64 rows = 0;               ///< read so far
        std::optional<ApiError> error; ///< why it could not be read
        std::optional<Call<WholeTable>> reading;
        int generation = 0;
    };

    Part &part(Side side) { return side == Side::A ? m_a : m_b; }
    const Part &part(Side side) const { return side == Side::A ? m_a : m_b; }
    void takeTable(Side side, Result<WholeTable> whole);
    void measureAll();
    QStringList knownKey() const;
    void setStep(Step step);
    void fail(const ApiError &error);

    Workspace *m_workspace;
    Part m_a;
    Part m_b;
    Step m_step = Step::Reading;
    std::optional<ApiError> m_error;
    std::vector<KeyCandidate> m_candidates;
    std::shared_ptr<const Comparison> m_comparison;
    std::function<void()> m_stop; ///< ends what runs on a worker
    int m_generation = 0;
    int m_measured = 0;
};

} // namespace rowdesk
