#include "gui/comparedialog.h"

#include "gui/compareside.h"
#include "gui/look.h"
#include "models/diffwords.h"
#include "models/words.h"
#include "ui_comparedialog.h"

#include <QHeaderView>
#include <QPushButton>

#include <optional>
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

void CompareDialog::showStep()
{
    const CompareSession::Step step = m_session->step();
    // After a failure of the comparison itself both tables are still there.
    const bool both = m_session->table(CompareSession::Side::A) && m_session->table(CompareSession::Side::B);
    const bool ready = step == CompareSession::Step::Ready || step == CompareSession::Step::Done ||
                       (step == CompareSession::Step::Failed && both);
    if (step == CompareSession::Step::Ready) {
        fillColumns();
        fillKeys();
    }
    for (QWidget *widget : std::initializer_list<QWidget *>{m_ui->key, m_ui->columns, m_ui->trim, m_ui->ignoreCase,
                                                            m_ui->nullIsEmpty, m_ui->datesOnly, m_ui->asWritten})
        widget->setEnabled(ready);
    if (!both)
        showEvidence({});
    QPushButton *compare = m_ui->buttons->button(QDialogButtonBox::Ok);
    compare->setText(tr("Com&pare"));
    compare->setEnabled(ready && !hasBadTolerance());
    if (step != CompareSession::Step::Ready)
        return;
    compare->setFocus();
    const std::vector<KeyCandidate> &candidates = m_session->candidates();
    // Later, when all has heard of this step.
    if (std::exchange(m_startWhenUnique, false) && !candidates.empty() && candidates.front().isUnique())
        QMetaObject::invokeMethod(this, &CompareDialog::start, Qt::QueuedConnection);
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

/// The columns that both tables have.
void CompareDialog::fillColumns()
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
        item->setCheckState(ComparePart, Qt::Checked);
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
    const QStringList key = choice >= 0 ? m_session->candidates()[static_cast<size_t>(choice)].columns : QStringList();
    m_filling = true;
    for (int row = 0; row < m_ui->columns->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_ui->columns->topLevelItem(row);
        const bool isKey = key.contains(item->data(NamePart, nameRole).toString());
        item->setCheckState(KeyPart, isKey ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
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
