#pragma once

#include <QObject>

namespace rowdesk {

/// Lets Return press the button that has the focus, as Space does: in a window without a default button people expect
/// both. Dialogs keep Return for their default button.
class ReturnKey : public QObject
{
    Q_OBJECT
public:
    /// Watches the buttons of the whole application as long as it lives.
    explicit ReturnKey(QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace rowdesk
