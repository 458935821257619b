#pragma once

#include "core/columnstore.h"
#include "transfer/uploadtarget.h"

#include <QVector>

#include <algorithm>
#include <functional>

namespace rowdesk::test {

/// Rows of one column, "n": numbers from `from`.
inline std::shared_ptr<const Chunk> chunk(int rows, int from = 1)
{
    RowBatch batch(1);
    for (int i = 0; i < rows; ++i) {
        batch.beginRow(1);
        batch.addCell(CellKind::Number, std::to_string(from + i));
    }
    return chunkFromBatch({QStringLiteral("n")}, batch);
}

inline ApiError gone()
{
    return {ErrorKind::Network, 0, {}, QStringLiteral("Gone."), {}, {}};
}

/// A table of one column whose pages and rows a test makes up.
class MadeUpTable final : public UploadTarget
{
public:
    std::function<Result<RowsPage>(int)> onPage = [](int) { return Result<RowsPage>(gone()); };
    std::function<Result<TableSnapshot>()> onRead = [] { return Result<TableSnapshot>(gone()); };
    QVector<int> pages; ///< that were asked for
    int reads = 0;

    QString address() const override { return QStringLiteral("made://up/"); }
    Dialect::RowShape rowShape() const override { return Dialect::RowShape::Members; }
    Call<QString> create(const DataService::NewTable &) override { return Call<QString>::finished(gone()); }
    Call<QVector<DatasetInfo>> list(const QString &) override { return Call<QVector<DatasetInfo>>::finished(gone()); }
    Call<DataService::Appended> append(const QString &, const QByteArray &, qint64, ApiClient::Gate) override
    {
        return Call<DataService::Appended>::finished(gone());
    }
    Call<TableSnapshot> read(const QString &) override
    {
        ++reads;
        return Call<TableSnapshot>::finished(onRead());
    }
    Call<RowsPage> page(const QString &, int number) override
    {
        pages.append(number);
        return Call<RowsPage>::finished(onPage(number));
    }

    /// A table of so many rows in pages of `size`, honestly.
    void be(qint64 rows, int size)
    {
        onPage = [rows, size](int number) -> Result<RowsPage> {
            const qint64 before = qint64(number - 1) * size;
            const qint64 left = std::clamp<qint64>(rows - before, 0, size);
            RowsPage page{chunk(int(left), left > 0 ? int(before) + 1 : 1), RowsPage::More::No, {}, {}};
            if (qint64(number) * size < rows)
                page.more = RowsPage::More::Yes;
            return page;
        };
    }
};

} // namespace rowdesk::test
