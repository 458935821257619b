#include "net/call.h"

#include <QCoreApplication>

using namespace rowdesk;

/// The program ends between a call's end and its continuation. What is let go with the continuation finishes further
/// calls, while Qt holds the lock of its events: that this ends at all is the test.
int main(int argc, char *argv[])
{
    QObject context;
    bool isTold = false;
    const Completion<int> first;
    {
        const QCoreApplication application(argc, argv);
        first.call()
            .chain<int>([](int value) { return Call<int>::finished(value); })
            .map<int>([](int value) { return Result<int>(value); })
            .then(&context, [&isTold](const Result<int> &) { isTold = true; });
        first.finish(1);
    }
    return isTold ? 1 : 0;
}
