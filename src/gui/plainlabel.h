#pragma once

#include <QLabel>

namespace rowdesk {

/// A label that shows text and nothing but text, wherever it came from: no HTML, no links, no images.
/// The only kind of label in this program.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    enum class Weight {
        Normal,
        Quiet, ///< steps back (look::quietText)
        Title  ///< look::titleFont
    };

    explicit PlainLabel(QWidget *parent = nullptr) : PlainLabel(QString(), parent) {}
    explicit PlainLabel(const QString &text, QWidget *parent = nullptr);
    PlainLabel(const QString &text, Weight weight, QWidget *parent = nullptr);

    void setWeight(Weight weight);
    /// A line that may be narrower than its text: what has no room is cut in the middle, and the tooltip has all of it.
    /// Foreign names then never decide how wide the window must be.
    /// So many characters have room in any case; 0: all of the text.
    void setElided(int leastCharacters);
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyWeight();
    QString shownText() const;

    Weight m_weight = Weight::Normal;
    bool m_applying = false;
    int m_leastCharacters = 0; ///< 0: never cut
};

} // namespace rowdesk
