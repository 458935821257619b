#include "gui/importsheetsettings.h"

#include "models/words.h"

namespace rowdesk {
namespace {

constexpr int rowsOffered = 10;

} // namespace

ImportSheetSettings::ImportSheetSettings(QWidget *parent) : SettingsBar(parent)
{
    m_sheet = addPart(tr("Sheet of the workbook"));
    m_header = addPart(tr("First row"));
    m_firstRow = addPart(tr("Where the table begins"));
    m_merged = addPart(tr("Merged cells"));
    m_hidden = addPart(tr("Hidden rows"));
}

void ImportSheetSettings::show(const FileLook &look)
{
    m_format = look.format.xlsx;
    showSheet(look);
    showHeader();
    showFirstRow();
    showMerged();
    showHidden();
}

void ImportSheetSettings::change(const std::function<void(XlsxFormat &)> &edit)
{
    XlsxFormat format = m_format;
    edit(format);
    emit formatChosen(format);
}

void ImportSheetSettings::showSheet(const FileLook &look)
{
    const QString name = Words::oneLine(look.sheets.value(m_format.sheet), 40);
    fill(m_sheet,
         look.sheets.size() < 2 ? tr("Sheet “%1”").arg(name)
                                : tr("Sheet “%1” (%2 of %3)").arg(name).arg(m_format.sheet + 1).arg(look.sheets.size()),
         m_format.sheetReason);
    for (int sheet = 0; sheet < look.sheets.size(); ++sheet) {
        const QString other = Words::oneLine(look.sheets[sheet]);
        QStringList facts;
        if (const qint64 rows = look.sheetRows.value(sheet, -1); rows >= 0)
            facts.append(rows == 0 ? tr("empty") : Words::rows(rows));
        if (look.hiddenSheets.contains(sheet))
            facts.append(tr("hidden"));
        choice(m_sheet, facts.isEmpty() ? other : tr("%1 (%2)").arg(other, facts.join(QStringLiteral(", "))),
               sheet == m_format.sheet, [this, sheet] { emit sheetChosen(sheet); });
    }
    for (int range = 0; range < look.ranges.size(); ++range) {
        const XlsxRange &known = look.ranges[range];
        if (known.sheet < 0)
            continue;
        const QString text = known.isTable ? tr("Table %1 (%2)") : tr("Range %1 (%2)");
        choice(m_sheet, text.arg(Words::oneLine(known.name, 40), known.cells), false,
               [this, range] { emit rangeChosen(range); });
    }
}

void ImportSheetSettings::showHeader()
{
    const int now = m_format.hasHeader ? m_format.headerRows : 0;
    fill(m_header, m_format.headerIsSure ? headerText(now) : QStringLiteral("⚠ ") + headerText(now),
         m_format.headerReason);
    for (const int rows : headerChoices(now)) {
        choice(m_header, headerText(rows), rows == now, [this, rows] {
            change([rows](XlsxFormat &format) {
                format.hasHeader = rows > 0;
                format.headerRows = std::max(rows, 1);
                format.headerIsSure = true;
                format.headerReason = tr("Chosen by you.");
            });
        });
    }
}

void ImportSheetSettings::showFirstRow()
{
    const auto text = [](qint64 row) { return tr("From row %1").arg(row); };
    fill(m_firstRow, text(m_format.firstRow), m_format.rangeReason);
    const qint64 last = std::max<qint64>(rowsOffered, m_format.firstRow);
    for (qint64 row = 1; row <= last; ++row) {
        choice(m_firstRow, text(row), row == m_format.firstRow,
               [this, row] { change([row](XlsxFormat &format) { format.firstRow = row; }); });
    }
}

void ImportSheetSettings::showMerged()
{
    const auto text = [](bool filled) {
        return filled ? tr("Merged cells: each has the value") : tr("Merged cells: only the first has the value");
    };
    fill(m_merged, text(m_format.fillMerged));
    for (const bool filled : {false, true}) {
        choice(m_merged, text(filled), filled == m_format.fillMerged,
               [this, filled] { change([filled](XlsxFormat &format) { format.fillMerged = filled; }); });
    }
}

void ImportSheetSettings::showHidden()
{
    const auto text = [](bool skipped) { return skipped ? tr("Without hidden rows") : tr("With hidden rows"); };
    fill(m_hidden, text(m_format.skipHiddenRows));
    for (const bool skipped : {false, true}) {
        choice(m_hidden, text(skipped), skipped == m_format.skipHiddenRows,
               [this, skipped] { change([skipped](XlsxFormat &format) { format.skipHiddenRows = skipped; }); });
    }
}

} // namespace rowdesk
