#pragma once

#include <QByteArray>

namespace rowdesk::test {

/// QtTest ends a test function after five minutes. Tests that can be told to do more, and then take longer, inherit it.
struct LongTest
{
    static void initMain()
    {
        if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT"))
            qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");
    }
};

} // namespace rowdesk::test
