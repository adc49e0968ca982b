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

# One more report. A run that fails by itself is heard: what it left is no report to send on.
write() {  # FORMAT FILE
  local code=0 said="$RUNNER_TEMP/watchpress-said"
  watchpress "${options[@]}" --format "$1" > "$report/$2" 2> "$said" || code=$?
  if [ -s "$report/$2" ] && { [ "$code" -le 1 ] || [ "$code" -eq "$status" ]; }; then return; fi
  cat "$said" >&2
  echo "::error title=watchpress::$2 could not be written (exit status $code)"
  rm -f "$report/$2"
  if [ "$status" -le 1 ]; then status=$((code > 1 ? code : 70)); fi
}
write json findings.json
write sarif findings.sarif
write junit junit.xml
sarif=""
if [ -s "$report/findings.sarif" ]; then sarif="$report/findings.sarif"; fi

# A build that failed has products less, whatever is found in the others.
if [ "$status" -le 1 ] && [ "${BUILT:-0}" -gt 1 ]; then status=$BUILT; fi

findings=$(grep -c '^    "code": ' "$report/findings.json" 2> /dev/null)
errors=$(grep -c '^    "severity": "error"' "$report/findings.json" 2> /dev/null)
{
  echo "status=$status"
  echo "findings=${findings:-}"
  echo "errors=${errors:-}"
  echo "report=$report"
  echo "sarif=$sarif"
} >> "$GITHUB_OUTPUT"
echo "watchpress: exit status $status, ${findings:-unknown} findings, ${errors:-unknown} of them errors" \
  >> "$GITHUB_STEP_SUMMARY"
exit "$status"
