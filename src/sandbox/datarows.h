#pragma once

#include "sandbox/apicall.h"
#include "sandbox/rowcodec.h"
#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// Which state of a dataset is read.
struct TableState
{
    qint64 version = 0;
    qint64 rows = 0;
};

/// One page of rows: page= (and page_size= in the versioned dialect), or limit= and offset=.
HttpReply answerRows(const ApiCall &call, Services &services, const Dataset &dataset, const TableState &state);

/// POST row and POST insert.
HttpReply appendRows(const ApiCall &call, Services &services, const Dataset &dataset, RowShape shape);

/// Rows by value: PUT row and POST update, DELETE row and POST delete. The body's own shape tells how it names rows.
HttpReply updateRows(const ApiCall &call, Services &services, const Dataset &dataset);
HttpReply deleteRows(const ApiCall &call, Services &services, const Dataset &dataset);

} // namespace rowdesk::sandbox
