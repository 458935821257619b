#pragma once

#include "gui/settingsbar.h"
#include "models/filelook.h"

namespace rowdesk {

/// What is read of a workbook: the sheet or named range, where the table begins, what merged cells and hidden rows
/// mean.
class ImportSheetSettings : public SettingsBar
{
    Q_OBJECT
public:
    explicit ImportSheetSettings(QWidget *parent = nullptr);

    void show(const FileLook &look);

signals:
    /// A part that leaves the others as they are.
    void formatChosen(const rowdesk::XlsxFormat &format);
    /// Another sheet, or another table or named range: positions in the look's outline.
    void sheetChosen(int sheet);
    void rangeChosen(int range);

private:
    void showSheet(const FileLook &look);
    void showHeader();
    void showFirstRow();
    void showMerged();
    void showHidden();
    void change(const std::function<void(XlsxFormat &)> &edit);

    XlsxFormat m_format;
    Part m_sheet;
    Part m_header;
    Part m_firstRow;
    Part m_merged;
    Part m_hidden;
};

} // namespace rowdesk
