#!/usr/bin/env bash
# The check of a GitHub workflow: marks on the pull request, a summary of the step, and a SARIF file to upload.
#   OMBUD_PATHS    files and folders, one a line
#   OMBUD_CHANGED  a branch or commit: only lines that differ from it
#   OMBUD_FAIL_ON  error, warning, note or never
#   OMBUD_SARIF    the SARIF file; empty: none
set -uo pipefail
args=(--format github --fail-on "${OMBUD_FAIL_ON:-error}")
if [ -n "${OMBUD_SARIF:-}" ]; then args+=(--format "sarif=$OMBUD_SARIF"); fi
if [ -n "${OMBUD_CHANGED:-}" ]; then args+=("--changed=$OMBUD_CHANGED"); fi
while IFS= read -r path; do
  if [ -n "$path" ]; then args+=("$path"); fi
done <<< "${OMBUD_PATHS:-.}"
status=0
ombud check "${args[@]}" || status=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  echo "status=$status" >> "$GITHUB_OUTPUT"
  if [ -n "${OMBUD_SARIF:-}" ]; then echo "sarif=$OMBUD_SARIF" >> "$GITHUB_OUTPUT"; fi
fi
exit "$status"
