#include "gui/compareside.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "models/snapshotlistmodel.h"
#include "models/timewords.h"
#include "models/words.h"
#include "models/workspace.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QToolButton>

namespace rowdesk {

namespace {

constexpr int snapshotTitleRole = Qt::UserRole + 1; ///< QString: what a snapshot is called; versions have none

QComboBox *makeCombo(QWidget *parent, int characters)
{
    auto *combo = new QComboBox(parent);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(characters);
    return combo;
}

QString versionLabel(const VersionInfo &version)
{
    QStringList parts{CompareSide::tr("version %1").arg(Words::oneLine(version.version))};
    if (const QString when = timeWords(version.created, QDateTime::currentDateTime()); !when.isEmpty())
        parts.append(when);
    if (version.rows)
        parts.append(Words::rows(*version.rows));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

CompareSide::CompareSide(QWidget *parent)
    : QWidget(parent), m_dataset(makeCombo(this, 18)), m_version(makeCombo(this, 24)), m_file(new QToolButton(this))
{
    m_file->setIcon(icon(Icon::File));
    m_file->setText(tr("File…"));
    m_file->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_file->setFocusPolicy(Qt::StrongFocus);
    auto *parts = new QHBoxLayout(this);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(look::near);
    parts->addWidget(m_dataset, 2);
    parts->addWidget(m_version, 3);
    parts->addWidget(m_file);
    setFocusProxy(m_dataset);
    connect(m_dataset, &QComboBox::activated, this, &CompareSide::datasetActivated);
    connect(m_version, &QComboBox::activated, this, &CompareSide::tell);
    connect(m_file, &QToolButton::clicked, this, &CompareSide::askForFile);
}

void CompareSide::setName(const QString &name)
{
    m_dataset->setAccessibleName(tr("%1: dataset").arg(name));
    m_version->setAccessibleName(tr("%1: version").arg(name));
    m_file->setAccessibleName(tr("%1: a file").arg(name));
}

void CompareSide::setWorkspace(Workspace *workspace)
{
    m_workspace = workspace;
    m_dataset->clear();
    for (const DatasetInfo &dataset : workspace->datasets()->datasets())
        m_dataset->addItem(icon(Icon::Dataset), Words::oneLine(dataset.name), dataset.id);
    m_dataset->setCurrentIndex(-1);
}

void CompareSide::choose(const QString &datasetId, Pick pick, const QString &version)
{
    m_dataset->setCurrentIndex(m_dataset->findData(datasetId));
    readVersions(datasetId, pick, version);
}

void CompareSide::chooseFile(const QString &path)
{
    m_path = path;
    ++m_asked;
    // The last entry is the file; it has no id.
    if (m_dataset->count() > 0 && !m_dataset->itemData(m_dataset->count() - 1).isValid())
        m_dataset->removeItem(m_dataset->count() - 1);
    m_dataset->addItem(icon(Icon::File), Words::oneLine(QFileInfo(path).fileName()));
    m_dataset->setCurrentIndex(m_dataset->count() - 1);
    m_version->clear();
    m_version->setEnabled(false);
    tell();
}

void CompareSide::datasetActivated()
{
    if (m_dataset->currentData().isValid())
        readVersions(m_dataset->currentData().toString(), Pick::Current, {});
    else
        chooseFile(m_path);
}

void CompareSide::readVersions(const QString &datasetId, Pick pick, const QString &version)
{
    m_version->clear();
    m_version->addItem(tr("reading the list of versions…"));
    m_version->setEnabled(false);
    m_workspace->versions(datasetId).then(
        this, [this, pick, version, asked = ++m_asked](const Result<QVector<VersionInfo>> &versions) {
            if (asked == m_asked)
                showVersions(versions ? *versions : QVector<VersionInfo>(), pick, version);
        });
}

/// Without history there are the current rows alone. The newest version is what the current rows are, so the previous
/// one is the second.
void CompareSide::showVersions(const QVector<VersionInfo> &versions, Pick pick, const QString &version)
{
    m_version->clear();
    m_version->setEnabled(true);
    m_version->addItem(tr("current rows"), QString());
    for (const VersionInfo &info : versions)
        m_version->addItem(versionLabel(info), info.version);
    const QVector<SnapshotInfo> snapshots = m_workspace->snapshots(m_dataset->currentData().toString());
    for (const SnapshotInfo &snapshot : snapshots) {
        if (snapshot.isDamaged())
            continue;
        m_version->addItem(
            tr("snapshot of %1 · %2").arg(SnapshotListModel::savedWords(snapshot), Words::rows(snapshot.rows)),
            QVariant::fromValue(snapshot.path));
        m_version->setItemData(m_version->count() - 1, SnapshotListModel::title(snapshot), snapshotTitleRole);
    }
    if (pick == Pick::Previous)
        m_version->setCurrentIndex(std::min<int>(2, int(versions.size())));
    else if (pick == Pick::Named) // a version, or the path of a snapshot
        m_version->setCurrentIndex(std::max(0, m_version->findData(version)));
    tell();
}

void CompareSide::askForFile()
{
    auto *chooser = new QFileDialog(this, tr("Compare with a file"), QString(),
                                    tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm *.rowsnap);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &CompareSide::chooseFile);
    chooser->open();
}

void CompareSide::tell()
{
    TableOrigin origin;
    if (!m_dataset->currentData().isValid()) {
        origin.file = m_path;
        origin.name = QFileInfo(m_path).fileName();
    } else if (const QString snapshot = m_version->currentData(snapshotTitleRole).toString(); !snapshot.isEmpty()) {
        origin.file = m_version->currentData().toString();
        origin.name = snapshot;
        origin.rows.datasetId = m_dataset->currentData().toString();
    } else {
        origin.rows = {m_dataset->currentData().toString(), m_version->currentData().toString()};
        const int row = m_workspace->datasets()->rowOf(origin.rows.datasetId);
        const QString dataset = row < 0 ? QString() : m_workspace->datasets()->dataset(row).name;
        origin.name = origin.rows.version.isEmpty() ? tr("%1, current rows").arg(dataset)
                                                    : tr("%1, version %2").arg(dataset, origin.rows.version);
    }
    emit chosen(origin);
}

} // namespace rowdesk
