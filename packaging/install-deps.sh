#!/usr/bin/env bash
# Installs the Debian 12 packages that Rowdesk needs. Run as root, or as a user who may use sudo.
#
#   packaging/install-deps.sh          what building and running takes
#   packaging/install-deps.sh --tests  that, and what the tests take
#   packaging/install-deps.sh --list   print the package names and install nothing (with --tests: all of them)
#
# Installs nothing and needs no network when everything is already there.
set -euo pipefail

build=(
  g++ cmake ninja-build pkg-config        # the toolchain
  qt6-base-dev                            # Core, Gui, Widgets, Network, Sql, Test
  libqt6sql6-sqlite                       # SQLite for Qt6::Sql
  qt6-httpserver-dev qt6-websockets-dev   # the embedded sandbox (its CMake files ask for WebSockets)
  qt6-charts-dev libqt6opengl6-dev        # charts (their CMake files ask for OpenGL)
  libqt6svg6                              # SVG icons
  fonts-dejavu-core                       # text on a machine that has no fonts
  qtkeychain-qt6-dev                      # secrets in the system's keychain
  libsimdjson-dev libfast-float-dev       # pages of JSON, decimals
  libzip-dev libexpat1-dev                # XLSX in
  libxlsxwriter-dev                       # XLSX out
  libuchardet-dev                         # encodings
)
tests=(
  clang libclang-rt-14-dev                # the fuzz targets
  xvfb xauth x11-utils xdotool            # a display without a screen, and hands to drive it
  dbus gnome-keyring                      # a real keychain
  openssl ca-certificates                 # certificates for the TLS tests
  curl python3                            # other people's clients
  procps
)

want=("${build[@]}")
list=no
for argument in "$@"; do
  case "$argument" in
    --tests) want+=("${tests[@]}") ;;
    --list) list=yes ;;
    -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "install-deps.sh: unknown option $argument (see --help)" >&2; exit 2 ;;
  esac
done
if [ "$list" = yes ]; then printf '%s\n' "${want[@]}"; exit 0; fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "install-deps.sh: this is not a Debian system (no apt-get). Install what --list names with your own package manager." >&2
  exit 1
fi

missing=()
for package in "${want[@]}"; do
  dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

sudo=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "install-deps.sh: run this as root, or install sudo. Missing packages: ${missing[*]}" >&2
    exit 1
  fi
  sudo=(sudo)
fi
echo "Installing: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
