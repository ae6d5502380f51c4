#!/usr/bin/env bash
# Starts the mock `$MOCK` with `$ARGUMENTS` at a free port and leaves it running; tells the later steps of the job where it answers.
set -euo pipefail

said="$RUNNER_TEMP/baselinker-mock.txt"
# It has to be there when it is read, and what is started in the background may be late.
: > "$said"
read -ra arguments <<< "$ARGUMENTS"
"$MOCK" --listen 127.0.0.1:0 "${arguments[@]}" > "$said" 2>&1 &
echo $! > "$RUNNER_TEMP/baselinker-mock.pid"

for _ in {1..100}; do
  endpoint=$(sed -n 's/^baselinker-mock answers at //p' "$said")
  if [ -n "$endpoint" ]; then
    echo "endpoint=$endpoint" >> "$GITHUB_OUTPUT"
    echo "BASELINKER_ENDPOINT=$endpoint" >> "$GITHUB_ENV"
    exit 0
  fi
  kill -0 $! 2> /dev/null || break
  sleep 0.1
done
echo "the mock did not start:" >&2
cat "$said" >&2
exit 1
