#!/usr/bin/env bash
# The whole path with real programs on loopback: demo, Prometheus, Alertmanager, dead-man's switch. Waits for the demo's first soft short, then kills each
# part in turn and says after how long somebody is told. Needs prometheus and prometheus-alertmanager; takes about four minutes.
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
export PATH="$home/target/tools/usr/bin:$PATH" POUCHTWIN_HEAP="${POUCHTWIN_HEAP:-700m}"
api=28080 prom=29090 am=29093 dog=29099
declare -A pid

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
for port in $api $prom $am $dog; do port_free $port || { echo "port $port is in use"; exit 1; }; done

mkdir -p "$work/prometheus"
sed -e "s/127.0.0.1:8080/127.0.0.1:$api/; s/127.0.0.1:9090/127.0.0.1:$prom/; s/127.0.0.1:9093/127.0.0.1:$am/" \
  -e "s#rules/\*.yml#$home/grafana/prometheus/rules/*.yml#" "$home/grafana/prometheus/prometheus.yml" >"$work/prometheus.yml"
sed "s/127.0.0.1:9099/127.0.0.1:$dog/" "$home/grafana/alertmanager/alertmanager.yml" >"$work/alertmanager.yml"

start() {
  case "$1" in
    watchdog) "$home/pouchtwin" watchdog --port $dog >>"$work/watchdog.log" 2>&1 & ;;
    alertmanager) prometheus-alertmanager --config.file="$work/alertmanager.yml" --storage.path="$work/am" \
      --web.listen-address=127.0.0.1:$am --cluster.listen-address= >>"$work/alertmanager.log" 2>&1 & ;;
    prometheus) prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/prometheus" \
      --web.listen-address=127.0.0.1:$prom --rules.alert.resend-delay=2s >>"$work/prometheus.log" 2>&1 & ;;
    demo) "$home/pouchtwin" demo --cells 4 --speedup "${SPEEDUP:-300}" --port $api --kafka-port 0 --data "$work/demo" \
      >>"$work/demo.log" 2>&1 & ;;
  esac
  pid[$1]=$!
}
finish() { for p in "${pid[@]}"; do kill "$p" 2>/dev/null || true; done; wait 2>/dev/null || true; [ -n "${KEEP:-}" ] || rm -rf "$work"; }
trap finish EXIT
now() { date +%s.%N; }
# waits until the watchdog's log has more lines that match than before; prints the seconds it took
told() {
  local pattern="$1" before="$2" since="$3" limit="$4"
  while [ "$(grep -cE "$pattern" "$work/watchdog.log" || true)" -le "$before" ]; do
    if [ "$(echo "$(now) - $since > $limit" | bc)" = 1 ]; then echo "NOT within $limit s"; return 1; fi
    sleep 0.1
  done
  printf '%.1f s\n' "$(echo "$(now) - $since" | bc)"
}
count() { grep -cE "$1" "$work/watchdog.log" || true; }

"$home/pouchtwin" --version >/dev/null # builds what is due, before two do so at once
: >"$work/watchdog.log"
start watchdog; start alertmanager; start prometheus; start demo
echo "waiting for a soft short (see $work)"
until grep -q 'alert soft-short raised (critical)\|alert soft-short escalated (critical)' "$work/demo.log"; do sleep 0.05; done
raised=$(now)
echo "the twin calls a soft short -> pager:   $(told 'firing critical CellCritical: .*soft-short' 0 "$raised" 60)"
cell="$(grep -oE 'CellCritical: Cell [^:]+: soft-short' "$work/watchdog.log" | head -n 1)"
sleep 20
echo "pages for it within 20 s (once is right): $(count "firing critical $cell")"

for part in prometheus alertmanager; do
  before=$(count 'firing critical MonitoringSilent')
  kill -9 "${pid[$part]}"; since=$(now)
  echo "killed $part -> dead-man's switch rings: $(told 'firing critical MonitoringSilent' "$before" "$since" 60)"
  back=$(count 'resolved critical MonitoringSilent'); pages=$(count "firing critical $cell")
  start $part; since=$(now)
  echo "started $part -> heartbeat is back:      $(told 'resolved critical MonitoringSilent' "$back" "$since" 60)"
  sleep 15
  echo "  the open alert is known again:           $(curl -s "http://127.0.0.1:$am/api/v2/alerts?active=true" | grep -c soft-short) (pages again: $(($(count "firing critical $cell") - pages)))"
done

before=$(count 'firing critical TwinDown')
kill -9 "${pid[demo]}"; since=$(now)
echo "killed the twin -> TwinDown at the pager:  $(told 'firing critical TwinDown' "$before" "$since" 60)"
