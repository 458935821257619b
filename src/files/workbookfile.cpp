#include "files/workbookfile.h"

#include "files/savedfile.h"
#include "files/xlsxsheet.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fast_float/fast_float.h>
#include <utility>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(WorkbookWriter)
};

/// The digits that count: not those of the exponent, and no zeros in front.
int significantDigits(std::string_view literal)
{
    const size_t e = std::min(literal.find_first_of("eE"), literal.size());
    int digits = 0;
    for (const char c : literal.substr(0, e)) {
        if (c >= '0' && c <= '9' && (digits > 0 || c != '0'))
            ++digits;
    }
    return digits;
}

/// Does this begin with what a reader takes for the number of a character: _x0041_?
bool looksEscaped(std::string_view text)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
    constexpr size_t length = 7;
    return text.size() >= length && text.starts_with("_x") && text[length - 1] == '_' &&
           std::all_of(text.begin() + 2, text.begin() + length - 1, isHex);
}

} // namespace

WorkbookFile::WorkbookFile(const QString &path)
    : m_path(path), m_folder(QFileInfo(path).absolutePath() + QStringLiteral("/.rowdesk-XXXXXX"))
{
}

WorkbookFile::~WorkbookFile()
{
    if (m_book)
        lxw_workbook_free(m_book);
}

Result<Done> WorkbookFile::start()
{
    if (!m_folder.isValid())
        return writeFailure(m_path, m_folder.errorString());
    m_temporary = QFile::encodeName(m_folder.filePath(QStringLiteral("book.xlsx")));
    m_scratch = QFile::encodeName(m_folder.path());
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = m_scratch.data();
    m_book = workbook_new_opt(m_temporary.constData(), &options);
    if (!m_book)
        return noSheet();
    return Done{};
}

ApiError WorkbookFile::noSheet() const
{
    return writeFailure(m_path, Words::tr("the workbook could not be started"));
}

Result<Done> WorkbookFile::outcome(lxw_row_t row) const
{
    if (m_error == LXW_NO_ERROR)
        return Done{};
    if (m_error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE) {
        return writeFailure(
            m_path, Words::tr("a sheet has at most %1 rows and %2 columns").arg(xlsxMostRows).arg(xlsxMostColumns));
    }
    if (m_error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        return writeFailure(m_path, Words::tr("row %1 has a text of more than 32,767 characters").arg(row));
    return writeFailure(m_path, QString::fromUtf8(lxw_strerror(m_error)));
}

Result<Done> WorkbookFile::finish(lxw_row_t row)
{
    if (m_error == LXW_NO_ERROR)
        note(workbook_close(std::exchange(m_book, nullptr)));
    if (const Result<Done> good = outcome(row); !good)
        return good.error();
    if (std::rename(m_temporary.constData(), QFile::encodeName(m_path).constData()) != 0)
        return writeFailure(m_path, qt_error_string(errno));
    return Done{};
}

const char *WorkbookFile::cellText(std::string_view text)
{
    m_text.clear();
    for (size_t i = 0; i < text.size(); ++i) {
        if (looksEscaped(text.substr(i)))
            m_text += "_x005F";
        m_text += text[i] == '\0' ? ' ' : text[i];
    }
    return m_text.c_str();
}

std::optional<double> workbookNumber(std::string_view literal)
{
    double value = 0;
    const char *end = literal.data() + literal.size();
    const auto [stop, failure] = fast_float::from_chars(literal.data(), end, value);
    if (failure != std::errc() || stop != end || significantDigits(literal) > 15)
        return std::nullopt;
    return value;
}

} // namespace rowdesk
