#include "gui/comparedialog.h"

#include "gui/compareside.h"
#include "gui/look.h"
#include "models/diffwords.h"
#include "models/words.h"
#include "ui_comparedialog.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSet>

#include <algorithm>
#include <utility>

namespace rowdesk {

namespace {

constexpr int noKey = -1;  ///< data of the entry "whole rows"
constexpr int ownKey = -2; ///< of the entry for a key put together below
constexpr int nameRole = Qt::UserRole;

} // namespace

CompareDialog::CompareDialog(Workspace *workspace, CompareSession *session, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::CompareDialog>()), m_session(session)
{
    m_ui->setupUi(this);
    m_ui->sideA->setName(tr("Before"));
    m_ui->sideB->setName(tr("After"));
    m_ui->sideA->setWorkspace(workspace);
    m_ui->sideB->setWorkspace(workspace);
    m_ui->memory->hide();
    m_ui->columns->header()->setSectionResizeMode(NamePart, QHeaderView::Stretch);
    m_ui->columns->header()->setStretchLastSection(false);
    for (const int part : {KeyPart, ComparePart, TolerancePart})
        m_ui->columns->header()->resizeSection(part, look::rowHeight(this) * 4);
    m_ui->columns->headerItem()->setToolTip(
        TolerancePart,
        tr("Numbers that differ by at most this are the same: 0.01, or 1% of the larger one, or 0.01; 1%."));

    connect(m_ui->sideA, &CompareSide::chosen, session,
            [session](const TableOrigin &origin) { session->setTable(CompareSession::Side::A, origin); });
    connect(m_ui->sideB, &CompareSide::chosen, session,
            [session](const TableOrigin &origin) { session->setTable(CompareSession::Side::B, origin); });
    connect(session, &CompareSession::stepChanged, this, &CompareDialog::showStep);
    connect(session, &CompareSession::statusChanged, this, &CompareDialog::showStatus);
    connect(session, &CompareSession::keyMeasured, this,
            [this](const KeyCandidate &key) { showEvidence(DiffWords::evidence(key)); });
    connect(m_ui->startOver, &QPushButton::clicked, this, &CompareDialog::startOver);
    connect(m_ui->key, &QComboBox::activated, this, [this] { m_isOwnKey = true; });
    connect(m_ui->key, &QComboBox::currentIndexChanged, this, &CompareDialog::keyChosen);
    connect(m_ui->columns, &QTreeWidget::itemChanged, this, &CompareDialog::columnEdited);
    connect(m_ui->columns, &QTreeWidget::itemActivated, this, &CompareDialog::editTolerance);
    connect(m_ui->columns, &QTreeWidget::itemClicked, this, &CompareDialog::editTolerance);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &CompareDialog::start);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showStep();
    showStatus();
}

CompareDialog::~CompareDialog() = default;

CompareSide *CompareDialog::side(CompareSession::Side side) const
{
    return side == CompareSession::Side::A ? m_ui->sideA : m_ui->sideB;
}

QString CompareDialog::datasetId() const
{
    const QString later = m_session->origin(CompareSession::Side::B).rows.datasetId;
    return later.isEmpty() ? m_session->origin(CompareSession::Side::A).rows.datasetId : later;
}

void CompareDialog::showStep()
{
    const CompareSession::Step step = m_session->step();
    // After a failure of the comparison itself both tables are still there.
    const bool both = m_session->table(CompareSession::Side::A) && m_session->table(CompareSession::Side::B);
    const bool ready = step == CompareSession::Step::Ready || step == CompareSession::Step::Done ||
                       (step == CompareSession::Step::Failed && both);
    if (!both)
        showEvidence({});
    if (step == CompareSession::Step::Ready)
        takeTables();
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_ui->key, m_ui->columns, m_ui->memory, m_ui->trim, m_ui->ignoreCase,
                                          m_ui->nullIsEmpty, m_ui->datesOnly, m_ui->asWritten})
        widget->setEnabled(ready);
    QPushButton *compare = m_ui->buttons->button(QDialogButtonBox::Ok);
    compare->setText(tr("Com&pare"));
    compare->setEnabled(ready && !hasBadTolerance());
    if (step == CompareSession::Step::Ready)
        compare->setFocus();
}

/// Both tables are read. What was chosen for the same dataset a moment ago stays; else the last time's choices are
/// taken; else the key is the suggested one.
void CompareDialog::takeTables()
{
    const QString dataset = datasetId();
    const bool isOther = m_filledFor != dataset;
    const std::optional<DiffOptions> last = lastOptions(m_memories, dataset);
    if (isOther) {
        m_isOwnKey = last.has_value();
        setSwitches(last.value_or(DiffOptions()));
    }
    const FittedOptions fitted = FittedOptions::of(isOther ? last.value_or(DiffOptions()) : options(),
                                                   m_session->table(CompareSession::Side::A)->rows.columnNames(),
                                                   m_session->table(CompareSession::Side::B)->rows.columnNames());
    m_filledFor = dataset;
    m_isOwnKey = m_isOwnKey && !fitted.keyIsGone;
    fillColumns(fitted.options);
    fillKeys();
    if (m_isOwnKey)
        chooseKey(fitted.options.key);
    if (isOther) {
        m_ui->memory->setVisible(last.has_value());
        m_ui->memoryLabel->setText(last ? fitted.sentence() : QString());
    }
    const std::vector<KeyCandidate> &candidates = m_session->candidates();
    const bool isKnown = last ? fitted.gone.isEmpty() : !candidates.empty() && candidates.front().isUnique();
    // Later, when all has heard of this step.
    if (std::exchange(m_startWhenUnique, false) && isKnown)
        QMetaObject::invokeMethod(this, &CompareDialog::start, Qt::QueuedConnection);
}

/// As if this dataset had never been compared.
void CompareDialog::startOver()
{
    m_isOwnKey = false;
    setSwitches({});
    fillColumns({});
    fillKeys();
    m_ui->memory->hide();
    m_ui->buttons->button(QDialogButtonBox::Ok)->setEnabled(true);
    m_ui->key->setFocus();
}

void CompareDialog::setSwitches(const DiffOptions &options)
{
    m_ui->trim->setChecked(options.trim);
    m_ui->ignoreCase->setChecked(options.ignoreCase);
    m_ui->nullIsEmpty->setChecked(options.nullIsEmpty);
    m_ui->datesOnly->setChecked(options.datesOnly);
    m_ui->asWritten->setChecked(options.asWritten);
}

void CompareDialog::showStatus()
{
    m_ui->status->setText(m_session->status());
}

void CompareDialog::fillKeys()
{
    m_filling = true;
    m_ui->key->clear();
    const std::vector<KeyCandidate> &candidates = m_session->candidates();
    for (size_t i = 0; i < candidates.size(); ++i)
        m_ui->key->addItem(DiffWords::evidence(candidates[i]), static_cast<int>(i));
    m_ui->key->addItem(tr("No key: compare whole rows; edits show as removed + added"), noKey);
    m_ui->key->addItem(tr("The columns checked below"), ownKey);
    const bool unique = !candidates.empty() && candidates.front().isUnique();
    m_ui->key->setCurrentIndex(unique ? 0 : m_ui->key->findData(noKey));
    m_filling = false;
    keyChosen();
}

/// Another key than the suggested one: one of those measured, or columns put together.
void CompareDialog::chooseKey(const QStringList &columns)
{
    const auto isIt = [&columns](const KeyCandidate &candidate) {
        return QSet<QString>(candidate.columns.begin(), candidate.columns.end()) ==
               QSet<QString>(columns.begin(), columns.end());
    };
    const std::vector<KeyCandidate> &candidates = m_session->candidates();
    const auto found = std::ranges::find_if(candidates, isIt);
    const bool isMeasured = found != candidates.end();
    m_filling = true;
    m_ui->key->setCurrentIndex(isMeasured          ? int(found - candidates.begin())
                               : columns.isEmpty() ? m_ui->key->findData(noKey)
                                                   : m_ui->key->findData(ownKey));
    if (!isMeasured)
        checkKey(columns);
    m_filling = false;
    keyChosen();
}

void CompareDialog::checkKey(const QStringList &columns)
{
    m_filling = true;
    for (int row = 0; row < m_ui->columns->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_ui->columns->topLevelItem(row);
        const bool isKey = columns.contains(item->data(NamePart, nameRole).toString());
        item->setCheckState(KeyPart, isKey ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

/// The columns that both tables have, with what the options say of them.
void CompareDialog::fillColumns(const DiffOptions &options)
{
    m_filling = true;
    m_ui->columns->clear();
    const TableSnapshot &a = m_session->table(CompareSession::Side::A)->rows;
    const TableSnapshot &b = m_session->table(CompareSession::Side::B)->rows;
    for (const QString &name : b.columnNames()) {
        if (a.columnIndex(name) < 0)
            continue;
        auto *item = new QTreeWidgetItem(m_ui->columns, {Words::oneLine(name)});
        item->setData(NamePart, nameRole, name);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsEditable);
        item->setCheckState(KeyPart, Qt::Unchecked);
        item->setCheckState(ComparePart, options.ignored.contains(name) ? Qt::Unchecked : Qt::Checked);
        item->setText(TolerancePart, toleranceText(options.tolerances.value(name)));
        item->setData(KeyPart, Qt::AccessibleTextRole, tr("key"));
        item->setData(ComparePart, Qt::AccessibleTextRole, tr("compared"));
    }
    m_filling = false;
}

void CompareDialog::keyChosen()
{
    if (m_filling || !m_ui->key->currentData().isValid())
        return;
    const int choice = m_ui->key->currentData().toInt();
    if (choice == ownKey)
        return columnEdited(nullptr, KeyPart);
    checkKey(choice >= 0 ? m_session->candidates()[static_cast<size_t>(choice)].columns : QStringList());
    const bool problem = choice >= 0 && !m_session->candidates()[static_cast<size_t>(choice)].isUnique();
    showEvidence(problem ? tr("Rows that share a key or have none are not held against each other: equal ones are the "
                              "same, the others count as removed and added.")
                         : QString());
}

void CompareDialog::columnEdited(QTreeWidgetItem *item, int part)
{
    if (m_filling)
        return;
    if (part == KeyPart) {
        m_isOwnKey = true;
        m_filling = true;
        m_ui->key->setCurrentIndex(m_ui->key->findData(ownKey));
        m_filling = false;
        const QStringList key = checkedKey();
        showEvidence(key.isEmpty() ? tr("No column is checked as key: whole rows are compared.") : QString());
        m_session->measure(key);
    } else if (part == TolerancePart && item) {
        const bool good = readTolerance(item->text(TolerancePart)).has_value();
        m_filling = true;
        item->setToolTip(TolerancePart, good ? QString() : tr("Write an amount such as 0.01, or a share such as 1%."));
        m_filling = false;
        if (!good)
            m_ui->status->setText(tr("“%1” is no tolerance. Write an amount such as 0.01, or a share such as 1%.")
                                      .arg(Words::oneLine(item->text(TolerancePart))));
        else
            showStatus();
    }
    m_ui->buttons->button(QDialogButtonBox::Ok)->setEnabled(!hasBadTolerance());
}

void CompareDialog::editTolerance(QTreeWidgetItem *item, int part)
{
    if (part == TolerancePart)
        m_ui->columns->editItem(item, part);
}

void CompareDialog::showEvidence(const QString &sentence)
{
    m_ui->evidence->setText(sentence);
    m_ui->evidence->setVisible(!sentence.isEmpty());
}

QStringList CompareDialog::checkedKey() const
{
    QStringList key;
    for (int row = 0; row < m_ui->columns->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_ui->columns->topLevelItem(row);
        if (item->checkState(KeyPart) == Qt::Checked)
            key.append(item->data(NamePart, nameRole).toString());
    }
    return key;
}

bool CompareDialog::hasBadTolerance() const
{
    for (int row = 0; row < m_ui->columns->topLevelItemCount(); ++row) {
        if (!readTolerance(m_ui->columns->topLevelItem(row)->text(TolerancePart)))
            return true;
    }
    return false;
}

DiffOptions CompareDialog::options() const
{
    DiffOptions options;
    options.key = checkedKey();
    for (int row = 0; row < m_ui->columns->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_ui->columns->topLevelItem(row);
        const QString name = item->data(NamePart, nameRole).toString();
        if (item->checkState(ComparePart) != Qt::Checked && !options.key.contains(name))
            options.ignored.append(name);
        const std::optional<DiffTolerance> tolerance = readTolerance(item->text(TolerancePart));
        if (tolerance && *tolerance != DiffTolerance{})
            options.tolerances.insert(name, *tolerance);
    }
    options.trim = m_ui->trim->isChecked();
    options.ignoreCase = m_ui->ignoreCase->isChecked();
    options.nullIsEmpty = m_ui->nullIsEmpty->isChecked();
    options.datesOnly = m_ui->datesOnly->isChecked();
    options.asWritten = m_ui->asWritten->isChecked();
    return options;
}

void CompareDialog::start()
{
    m_session->compare(options());
}

} // namespace rowdesk
