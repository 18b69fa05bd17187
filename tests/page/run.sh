#!/usr/bin/env bash
# The page: builds the engine as WebAssembly, compares it with the program on the corpus, and drives the page in a real browser.
# Says what it skips, and why, where a toolchain, npm or a browser is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

page/build.sh --or-skip
[ -f target/page/ombud.html ] || exit 0
cargo build --locked
node tests/page/agree.mjs

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$chromium" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update && apt-get install -y --no-install-recommends chromium) >/dev/null 2>&1 || true
    chromium=$(command -v chromium || true)
fi
if [ -z "$chromium" ]; then
    echo "page: browser tests skipped: no Chromium (apt-get install chromium, or set CHROMIUM)"
    exit 0
fi
mkdir -p target/page-tests
cp tests/page/package.json target/page-tests/
if ! (cd target/page-tests && npm install --no-package-lock --no-audit --no-fund --silent >/dev/null 2>&1); then
    echo "page: browser tests skipped: npm could not install playwright-core and axe-core"
    exit 0
fi
CHROMIUM="$chromium" node tests/page/browser.mjs
CHROMIUM="$chromium" node tests/page/trello.mjs
