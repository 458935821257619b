#!/usr/bin/env bash
# Includes may only point up the list of layers in src/README.md. Fails naming each line that points down.
set -u
cd "$(dirname "$0")/../src" || exit 2

# layer: the layers whose headers it may include, besides its own
declare -A may=(
  [core]=""
  [net]="core"
  [auth]="core net"
  [api]="core net"
  [files]="core"
  [transfer]="core net api files"
  [models]="core net api files transfer"
  [sandbox]="core"
  [gui]="core net auth api files transfer models"
  [cli]="core net auth api files transfer models sandbox"
  [app]="core net auth api files transfer models sandbox gui"
)
bad=0
for layer in "${!may[@]}"; do
  while IFS=: read -r file line text; do
    other=$(sed -E 's|.*#include "([a-z]+)/.*|\1|' <<<"$text")
    [ "$other" = "$layer" ] && continue
    case " ${may[$layer]} " in *" $other "*) ;; *) echo "$file:$line: $layer may not include $other"; bad=1 ;; esac
  done < <(grep -rnE '#include "[a-z]+/' "$layer" 2>/dev/null)
  case "$layer" in
    gui|app) ;;
    *) grep -rnE '#include <(QtWidgets/)?(QWidget|QMessageBox|QDialog|QLabel|QApplication|QPushButton|QMainWindow)>' "$layer" \
         && { echo "$layer may not use widgets"; bad=1; } ;;
  esac
done
grep -rnE '#include <(QNetwork|QJson)' gui && { echo "gui may not speak JSON or HTTP"; bad=1; }
exit $bad
