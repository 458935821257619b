#include "core/wtf8.h"
#include "files/savedfile.h"
#include "files/tablewriter.h"

namespace rowdesk {
namespace {

class JsonWriter final : public TableWriter
{
public:
    JsonWriter(std::unique_ptr<SavedFile> file, const Schema &schema) : m_file(std::move(file)), m_text("[")
    {
        for (const ColumnSpec &column : schema.columns) {
            std::string &key = m_keys.emplace_back();
            appendJsonString(key, wtf8FromString(column.name));
            key += ':';
        }
    }

    Result<Done> write(const RowBatch &batch) override
    {
        for (qsizetype row = 0; row < batch.rowCount(); ++row) {
            m_text += m_isFirst ? "\n{" : ",\n{";
            m_isFirst = false;
            for (int column = 0; column < batch.columnCount(); ++column) {
                if (column > 0)
                    m_text += ',';
                m_text += m_keys[static_cast<size_t>(column)];
                addCell(batch.cell(row, column));
            }
            m_text += '}';
        }
        return m_file->write(m_text);
    }

    Result<Done> finish() override
    {
        m_text += "\n]\n";
        if (const auto written = m_file->write(m_text); !written)
            return written.error();
        return m_file->finish();
    }

private:
    void addCell(CellView cell)
    {
        if (cell.kind == CellKind::Null)
            m_text += "null";
        else if (cell.kind == CellKind::Text)
            appendJsonString(m_text, cell.text);
        else
            m_text += cell.text;
    }

    std::unique_ptr<SavedFile> m_file;
    std::vector<std::string> m_keys;
    std::string m_text;
    bool m_isFirst = true;
};

} // namespace

Result<std::unique_ptr<TableWriter>> openJsonWriter(const QString &path, const Schema &schema)
{
    auto file = SavedFile::open(path);
    if (!file)
        return file.error();
    return std::unique_ptr<TableWriter>(new JsonWriter(std::move(file).value(), schema));
}

} // namespace rowdesk
