#!/usr/bin/env bash
# Puts `ombud` on the path of a GitHub workflow: from a release archive, or built from this source.
#   OMBUD_ARCHIVE  a .tar.gz with the program in it: a file, or an address that curl can fetch; empty: build
#   OMBUD_SHA256   what the archive must be, where one is named
set -euo pipefail
bin="${RUNNER_TEMP:-/tmp}/ombud-bin"
mkdir -p "$bin"
if [ -n "${OMBUD_ARCHIVE:-}" ]; then
  archive="$OMBUD_ARCHIVE"
  if [ ! -f "$archive" ]; then
    archive="$bin/ombud.tar.gz"
    curl --fail --silent --show-error --location --output "$archive" "$OMBUD_ARCHIVE"
  fi
  if [ -n "${OMBUD_SHA256:-}" ]; then
    echo "$OMBUD_SHA256  $archive" | sha256sum --check --quiet
  fi
  tar --extract --gzip --file "$archive" --directory "$bin" ombud
else
  cargo install --quiet --locked --path "$(dirname "$0")/.." --root "$bin/root"
  cp "$bin/root/bin/ombud" "$bin/ombud"
fi
"$bin/ombud" --version
if [ -n "${GITHUB_PATH:-}" ]; then echo "$bin" >> "$GITHUB_PATH"; fi
