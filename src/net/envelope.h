#pragma once

#include <QByteArray>
#include <QString>

namespace rowdesk {

/// What the top level of an answer says about success, in any of the spellings of API contract §3.
struct Envelope
{
    bool isObject = false;      ///< the body is a JSON object (as far as its beginning shows)
    bool isError = false;       ///< it says that the request was not carried out as asked
    bool hasDuplicates = false; ///< an envelope key stands there twice: JSON readers would disagree about what it says
    bool saysRowsInserted = false; ///< an error that also says that rows were inserted
    QString code;                  ///< "APIVersionRequired", "invalid_client", …; may be empty, and is unless isError
    QString description;           ///< the service's words, plain, at most 2,000 characters; may be empty
};

/// Reads the envelope. Of a body longer than 64 KB only the first 4 KB are looked at, so that a page of rows costs
/// nothing; a body that is not a JSON object gives a default Envelope. `status` decides whether a bare "message" is an
/// error.
Envelope readEnvelope(const QByteArray &body, int status);

/// The service's words as plain text: control characters become spaces, and no more than 2,000 characters.
QString plainForeignText(const QString &text);

/// Whether the answer is a web page or other markup: its content type says so, or it begins with "<". Bare text such as
/// "12345" or base64 is a legal answer of the classic dialect.
bool isMarkup(const QByteArray &contentType, const QByteArray &body);

} // namespace rowdesk
