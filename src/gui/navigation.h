#pragma once

#include <QWidget>

class QListWidget;
class QMenu;
class QToolButton;

namespace rowdesk {

struct Actions;

/// The left side: the account (name, dot, menu of profiles) above the list of pages.
class Navigation : public QWidget
{
    Q_OBJECT
public:
    enum Page { DatasetsPlace, UploadsPlace };

    explicit Navigation(const Actions &actions, QWidget *parent = nullptr);

    /// The name beside the dot; empty: "Not signed in", and the dot is an outline.
    void setAccount(const QString &name);
    /// Profiles to offer, the current one checked.
    void setProfiles(const QStringList &names, const QString &current);
    void setCurrentPage(Page page);
    /// Off while nobody is signed in: there is nothing to go to.
    void setPagesEnabled(bool enabled);
    /// The number on Uploads: uploads that run or need the user; 0 shows none.
    void setUploadCount(int count);

signals:
    void pageWanted(Page page);
    void profileWanted(const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addPage(const QString &name, const QIcon &picture);
    void fitWidth();

    QToolButton *m_account;
    QMenu *m_accountMenu;
    QList<QAction *> m_profileActions;
    QAction *m_fixedPart;
    QListWidget *m_pages;
    QString m_name;
};

} // namespace rowdesk
