#pragma once

#include "files/columnrule.h"
#include "gui/settingsbar.h"

#include <optional>

namespace rowdesk {

/// How the values of one column are read: the order of dates, the marks of numbers, words for "no value".
class ImportRuleBar : public SettingsBar
{
    Q_OBJECT
public:
    explicit ImportRuleBar(QWidget *parent = nullptr);

    /// Nothing: no column, or one that is left out.
    void show(const std::optional<ColumnRule> &rule);

signals:
    void ruleChosen(const rowdesk::ColumnRule &rule);

private:
    void showDates();
    void showNumbers();
    void showPercent();
    void showEmpties();
    /// Adds an entry that leads to this rule.
    void offer(const Part &part, const QString &text, const ColumnRule &rule);

    ColumnRule m_rule;
    Part m_order;
    Part m_shortYears;
    Part m_decimal;
    Part m_group;
    Part m_money;
    Part m_percent;
    Part m_nullWords;
    Part m_blanks;
};

} // namespace rowdesk
