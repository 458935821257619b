#pragma once

#include "transfer/uploadentry.h" // the queue makes them, the models show them
