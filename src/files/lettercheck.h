#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace rowdesk {

/// What the letters beyond ASCII look like when bytes are read in some encoding. Text that is read in the wrong one has
/// capitals after small letters, signs within words, or characters that nobody writes.
struct LetterCheck
{
    bool canBeRead = false;   ///< every byte means something in this encoding
    qsizetype letters = 0;    ///< characters beyond ASCII
    qsizetype suspicious = 0; ///< of those, the ones that hardly stand where they stand
    qsizetype controls = 0;   ///< control characters beyond ASCII, which no text has
    QString text;

    bool isPlausible() const { return canBeRead && controls == 0 && suspicious * 5 <= letters; }
};

/// `isWestern`: accented letters are few among plain ones, so three in a row are suspicious.
LetterCheck checkLetters(QByteArrayView bytes, const QByteArray &encoding, bool isWestern);

/// Up to a megabyte of the bytes, from a little before the first that is not ASCII.
QByteArrayView partWithLetters(QByteArrayView bytes);

} // namespace rowdesk
