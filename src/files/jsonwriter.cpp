#include "files/savedfile.h"
#include "files/tablewriter.h"

#include <array>
#include <cstdio>

namespace rowdesk {
namespace {

/// Appends a JSON string. The text is UTF-8 already; only what JSON asks for is escaped.
void addString(std::string_view text, std::string &out)
{
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                std::array<char, 8> escape;
                out.append(escape.data(),
                           static_cast<size_t>(std::snprintf(escape.data(), escape.size(), "\\u%04x", c)));
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

class JsonWriter final : public TableWriter
{
public:
    JsonWriter(std::unique_ptr<SavedFile> file, const Schema &schema) : m_file(std::move(file)), m_text("[")
    {
        for (const ColumnSpec &column : schema.columns) {
            std::string key;
            addString(column.name.toStdString(), key);
            m_keys.push_back(key + ':');
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
            addString(cell.text, m_text);
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
