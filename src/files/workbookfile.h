#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <optional>
#include <string>
#include <string_view>

#include <xlsxwriter.h>

namespace rowdesk {

/// A workbook that libxlsxwriter makes in a folder beside its place; finish() moves it there in one step. Without
/// finish() nothing is left. Used in one thread.
class WorkbookFile
{
public:
    explicit WorkbookFile(const QString &path);
    ~WorkbookFile();
    Q_DISABLE_COPY_MOVE(WorkbookFile)

    /// Starts it. Error File: the place can't be written to.
    Result<Done> start();
    lxw_workbook *book() const { return m_book; } ///< null before start() and after finish()
    const QString &path() const { return m_path; }
    ApiError noSheet() const; ///< a sheet could not be made

    /// Keeps the first error that libxlsxwriter gives.
    void note(lxw_error error)
    {
        if (m_error == LXW_NO_ERROR)
            m_error = error;
    }
    bool isGood() const { return m_error == LXW_NO_ERROR; }
    /// The first error in words; `row` (from 0) is where it was met.
    Result<Done> outcome(lxw_row_t row) const;

    /// Closes it and puts it in its place.
    Result<Done> finish(lxw_row_t row);

    /// A text as a cell has to hold it so that a reader gets the same: _x0041_ would be read as the character of that
    /// number, so its underscore is written as one. NUL, which no workbook can hold, becomes a blank. Valid until the
    /// next call.
    const char *cellText(std::string_view text);

private:
    QString m_path;
    QTemporaryDir m_folder;
    QByteArray m_temporary;
    QByteArray m_scratch; ///< libxlsxwriter keeps a pointer to it
    lxw_workbook *m_book = nullptr;
    lxw_error m_error = LXW_NO_ERROR;
    std::string m_text;
};

/// A number as Excel keeps it, when none of its digits is lost: a double keeps fifteen. Empty: write it as text.
std::optional<double> workbookNumber(std::string_view literal);

} // namespace rowdesk
