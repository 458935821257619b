#pragma once

#include "files/helperprotocol.h"

#include <memory>

#include <sys/types.h>

namespace rowdesk {

/// A run of rowdesk-filehelper that answers one question. Workbooks come from strangers; they are parsed there, within
/// limits of memory and time, so that a crash or a bomb is an error message here. Ends with this object. Blocks while
/// it waits for the helper: use it on a worker.
class HelperProcess
{
public:
    /// Starts the helper and hands it the question. An error when the program is not installed beside this one.
    static Result<std::unique_ptr<HelperProcess>> start(const Frame &question);
    HelperProcess(const HelperProcess &) = delete;
    HelperProcess &operator=(const HelperProcess &) = delete;
    ~HelperProcess();

    /// The next frame. A Fault frame, and the helper's death, are errors.
    Result<Frame> next();

    /// For answers that make no sense.
    static ApiError nonsense();

private:
    HelperProcess(pid_t process, int answers) : m_process(process), m_answers(answers) {}
    bool readAll(char *to, size_t size);
    ApiError died();

    pid_t m_process;
    int m_answers;
};

} // namespace rowdesk
