#pragma once

#include "gui/deskstate.h"

#include <QWidget>

namespace rowdesk {

/// Stands for a tab whose dataset the account's list does not name any more.
class GoneTab : public QWidget
{
    Q_OBJECT
public:
    explicit GoneTab(OpenTab tab, QWidget *parent = nullptr);

    const OpenTab &tab() const { return m_tab; }
    QString title() const;

signals:
    void closeWanted();

private:
    OpenTab m_tab;
};

} // namespace rowdesk
