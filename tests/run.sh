#!/usr/bin/env bash
# Builds everything and runs every test. Does all the set-up itself (Debian 12, as root or with sudo): packages, a display
# (Xvfb), a message bus and a keyring of its own. Touches no file outside the build folder and a temporary one.
#
#   tests/run.sh                  every test, preset dev
#   tests/run.sh --preset asan    the same under the address and undefined-behaviour sanitizers (or tsan, bench)
#   tests/run.sh --fuzz [SECONDS] the fuzz targets, 60 seconds each, with clang
#   tests/run.sh -- -R upload     arguments after -- go to ctest
set -euo pipefail
cd "$(dirname "$0")/.."

preset=dev
fuzz=
while [ $# -gt 0 ]; do
  case "$1" in
    --preset) preset=${2:?--preset needs a name}; shift 2 ;;
    --fuzz) fuzz=60; shift; case "${1:-}" in [0-9]*) fuzz=$1; shift ;; esac ;;
    --) shift; break ;;
    -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "run.sh: unknown argument $1 (see --help)" >&2; exit 2 ;;
  esac
done

packaging/install-deps.sh --tests
if [ -n "$fuzz" ]; then exec tests/fuzz/run.sh "$fuzz"; fi

cmake --preset "$preset"
cmake --build --preset "$preset"

# A home of its own: no test reads or writes the user's settings, keyring or data.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p -m 700 "$home/run"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
export LC_ALL=C.UTF-8

# No exec here: the shell must live on to clean up.
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- bash -c '
  printf tests | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  exec ctest --preset "$@"' run "$preset" "$@"
