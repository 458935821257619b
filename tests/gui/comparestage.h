#pragma once

#include "gui/comparedialog.h"
#include "gui/compareflow.h"
#include "gui/comparepage.h"
#include "gui/datasettabs.h"
#include "sandboxdesk.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>

namespace rowdesk::test {

/// A window on the sandbox, made for comparing.
class CompareStage
{
protected:
    bool open()
    {
        qputenv("ROWDESK_DATA_DIR", m_data.path().toLocal8Bit());
        m_desk = std::make_unique<SandboxDesk>();
        if (!m_desk->start())
            return false;
        new CompareFlow(&m_desk->window);
        return true;
    }
    void close() { m_desk.reset(); }
    /// The one in sight; results keep theirs.
    CompareDialog *dialog() const
    {
        const auto dialogs = m_desk->window.findChildren<CompareDialog *>();
        const auto shown = std::ranges::find_if(dialogs, [](const QWidget *each) { return each->isVisible(); });
        return shown != dialogs.end() ? *shown : dialogs.value(0);
    }
    QPushButton *compareButton() const
    {
        return dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }
    ComparePage *page() const { return qobject_cast<ComparePage *>(m_desk->window.tabs()->currentWidget()); }
    bool waitForPage() const
    {
        return QTest::qWaitFor([this] { return page() != nullptr; }, 30'000);
    }
    /// Compares two versions of Weather with what the dialog suggests.
    bool compare(const QString &before, const QString &after) const
    {
        emit m_desk->window.tabs()->compareVersionsWanted(m_desk->idOf(QStringLiteral("Weather")), before, after);
        if (!dialog() || !QTest::qWaitFor([this] { return compareButton()->isEnabled(); }, 30'000))
            return false;
        compareButton()->click();
        return waitForPage();
    }

    std::unique_ptr<SandboxDesk> m_desk;
    QTemporaryDir m_data;
};

} // namespace rowdesk::test
