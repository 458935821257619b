#pragma once

#include <QWidget>

namespace rowdesk {

/// The first page: three ways to begin, each with a sentence. All by keyboard.
class WelcomePage : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);

signals:
    void sampleDataWanted();
    void signInWanted();
    void openFileWanted();
};

} // namespace rowdesk
