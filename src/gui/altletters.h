#pragma once

#include <QObject>

namespace rowdesk {

/// Keeps Alt and a letter out of text fields. Qt gives such a key to the field when it presses nothing, because its
/// button is disabled or hidden: the letter then stood in a path or a search.
class AltLetters : public QObject
{
    Q_OBJECT
public:
    /// Watches the text fields of the whole application as long as it lives.
    explicit AltLetters(QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace rowdesk
