#pragma once

#include <QObject>
#include <QPoint>
#include <QString>

#include <functional>

class QMimeData;
class QWidget;

namespace rowdesk {

/// Lets one local file be dropped on a widget (for item views: on their viewport).
class FileDrop : public QObject
{
    Q_OBJECT
public:
    explicit FileDrop(QWidget *target);

signals:
    /// The pointer holding a file is at this place of the widget; (-1, -1) when it has left.
    void hovered(QPoint place);
    void dropped(const QString &file, QPoint place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace rowdesk
