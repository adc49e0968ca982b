#!/usr/bin/env bash
# Check the series: annotations on standard output, the report in files, a line in the summary.
# SERIES, FAIL_ON, BASELINE, PROOF are inputs of the action, BUILT is the exit status of the build.
set -uo pipefail
report="$RUNNER_TEMP/watchpress-report"
mkdir -p "$report"
options=(check -C "$SERIES")
if [ -n "$BASELINE" ]; then options+=(--baseline "$BASELINE"); fi
if [ "$PROOF" != true ]; then options+=(--no-proof); fi

# Products are looked at once: the runs after the first one ask the cache.
status=0
watchpress "${options[@]}" --fail-on "$FAIL_ON" --format github \
  --report "$report/report.html" || status=$?
options+=(--fail-on never)
watchpress "${options[@]}" --format json > "$report/findings.json" 2> /dev/null
watchpress "${options[@]}" --format sarif > "$report/findings.sarif" 2> /dev/null
watchpress "${options[@]}" --format junit > "$report/junit.xml" 2> /dev/null

# A build that failed has products less, whatever is found in the others.
if [ "$status" -le 1 ] && [ "${BUILT:-0}" -gt 1 ]; then status=$BUILT; fi

findings=$(grep -c '^    "code": ' "$report/findings.json")
errors=$(grep -c '^    "severity": "error"' "$report/findings.json")
{
  echo "status=$status"
  echo "findings=$findings"
  echo "errors=$errors"
  echo "report=$report"
} >> "$GITHUB_OUTPUT"
echo "watchpress: exit status $status, $findings findings, $errors of them errors" \
  >> "$GITHUB_STEP_SUMMARY"
exit "$status"
