#!/usr/bin/env bash
# Measures the server's resident memory while it imports a large file: benchmarks/server/memory.sh [bytes, default 2 GB]
# Needs the .NET SDK and curl. All files are in a temporary folder.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bytes="${1:-2000000000}"
work="$(mktemp -d)"
chmod 755 "$work"
base=http://127.0.0.1:3990
built="${BUILT:-$work/server}" # BUILT names a folder with a Release build, to save time
[ -n "${BUILT:-}" ] || dotnet build src/WebApi -c Release -o "$built" -v q --nologo -clp:NoSummary
cd "$work"
ASPNETCORE_URLS=$base DataFolder="$work/data" RateLimits__platform__Permits=0 dotnet "$built/ChatPlatform.WebApi.dll" >"$work/server.log" 2>&1 &
server=$!
trap 'code=$?; kill $server; wait $server || true; [ $code -eq 0 ] || tail -5 "$work/server.log"; rm -rf "$work"' EXIT
until curl -sf $base/health/ready >/dev/null; do sleep 0.1; done

credential() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$work/data/credentials.json"; }
token=$(curl -s -u "$(credential clientId):$(credential clientSecret)" -d grant_type=client_credentials $base/oauth/token \
  | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
api() { curl -s -H "Authorization: Bearer $token" "$@"; }
resident() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$server/status"; }
watch() { while sleep 0.1; do resident; echo; done >"$work/resident"; } # includes the uploads
import() { # TYPE
  local job state
  job=$(api -F "file=@$1.ndjson" "$base/v1/imports/$1" | sed 's/.*"id":\([0-9]*\).*/\1/')
  until state=$(api "$base/v1/jobs/$job" | sed 's/.*"state":"\([A-Z]*\)".*/\1/'); [ "$state" = FINISHED ] || [ "$state" = FAILED ]; do sleep 0.2; done
  echo "$1: $(api "$base/v1/jobs/$job" | sed 's/.*"state":"\([A-Z]*\)","progress":{\([^}]*\)}.*/\1 \2/')"
}
sleep 3; echo "idle: $(resident) MB"
awk 'BEGIN { for (i = 0; i < 1000; i++) printf "{\"idempotencyKey\":\"u%d\",\"name\":\"u%d\",\"displayName\":\"User %d\"}\n", i, i, i }' >users.ndjson
awk 'BEGIN { for (i = 0; i < 100; i++) printf "{\"idempotencyKey\":\"c%d\",\"type\":\"PUBLIC\",\"name\":\"c%d\",\"members\":[]}\n", i, i }' >channels.ndjson
awk -v bytes="$bytes" 'BEGIN { text = sprintf("%400s", ""); gsub(/ /, "chat ", text); text = substr(text, 1, 1900)
  for (i = 0; size < bytes; i++) {
    line = sprintf("{\"idempotencyKey\":\"m%d\",\"type\":\"TEXT\",\"channel\":\"c%d\",\"user\":\"u%d\",\"body\":\"%d %s\",\"createdTime\":\"%s\"}",
      i, int(i / 20) % 100, i % 4 + int(i / 20) % 990, i, text, strftime("%Y-%m-%dT%H:%M:%SZ", 1600000000 + i * 30, 1))
    size += length(line) + 1
    print line } }' >messages.ndjson
ls -l messages.ndjson | awk '{ print "file: " $5 " bytes" }'
watch & watcher=$!
started=$SECONDS
import users; import channels; import messages
kill $watcher
echo "$((SECONDS - started)) s; peak resident memory during the imports: $(sort -n "$work/resident" | tail -1) MB"
