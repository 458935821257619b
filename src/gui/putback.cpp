#include "gui/putback.h"

#include "models/diffmodel.h"
#include "models/words.h"
#include "transfer/onworker.h"
#include "transfer/rowsfile.h"

#include <algorithm>

namespace rowdesk {

PutBack PutBack::of(const DiffModel &model, const std::vector<int> &selected)
{
    PutBack result;
    if (selected.empty()) {
        result.rows = model.comparison().diff.removed;
        return result;
    }
    for (const int row : selected) {
        switch (model.change(row)) {
        case DiffModel::Change::Removed:
            result.rows.push_back(*model.rowInA(row));
            break;
        case DiffModel::Change::Changed:
            ++result.changed;
            break;
        case DiffModel::Change::Added:
            ++result.added;
            break;
        case DiffModel::Change::Same:
            break;
        }
    }
    std::ranges::sort(result.rows);
    return result;
}

QString PutBack::act() const
{
    return tr("Check %1…").arg(Words::rows(qint64(rows.size())));
}

QString PutBack::explanation(const QString &target, bool isCurrent) const
{
    QStringList sentences;
    if (rows.empty()) {
        sentences.append(tr("None of the selected rows is gone, so there is nothing to append."));
    } else {
        sentences.append(
            tr("%1 that %2 no longer has can be appended again. They are shown in the import window first; "
               "nothing is sent before you press Upload there.")
                .arg(Words::rows(qint64(rows.size())), target));
    }
    if (changed > 0) {
        sentences.append(
            tr("%1 with other values are left out: ClicData changes rows only by a condition, which may meet "
               "more rows than meant, so this program does not do it. Their old values are in the export.")
                .arg(Words::rows(changed)));
    }
    if (added > 0) {
        sentences.append(tr("%1 that are new are left out: to take them away is to delete by a condition, which this "
                            "program does not do.")
                             .arg(Words::rows(added)));
    }
    if (!isCurrent && !rows.empty()) {
        sentences.append(tr("The comparison is not with the current rows: what came back since would be there twice. "
                            "Compare with the current rows to be sure."));
    }
    return sentences.join(QStringLiteral("\n\n"));
}

Call<QString> PutBack::stage(const std::shared_ptr<const Comparison> &comparison, const QString &dataset) const
{
    const QString path = newStagedFile(tr("%1, put back %2").arg(dataset, Words::rows(qint64(rows.size()))));
    return runOnWorker<QString>([comparison, path, all = rows](const std::atomic_bool &cancelled) -> Result<QString> {
        const Result<Done> written = writeRowsFile(path, comparison->a.rows, all, &cancelled);
        return written ? Result<QString>(path) : Result<QString>(written.error());
    });
}

} // namespace rowdesk
