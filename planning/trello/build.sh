#!/usr/bin/env bash
# Gathers the Power-Up's static files in target/trello/, the engine among them.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ -f target/page/ombud.wasm ] || page/build.sh "$@"
mkdir -p target/trello
cp planning/trello/*.html planning/trello/*.js planning/trello/trello.css planning/trello/icon.svg page/words.js page/engine.js page/page.css target/page/ombud.wasm target/trello/
echo "target/trello: $(du -sh target/trello | cut -f1)"
