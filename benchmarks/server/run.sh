#!/usr/bin/env bash
# Compares the server with the same SQL run by the database alone, in one run: benchmarks/server/run.sh [seconds per measurement]
# Needs the .NET SDK, wrk, and psql and pgbench of the server's PostgreSQL major version. All files are in a temporary folder.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds="${1:-10}"
messages="${MESSAGES:-200000}"
here="$PWD/benchmarks/server"
work="$(mktemp -d)"
chmod 755 "$work"
base=http://127.0.0.1:3990
export PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)"

built="${BUILT:-$work/server}" # BUILT names a folder with a Release build, to save time
[ -n "${BUILT:-}" ] || dotnet build src/WebApi -c Release -o "$built" -v q --nologo -clp:NoSummary
cd "$work"

start() {
  ASPNETCORE_URLS=$base DataFolder="$work/data" RateLimits__platform__Permits=0 RateLimits__aggregate__Permits=0 \
    dotnet "$built/ChatPlatform.WebApi.dll" >"$work/server.log" 2>&1 &
  server=$!
  until curl -sf $base/health/ready >/dev/null; do sleep 0.02; done
}
stop() { kill "$server" && wait "$server" || true; }
trap 'code=$?; stop 2>/dev/null; [ $code -eq 0 ] || tail -5 "$work"/*.log; rm -rf "$work"' EXIT
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
resident() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$server/status"; }

t=$(now); start; echo "start, empty folder: $(since "$t") s"
stop; t=$(now); start; echo "start, second: $(since "$t") s"
sleep 3; echo "resident memory, idle: $(resident) MB"

credential() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$work/data/credentials.json"; }
token=$(curl -s -u "$(credential clientId):$(credential clientSecret)" -d grant_type=client_credentials $base/oauth/token \
  | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
api() { curl -s -H "Authorization: Bearer $token" "$@"; }
field() { sed "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/"; }
socket=$(sed -n 5p "$work"/data/postgres/data/postmaster.pid)
sql() { psql -h "$socket" -U chatplatform -d chatplatform -qAt "$@"; }

# Import of a generated history, compared with COPY of the same rows into tables with the same indexes.
awk 'BEGIN { for (i = 0; i < 1000; i++) printf "{\"idempotencyKey\":\"u%d\",\"name\":\"u%d\",\"displayName\":\"User %d\",\"properties\":{}}\n", i, i, i
             print "{\"idempotencyKey\":\"w\",\"name\":\"writer\",\"displayName\":\"Writer\",\"properties\":{}}" }' >users.ndjson
awk 'BEGIN { for (i = 0; i < 100; i++) printf "{\"idempotencyKey\":\"c%d\",\"type\":\"PUBLIC\",\"name\":\"c%d\",\"members\":[]}\n", i, i
             print "{\"idempotencyKey\":\"cw\",\"type\":\"PUBLIC\",\"name\":\"bench\",\"creator\":\"writer\",\"members\":[\"writer\"]}" }' >channels.ndjson
# Realistic messages: conversations of twenty messages by four users in a channel, half a minute apart.
conversations() { # PREFIX COUNT
  awk -v p="$1" -v n="$2" 'BEGIN { srand(1); s = 1700000000; for (i = 0; i < n; i++) {
    if (i % 20 == 0) { c = int(rand() * 100); for (k = 0; k < 4; k++) u[k] = int(rand() * 1000); s += 300 }
    s += 30
    printf "{\"idempotencyKey\":\"%s%d\",\"type\":\"TEXT\",\"channel\":\"c%d\",\"user\":\"u%d\",\"body\":\"message number %d says something of a usual length\",\"createdTime\":\"%s\"}\n", p, i, c, u[int(rand() * 4)], i, strftime("%Y-%m-%dT%H:%M:%SZ", s, 1) } }'
}
conversations m "$messages" >messages.ndjson
conversations n $((3 * messages)) >more.ndjson
start_import() { api -F "file=@$1.ndjson" "$base/v1/imports/$2" | sed 's/.*"id":\([0-9]*\).*/\1/'; } # FILE TYPE; prints the job id
import() {
  local job state
  job=$(start_import "$1" "$1")
  until state=$(api "$base/v1/jobs/$job" | sed 's/.*"state":"\([A-Z]*\)".*/\1/'); [ "$state" = FINISHED ] || [ "$state" = FAILED ]; do sleep 0.05; done
  [ "$state" = FINISHED ] || { echo "the import of $1 failed" >&2; exit 1; }
  sql -c "select extract(epoch from ended_time - started_time) from jobs where id = $job"
}
import users >/dev/null; import channels >/dev/null
imported=$(import messages)
again=$(import messages)
copied() { # Copies all rows of the import into tables with the same indexes, without foreign keys.
  local table from seconds=""
  for table in messages import_keys channel_members events; do
    sql -c "create table copied_$table (like $table including all)" -c "\\copy $table to '$work/rows' (format binary)"
    from=$(now)
    sql -c "\\copy copied_$table from '$work/rows' (format binary)"
    seconds="$seconds $(since "$from")"
  done
  echo "$seconds" | awk '{ for (i = 1; i <= NF; i++) sum += $i; print sum, $1 }'
}
read -r copy rows_only < <(copied)
echo "import of $messages messages: $imported s ($(awk -v n="$messages" -v s="$imported" 'BEGIN { printf "%d", n / s }')/s); COPY of the same rows: $copy s (messages alone $rows_only s); COPY/import $(ratio "$copy" "$imported"); repeated, all items known: $again s"
echo "resident memory after the import: $(resident) MB"

channel=$(sql -c "select id from channels where name = 'bench'")
writer=$(sql -c "select id from users where name = 'writer'")
thread=$(sql -c "select id from threads where channel_id = $channel and type = 0")
hash=$(printf %s "$token" | sha256sum | cut -d' ' -f1)
sql -c "create sequence bench_ids"
cat >send.lua <<EOF
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer $token"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"type":"TEXT","body":"It weaves algebraic patterns.","user":{"username":"writer"}}'
EOF
cat >get.lua <<EOF
wrk.headers["Authorization"] = "Bearer $token"
EOF
http() { # SCRIPT CONNECTIONS PATH; prints requests per second and latencies
  wrk -t1 -c"$2" -d"${seconds}s" --latency -s "$1" "$base$3" | awk '
    /50%/ { p50 = $2 } /99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $0 }
    END { print rate, p50, p99, bad }'
}
raw() { # SCRIPT CLIENTS; prints transactions per second
  pgbench -h "$socket" -U chatplatform -n -M prepared -f "$1" -c "$2" -j 1 -T "$seconds" \
    -D channel="$channel" -D writer="$writer" -D thread="$thread" -D token="$hash" chatplatform 2>>"$work/pgbench.log" | sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}
http send.lua 16 "/v1/channels/$channel/messages" >/dev/null # warm-up
for c in 1 16; do
  pgbench=$(raw "$here/send.sql" $c); read -r rate p50 p99 bad < <(http send.lua $c "/v1/channels/$channel/messages")
  echo "send, $c connections: $rate/s (p50 $p50, p99 $p99) $bad; the same SQL by pgbench: $pgbench/s; ratio $(ratio "$rate" "$pgbench")"
done
for c in 1 16; do
  pgbench=$(raw "$here/newest.sql" $c); read -r rate p50 p99 bad < <(http get.lua $c "/v1/channels/$channel/messages?size=50")
  echo "newest 50, $c connections: $rate/s (p50 $p50, p99 $p99) $bad; the same SQL by pgbench: $pgbench/s; ratio $(ratio "$rate" "$pgbench")"
done
echo "resident memory after the load: $(resident) MB"

# Sending and reading during an import.
cat >percentile.lua <<EOF
done = function(summary, latency) io.write(string.format("Percentile95 %.1f ms\\n", latency:percentile(95) / 1000)) end
EOF
measure_both() { # WHAT
  local script path
  while read -r script path; do
    cat "$script.lua" percentile.lua >both.lua
    wrk -t1 -c4 -d"${seconds}s" -s both.lua "$base$path" | awk -v what="$1" -v script="$script" '
      /Percentile95/ { p = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $0 }
      END { print script ", 4 connections, " what ": p95 " p " ms, " rate "/s " bad }'
  done <<EOF
send /v1/channels/$channel/messages
get /v1/channels/$channel/messages?size=50
EOF
}
measure_both "without an import"
job=$(start_import more messages)
measure_both "during an import"
api "$base/v1/jobs/$job" | sed 's/.*"state":"\([A-Z]*\)".*"processed":\([0-9]*\).*/the concurrent import is \1 at \2\n/'
empty=$(http get.lua 1 "/v1/application" | cut -d' ' -f1)
echo "GET /v1/application, 1 connection: $empty/s"
for path in "/channels" "/chats?channel_id=$channel" "/chat_aggregate?limit=1000" "/chat_aggregate?ts_start=1700000123&ts_end=1705000123&limit=1000"; do
  read -r rate p50 p99 bad < <(http get.lua 1 "$path")
  echo "GET $path, 1 connection: $rate/s (p50 $p50, p99 $p99) $bad; ratio to GET /v1/application $(ratio "$rate" "$empty")"
done
curl -s $base/api/v1/login -H 'Content-Type: application/json' -d "{\"user\":\"$(credential adminUsername)\",\"password\":\"$(credential adminPassword)\"}" >login.json
cat >get.lua <<EOF
wrk.headers["X-Auth-Token"] = "$(field authToken <login.json)"
wrk.headers["X-User-Id"] = "$(field userId <login.json)"
EOF
from=2023-12-01T00:00:00.000Z; to=2024-02-28T00:00:00.000Z
for path in "channels/list?start=$from&end=$to" "users/chat-busier/hourly-data?start=$to" "users/chat-busier/weekly-data?start=$to" \
  "messages/origin?start=$from&end=$to" "messages/top-five-popular-channels?start=$from&end=$to"; do
  read -r rate p50 p99 bad < <(http get.lua 1 "/api/v1/engagement-dashboard/$path")
  echo "GET engagement-dashboard/$path, 1 connection: $rate/s (p50 $p50, p99 $p99) $bad; ratio to GET /v1/application $(ratio "$rate" "$empty")"
done
