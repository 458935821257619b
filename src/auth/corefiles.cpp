#include "auth/corefiles.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace rowdesk {

void forbidCoreFiles()
{
#ifdef NDEBUG
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace rowdesk
