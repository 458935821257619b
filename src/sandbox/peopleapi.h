#pragma once

#include "sandbox/apicall.h"
#include "sandbox/services.h"

#include <QJsonObject>

namespace rowdesk::sandbox {

/// Answers the calls under team/ and user/ (contract §6).
HttpReply answerTeam(const ApiCall &call, Services &services);
HttpReply answerUser(const ApiCall &call, Services &services);

/// May this user look only? True for one who is not (or no longer) a user of the account; false for an empty address,
/// which stands for the client itself.
bool isViewer(DocumentStore &documents, const QString &email);

/// A document as JSON: its "rec_id" is named "id" in the versioned dialect; what is secret is left out.
QByteArray documentJson(const ApiCall &call, QJsonObject document);
/// A list of documents as an answer.
HttpReply documentItems(const ApiCall &call, QByteArrayView member, const QVector<QJsonObject> &documents);
/// The JSON object that a call was sent.
Result<QJsonObject> bodyObject(const ApiCall &call);

} // namespace rowdesk::sandbox
