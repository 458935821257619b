#!/usr/bin/env bash
# Builds Rowdesk and opens it on the embedded sandbox: sample data, no account needed. Does all the set-up itself
# (Debian 12, as root or with sudo). Arguments go to rowdesk instead of --sandbox: packaging/run.sh --help
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "${QT_QPA_PLATFORM:-}" != offscreen ]; then
  case "${1:-}" in
    --help|--version) ;;
    *) cat >&2 <<'WORDS'
Rowdesk is a desktop program and there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).
  - On a desktop: run this from a terminal of that desktop.
  - Over ssh: connect with "ssh -X", then run this again.
  - Without a screen: apt-get install xvfb xauth, then: xvfb-run -a packaging/run.sh
WORDS
       exit 1 ;;
  esac
fi

packaging/install-deps.sh
mkdir -p build
cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
echo "Building (a few minutes the first time)…" >&2
cmake --build --preset release >&2
if [ $# -eq 0 ]; then set -- --sandbox; fi
exec build/release/bin/rowdesk "$@"
