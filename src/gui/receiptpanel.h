#pragma once

#include <QWidget>

class QFormLayout;
class QPushButton;

namespace rowdesk {

struct Receipt;

/// A receipt, one fact a line, with what can be done with it.
class ReceiptPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ReceiptPanel(QWidget *parent = nullptr);

    void show(const Receipt &receipt);
    /// While the upload is being undone, undoWanted() means: stop that.
    void setUndoing(bool undoing);

signals:
    void saveWanted();
    void saveLeftOutWanted();
    void undoWanted();

private:
    void addFact(const QString &name, const QString &value);

    QFormLayout *m_facts;
    QPushButton *m_save; // in the order of their places: that is the order of Tab
    QPushButton *m_leftOut;
    QPushButton *m_undo;
};

} // namespace rowdesk
