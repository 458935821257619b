#include "gui/exportdialog.h"

#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/plaintooltip.h"
#include "models/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>

namespace rowdesk {
namespace {

constexpr int tickMsec = 100;

enum Format { ForExcel, ForPrograms, Workbook, Json };

enum Letters { Utf8, MarkedUtf8, Utf16, Windows1252 };

Letters lettersOf(const CsvExport &csv)
{
    switch (csv.encoding) {
    case TextEncoding::Utf16Le:
        return Utf16;
    case TextEncoding::Windows1252:
        return Windows1252;
    case TextEncoding::Utf8:
        break;
    }
    return csv.byteOrderMark ? MarkedUtf8 : Utf8;
}

/// Labels that a long scope does not make wider than a small screen.
QComboBox *makeBox(const QString &objectName)
{
    auto *box = new QComboBox;
    box->setObjectName(objectName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(44);
    return box;
}

void select(QComboBox *box, const QVariant &data)
{
    box->setCurrentIndex(std::max(0, box->findData(data)));
}

} // namespace

ExportDialog::ExportDialog(TableExport *what, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_export(what)
    , m_name(name)
    , m_scope(makeBox(QStringLiteral("scope")))
    , m_format(makeBox(QStringLiteral("format")))
    , m_csv(new QGroupBox(tr("CSV")))
    , m_delimiter(makeBox(QStringLiteral("delimiter")))
    , m_decimal(makeBox(QStringLiteral("decimal")))
    , m_dates(makeBox(QStringLiteral("dates")))
    , m_null(new QLineEdit)
    , m_encoding(makeBox(QStringLiteral("encoding")))
    , m_guard(new QCheckBox(tr("An apostrophe before te&xts that a spreadsheet would run as formulas")))
    , m_state(new PlainLabel)
    , m_progress(new QProgressBar)
    , m_ok(new QPushButton)
{
    m_export->setParent(this);
    setWindowTitle(tr("Export “%1”").arg(Words::oneLine(name)));
    layOut();
    addScopes();
    addFormats();
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ExportDialog::showState);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChosen);
    connect(m_ok, &QPushButton::clicked, this, &ExportDialog::askForFile);
    connect(m_export, &TableExport::changed, this, &ExportDialog::showState);
    connect(m_export, &TableExport::finished, this, &ExportDialog::takeResult);
    m_tick.setInterval(tickMsec);
    connect(&m_tick, &QTimer::timeout, this, &ExportDialog::showState);
    formatChosen();
}

ExportDialog::~ExportDialog()
{
    disconnect(m_export, nullptr, this, nullptr);
}

void ExportDialog::layOut()
{
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(look::edge, look::edge, look::edge, look::edge);
    page->setSpacing(look::gap);
    auto *form = new QFormLayout;
    form->addRow(tr("&Rows"), m_scope);
    form->addRow(tr("&Format"), m_format);
    page->addLayout(form);
    page->addWidget(csvPart());
    m_state->setObjectName(QStringLiteral("state"));
    m_state->setWordWrap(true);
    page->addWidget(m_state);
    page->addWidget(m_progress);
    page->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(look::near);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &ExportDialog::reject);
    m_ok->setObjectName(QStringLiteral("export"));
    m_ok->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    page->addLayout(buttons);
    m_progress->setAccessibleName(tr("Progress of the export"));
}

QWidget *ExportDialog::csvPart()
{
    auto *form = new QFormLayout(m_csv);
    for (const auto &[text, mark] : {std::pair(tr("Comma “,”"), u','), std::pair(tr("Semicolon “;”"), u';'),
                                     std::pair(tr("Tab"), u'\t'), std::pair(tr("Bar “|”"), u'|')})
        m_delimiter->addItem(text, int(mark));
    m_encoding->addItem(tr("UTF-8"), Utf8);
    m_encoding->addItem(tr("UTF-8 with a mark at the beginning (Excel needs it)"), MarkedUtf8);
    m_encoding->addItem(tr("UTF-16 (little-endian, with a mark)"), Utf16);
    m_encoding->addItem(tr("Windows-1252 (old programs of western countries)"), Windows1252);
    m_decimal->addItem(tr("Decimal point: 1234.5"), int(u'.'));
    m_decimal->addItem(tr("Decimal comma: 1234,5"), int(u','));
    for (const auto &[text, dates] : {std::pair(tr("Days like 2025-12-31"), DateForm::Iso),
                                      std::pair(tr("Days like 31.12.2025"), DateForm::DayDots),
                                      std::pair(tr("Days like 31/12/2025"), DateForm::DaySlashes),
                                      std::pair(tr("Days like 12/31/2025"), DateForm::MonthSlashes)})
        m_dates->addItem(text, int(dates));
    m_null->setObjectName(QStringLiteral("nullText"));
    m_null->setPlaceholderText(tr("nothing; an empty text is \"\""));
    m_guard->setObjectName(QStringLiteral("guard"));
    form->addRow(tr("&Letters"), m_encoding);
    form->addRow(tr("&Between columns"), m_delimiter);
    form->addRow(tr("&Numbers"), m_decimal);
    form->addRow(tr("&Dates"), m_dates);
    form->addRow(tr("No &value"), m_null);
    form->addRow(m_guard);
    return m_csv;
}

void ExportDialog::addScopes()
{
    for (const TableExport::Scope scope : m_export->scopes())
        m_scope->addItem(m_export->scopeText(scope), int(scope));
    m_scope->setToolTip(plainToolTip(tr("All columns are exported, also hidden ones, but for a selection.")));
}

void ExportDialog::addFormats()
{
    m_format->addItem(tr("Excel workbook (.xlsx)"), Workbook);
    m_format->addItem(tr("CSV that Excel opens on a computer set up like this one"), ForExcel);
    m_format->addItem(tr("CSV for programs (UTF-8, RFC 4180)"), ForPrograms);
    m_format->addItem(tr("JSON, one object a row"), Json);
}

void ExportDialog::formatChosen()
{
    const int format = m_format->currentData().toInt();
    m_csv->setEnabled(format == ForExcel || format == ForPrograms);
    showOptions(format == ForExcel ? ExportOptions::forExcel(QLocale()) : ExportOptions::forPrograms());
    showState();
}

void ExportDialog::showOptions(const ExportOptions &options)
{
    select(m_delimiter, int(options.csv.delimiter));
    select(m_decimal, int(options.csv.decimalMark));
    select(m_dates, int(options.dates));
    m_null->setText(QString::fromUtf8(options.csv.nullText));
    select(m_encoding, lettersOf(options.csv));
    m_guard->setChecked(options.csv.formulaGuard);
}

ExportOptions ExportDialog::options() const
{
    ExportOptions options;
    switch (m_format->currentData().toInt()) {
    case Workbook:
        options.kind = ExportKind::Xlsx;
        return options;
    case Json:
        options.kind = ExportKind::Json;
        return options;
    default:
        break;
    }
    options.csv.delimiter = char(m_delimiter->currentData().toInt());
    options.csv.decimalMark = char(m_decimal->currentData().toInt());
    options.dates = DateForm(m_dates->currentData().toInt());
    options.csv.nullText = m_null->text().toUtf8();
    const int letters = m_encoding->currentData().toInt();
    options.csv.byteOrderMark = letters == MarkedUtf8;
    options.csv.encoding = letters == Utf16         ? TextEncoding::Utf16Le
                           : letters == Windows1252 ? TextEncoding::Windows1252
                                                    : TextEncoding::Utf8;
    options.csv.formulaGuard = m_guard->isChecked();
    return options;
}

TableExport::Scope ExportDialog::scope() const
{
    return TableExport::Scope(m_scope->currentData().toInt());
}

void ExportDialog::askForFile()
{
    auto *chooser = new QFileDialog(this, tr("Export"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    const QString suffix = options().suffix();
    chooser->setNameFilters({tr("%1 files (*.%2)").arg(suffix.toUpper(), suffix), tr("All files (*)")});
    chooser->setDefaultSuffix(suffix);
    chooser->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    chooser->selectFile(exportFileName(m_name, suffix));
    connect(chooser, &QFileDialog::fileSelected, this, &ExportDialog::exportTo);
    chooser->open();
}

void ExportDialog::exportTo(const QString &path)
{
    m_export->start(scope(), options(), path);
}

void ExportDialog::showState()
{
    const bool idle = m_export->state() == TableExport::State::Idle;
    for (int i = 0; i < m_scope->count(); ++i)
        m_scope->setItemText(i, m_export->scopeText(TableExport::Scope(m_scope->itemData(i).toInt())));
    for (QWidget *part : {static_cast<QWidget *>(m_scope), static_cast<QWidget *>(m_format)})
        part->setEnabled(idle);
    const int format = m_format->currentData().toInt();
    m_csv->setEnabled(idle && (format == ForExcel || format == ForPrograms));
    m_ok->setEnabled(idle);
    m_ok->setText(tr("&Export %1…").arg(m_export->amount(scope())));
    m_progress->setVisible(!idle);
    if (idle) {
        m_tick.stop();
        return;
    }
    if (!m_tick.isActive())
        m_tick.start();
    const bool waiting = m_export->state() == TableExport::State::Waiting;
    m_state->setText(waiting ? tr("Waiting for the rest of the rows. Nothing is written before they are all there.")
                             : tr("Writing %1.").arg(m_export->amount(scope())));
    m_progress->setRange(0, m_export->percent() < 0 ? 0 : 100);
    m_progress->setValue(std::max(0, m_export->percent()));
}

void ExportDialog::takeResult(const Result<Exported> &result)
{
    if (result)
        return accept();
    m_state->setText(QStringLiteral("⚠ ") + result.error().text());
}

void ExportDialog::reject()
{
    if (m_export->state() != TableExport::State::Idle)
        return m_export->cancel(); // and say so; a second time it closes
    QDialog::reject();
}

} // namespace rowdesk
