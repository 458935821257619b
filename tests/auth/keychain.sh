#!/usr/bin/env bash
# usage: keychain.sh PROGRAM
# Runs the tests of the secret store with a real keychain, on a bus without one, and without a bus; then looks for secrets
# in files of the home folder used.
set -u
program=$1
for tool in dbus-run-session gnome-keyring-daemon; do
  command -v $tool >/dev/null || { echo "keychain.sh: $tool is not installed"; exit 77; }
done
home=$(mktemp -d) || exit 2
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_RUNTIME_DIR=$home/run XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache
mkdir -m 700 "$XDG_RUNTIME_DIR"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY KDE_FULL_SESSION GNOME_DESKTOP_SESSION_ID
export XDG_CURRENT_DESKTOP=GNOME
bad=0

echo "== with a keychain"
ROWDESK_TEST_KEYCHAIN=yes dbus-run-session -- sh -c '
  echo -n x | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  exec "$0"' "$program" || bad=1

echo "== a bus without a keychain"
# A bus that starts no service by itself.
cat > "$home/bus.conf" <<'X'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
X
ROWDESK_TEST_KEYCHAIN=none dbus-run-session --config-file="$home/bus.conf" -- "$program" || bad=1

echo "== no bus"
ROWDESK_TEST_KEYCHAIN=nobus DBUS_SESSION_BUS_ADDRESS=unix:path=$home/no-such-socket "$program" || bad=1

if grep -rla "canary" "$home"; then
  echo "keychain.sh: a secret stands in these files"
  bad=1
fi
exit $bad
