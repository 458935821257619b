#pragma once

#include "gui/importdialog.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

inline const ImportSession::Dataset birds{
    QStringLiteral("1"), QStringLiteral("Bird & <b>strikes</b>"),
    Schema{{{QStringLiteral("species"), ColumnType::Text}, {QStringLiteral("seen"), ColumnType::Number}}}};

/// The Import dialog with its files.
class ImportStage
{
protected:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("can't write the test's file");
        return file.fileName();
    }

    struct Stage
    {
        std::unique_ptr<ImportDialog> dialog;
        QLineEdit *path;
        QPushButton *upload;
        QLabel *reason;
        QTableView *mapping;
        QTableView *preview;

        explicit Stage(const QString &datasetId = {})
            : dialog(std::make_unique<ImportDialog>(QVector<ImportSession::Dataset>{birds}, datasetId))
            , path(part<QLineEdit>("path"))
            , upload(part<QPushButton>("upload"))
            , reason(part<QLabel>("reason"))
            , mapping(part<QTableView>("mapping"))
            , preview(part<QTableView>("preview"))
        {
            dialog->show();
            dialog->activateWindow();
        }
        template<typename T>
        T *part(const char *name) const
        {
            T *found = dialog->findChild<T *>(QString::fromLatin1(name));
            Q_ASSERT(found);
            return found;
        }
        bool isActive() const { return QTest::qWaitForWindowActive(dialog.get()); }
    };

    QTemporaryDir m_dir;
};

} // namespace rowdesk::test
