#pragma once

#include <QFrame>

class QLabel;
class QModelIndex;
class QProgressBar;
class QPushButton;

namespace rowdesk {

class PlainLabel;

/// One upload in the list of uploads: what goes where, how far it is, what became of it. Draws a row of
/// UploadListModel.
class UploadCard : public QFrame
{
    Q_OBJECT
public:
    explicit UploadCard(QWidget *parent = nullptr);

    void show(const QModelIndex &upload);

signals:
    void cancelWanted();
    void openWanted();

private:
    void build();

    QLabel *m_glyph;
    PlainLabel *m_title;
    PlainLabel *m_outcome;
    QProgressBar *m_bar;
    PlainLabel *m_text;
    QPushButton *m_cancel;
    QPushButton *m_open;
};

} // namespace rowdesk
