#!/usr/bin/env bash
# Measures how much concurrent folding of statistics slows down sending: benchmarks/server/exactness.sh [seconds per measurement] [pairs]
# Two servers with a store each, one that folds every second and one that does not, receive messages in turn over 16 connections, after a
# warm-up. Needs the .NET SDK, wrk, curl, psql.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds="${1:-10}" pairs="${2:-6}" warm=15
work="$(mktemp -d)"
chmod 755 "$work"
built="${BUILT:-$work/server}" # BUILT names a folder with a Release build, to save time
[ -n "${BUILT:-}" ] || dotnet build src/WebApi -c Release -o "$built" -v q --nologo -clp:NoSummary
cd "$work"
servers=()
trap 'code=$?; kill "${servers[@]}"; wait || true; [ $code -eq 0 ] || tail -5 "$work"/*.log; rm -rf "$work"' EXIT

start() { # NAME PORT PAUSE (between two reads of the event log)
  local name=$1 base=http://127.0.0.1:$2 token channel
  ASPNETCORE_URLS=$base DataFolder="$work/$name" RateLimits__platform__Permits=0 Statistics__Pause="$3" \
    dotnet "$built/ChatPlatform.WebApi.dll" >"$work/$name.log" 2>&1 &
  servers+=($!)
  until curl -sf "$base/health/ready" >/dev/null; do sleep 0.05; done
  credential() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$work/$name/credentials.json"; }
  token=$(curl -s -u "$(credential clientId):$(credential clientSecret)" -d grant_type=client_credentials "$base/oauth/token" \
    | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  api() { curl -s -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$@"; }
  api -d '{"name":"writer","displayName":"Writer","isGuest":false}' "$base/v1/users" >/dev/null
  api -d '{"type":"PUBLIC","name":"bench","creator":{"username":"writer"}}' "$base/v1/channels" >/dev/null
  channel=$(psql -h "$(sed -n 5p "$work/$name/postgres/data/postmaster.pid")" -U chatplatform -d chatplatform -qAt \
    -c "select id from channels where name = 'bench'")
  echo "$base/v1/channels/$channel/messages" >"$name.address"
  cat >"$name.lua" <<LUA
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer $token"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"type":"TEXT","body":"It weaves algebraic patterns.","user":{"username":"writer"}}'
LUA
}
send() { # NAME SECONDS; prints messages per second
  wrk -t1 -c16 -d"$2s" -s "$1.lua" "$(cat "$1.address")" | awk '
    /Requests\/sec/ { rate = $2 } /Non-2xx/ { print "failed requests: " $0 > "/dev/stderr"; exit 1 } END { print rate }'
  sleep 2 # fold the last messages, not during the other server's turn
}

start folding 3990 00:00:01
start resting 3991 1.00:00:00
for name in folding resting; do send $name $warm >/dev/null; done
for ((pair = 1; pair <= pairs; pair++)); do
  # The first server alternates, so that other load on the machine favours neither.
  if ((pair % 2)); then
    on=$(send folding "$seconds") off=$(send resting "$seconds")
  else
    off=$(send resting "$seconds") on=$(send folding "$seconds")
  fi
  awk -v on="$on" -v off="$off" 'BEGIN { printf "folding %s/s, not folding %s/s, ratio %.2f\n", on, off, on / off }' | tee -a ratios
done
awk '{ print $NF }' ratios | sort -n | awk '{ r[NR] = $1 } END { printf "median ratio %.2f\n", (r[int((NR + 1) / 2)] + r[int((NR + 2) / 2)]) / 2 }'
