#!/usr/bin/env bash
# What it costs sending that the statistics are folded beside it: benchmarks/server/exactness.sh [seconds a measurement] [pairs]
# Two servers in turn on one store, one that folds each second and one that does not; sending at 16 connections. Needs the .NET SDK, wrk, curl, psql.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds="${1:-10}" pairs="${2:-5}"
work="$(mktemp -d)"
chmod 755 "$work"
base=http://127.0.0.1:3990
built="${BUILT:-$work/server}" # BUILT names a folder with a Release build, to save the time
[ -n "${BUILT:-}" ] || dotnet build src/WebApi -c Release -o "$built" -v q --nologo -clp:NoSummary
cd "$work"

start() { # PAUSE: between two looks at the event log
  ASPNETCORE_URLS=$base DataFolder="$work/data" RateLimits__platform__Permits=0 Statistics__Pause="$1" \
    dotnet "$built/ChatPlatform.WebApi.dll" >"$work/server.log" 2>&1 &
  server=$!
  until curl -sf $base/health/ready >/dev/null; do sleep 0.05; done
}
stop() { kill "$server" && wait "$server" || true; }
trap 'code=$?; stop 2>/dev/null; [ $code -eq 0 ] || tail -5 "$work"/*.log; rm -rf "$work"' EXIT
credential() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$work/data/credentials.json"; }

start 00:00:01
token=$(curl -s -u "$(credential clientId):$(credential clientSecret)" -d grant_type=client_credentials $base/oauth/token \
  | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
api() { curl -s -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$@"; }
api -d '{"name":"writer","displayName":"Writer","isGuest":false}' $base/v1/users >/dev/null
api -d '{"type":"PUBLIC","name":"bench","creator":{"username":"writer"}}' $base/v1/channels >/dev/null
channel=$(psql -h "$(sed -n 5p "$work"/data/postgres/data/postmaster.pid)" -U chatplatform -d chatplatform -qAt -c "select id from channels where name = 'bench'")
cat >send.lua <<LUA
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer $token"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"type":"TEXT","body":"It weaves algebraic patterns.","user":{"username":"writer"}}'
LUA
send() { # SECONDS: a second
  wrk -t1 -c16 -d"$1s" -s send.lua "$base/v1/channels/$channel/messages" | awk '
    /Requests\/sec/ { rate = $2 } /Non-2xx/ { print "refused: " $0 > "/dev/stderr"; exit 1 } END { print rate }'
}
stop

rate() { start "$1"; send 3 >/dev/null; send "$seconds"; stop; } # warmed
for ((pair = 1; pair <= pairs; pair++)); do
  off=$(rate 1.00:00:00) on=$(rate 00:00:01)
  awk -v on="$on" -v off="$off" 'BEGIN { printf "folding %s/s, not folding %s/s, ratio %.2f\n", on, off, on / off }' | tee -a ratios
done
sort -t' ' -k7 ratios | awk '{ r[NR] = $NF } END { print "median ratio " r[int((NR + 1) / 2)] }'
