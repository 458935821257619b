#pragma once

#include "gui/settingsbar.h"
#include "models/importsession.h"

namespace rowdesk {

/// Whether, and by which columns, the file's rows are looked for in the table.
class ImportOverlapBar : public SettingsBar
{
    Q_OBJECT
public:
    explicit ImportOverlapBar(QWidget *parent = nullptr);

    void show(const ImportSession &session);

signals:
    /// Names of the table's columns; empty: do not look.
    void keyChosen(const QStringList &key);

private:
    Part m_key;
    QStringList m_columns;
    QStringList m_chosen;
    bool m_append = false;
};

} // namespace rowdesk
