#!/usr/bin/env bash
# How much of the upload engine its tests run: lines and branches of each file, as JSON lines. Built without exceptions,
# which the program does not use, and without assertions, which must not come true: the branches that only these would
# take are not there. Builds into build/coverage only what these tests need, no window.
#
#   tests/coverage.sh [TESTS]     TESTS: a regular expression for ctest (default: those of uploads)
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/coverage
tests=${1:-'upload|batchstate|journal|payloadspool|planspooler|rowidentity|rowsfile|tabletail|tablelook|readback|receipt|replyerror|netvalues|onepost|apiclient|apirepeats|apiends'}
windows='uploadspage|uploadscancel|uploadlistmodel'
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS="--coverage -O0 -fno-exceptions -DQT_NO_DEBUG" > /dev/null
names=$(ctest --test-dir $build -N -R "$tests" -E "$windows" 2> /dev/null | sed -n 's/.*: \(tst_[a-z]*\)$/\1/p')
cmake --build $build --target $names > /dev/null
find $build -name '*.gcda' -delete
ctest --test-dir $build -R "$tests" -E "$windows" --output-on-failure > $build/coverage.log || { tail -50 $build/coverage.log; exit 1; }
find $build/src/transfer $build/src/net -name '*.gcda' -print0 |
  xargs -0 -n 1 gcov --branch-probabilities --json-format --stdout 2> /dev/null | python3 tests/coverage.py
