#!/usr/bin/env bash
# The whole path with real programs on loopback: demo, Prometheus, Alertmanager, dead-man's switch. Waits for the demo's first soft short, then kills each
# part in turn and says after how long somebody is told. Needs prometheus and prometheus-alertmanager; takes about four minutes on an idle machine, ten at most.
# Exit status 0 only if every bound was kept. KEEP=1 keeps the logs, SPEEDUP=... changes how fast the demo's cells live.
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
export PATH="$home/target/tools/usr/bin:$PATH" POUCHTWIN_HEAP="${POUCHTWIN_HEAP:-700m}"
api=28080 prom=29090 am=29093 dog=29099
declare -A pid
missed=0

for program in prometheus prometheus-alertmanager curl; do
  command -v $program >/dev/null || { echo "no $program found (Debian has it; './pouchtwin test' unpacks the first two)"; exit 2; }
done
port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
for port in $api $prom $am $dog; do port_free $port || { echo "port $port is in use"; exit 2; }; done

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
    # four cells, of which the fourth gets a soft short; nothing is asked of the past here
    demo) "$home/pouchtwin" demo --cells 4 --speedup "${SPEEDUP:-400}" --port $api --kafka-port 0 --data "$work/demo" \
      --set history.enabled=false --set cluster.port=0 >>"$work/demo.log" 2>&1 & ;;
  esac
  pid[$1]=$! # of the program itself: 'pouchtwin' becomes its Java
}
finish() {
  trap - EXIT
  for p in "${pid[@]}"; do kill "$p" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ -n "${KEEP:-}" ] || [ "$missed" != 0 ]; then echo "logs: $work"; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'missed=1; exit 130' INT TERM

now_ms() { echo $(($(date +%s%N) / 1000000)); }
count() { grep -cE -- "$1" "$work/watchdog.log" || true; }
alive() { local part; for part in "${!pid[@]}"; do kill -0 "${pid[$part]}" 2>/dev/null || { echo "$part has ended by itself, see $work/$part.log"; tail -n 5 "$work/$part.log"; missed=1; exit 1; }; done; }
verdict() { # what, measured, bound, kept (0 or 1)
  printf '%-62s %-12s (bound %s)%s\n' "$1" "$2" "$3" "$([ "$4" = 1 ] || echo '   MISSED')"
  [ "$4" = 1 ] || missed=1
}
# waits until the watchdog's log has more lines that match than before
told() { # what, pattern, lines before, since [ms], bound [s]
  local limit=$(($4 + 3000 * $5)) seen
  while [ "$(count "$2")" -le "$3" ] && [ "$(now_ms)" -lt $limit ]; do sleep 0.05; done
  seen=$(now_ms)
  if [ "$(count "$2")" -gt "$3" ]; then
    verdict "$1" "$(((seen - $4) / 1000)).$(((seen - $4) % 1000 / 100)) s" "$5 s" $((seen - $4 <= 1000 * $5))
  else
    verdict "$1" "not at all" "$5 s" 0
  fi
}
known() { curl -s --max-time 2 "http://127.0.0.1:$am/api/v2/alerts?active=true" | grep -q "\"rule\":\"soft-short\""; }
known_again() { # what, since [ms], bound [s]
  while ! known && [ "$(now_ms)" -lt $(($2 + 3000 * $3)) ]; do sleep 0.2; done
  local took=$(($(now_ms) - $2))
  if known; then verdict "$1" "$((took / 1000)).$((took % 1000 / 100)) s" "$3 s" $((took <= 1000 * $3)); else verdict "$1" "not at all" "$3 s" 0; fi
}

"$home/pouchtwin" --version >/dev/null # builds what is due, before two do so at once
: >"$work/watchdog.log"
: >"$work/demo.log"
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) cores"
start watchdog; start alertmanager; start prometheus; start demo
begun=$(now_ms)
raised='alert soft-short (raised|escalated) \(critical\)'
until grep -qE "$raised" "$work/demo.log"; do
  alive
  [ "$(now_ms)" -lt $((begun + 300000)) ] || { echo "no soft short within 300 s: is the machine busy? (load $(cut -d' ' -f1 /proc/loadavg))"; missed=1; exit 1; }
  sleep 0.05
done
since=$(now_ms)
echo "the twin calls a soft short after $(((since - begun) / 1000)) s"
told "soft short called -> pager" 'firing critical CellCritical: .*soft-short' 0 "$since" 5
cell="$(grep -oE 'CellCritical: Cell [^:]+: soft-short' "$work/watchdog.log" | head -n 1)"
[ -n "$cell" ] || exit 1
sleep 15
pages=$(count "firing critical $cell")
verdict "pages for it within 15 s" "$pages" "1" $((pages == 1))

for part in prometheus alertmanager; do
  alive
  before=$(count 'firing critical MonitoringSilent') back=$(count 'resolved critical MonitoringSilent')
  kill -9 "${pid[$part]}"; since=$(now_ms)
  told "killed $part -> dead-man's switch rings" 'firing critical MonitoringSilent' "$before" "$since" 30
  start $part; since=$(now_ms)
  told "started $part -> heartbeat is back" 'resolved critical MonitoringSilent' "$back" "$since" 30
  known_again "started $part -> the open alert is known again" "$since" 30
done

alive
before=$(count 'firing critical TwinDown')
kill -9 "${pid[demo]}"; since=$(now_ms)
told "killed the twin -> TwinDown at the pager" 'firing critical TwinDown' "$before" "$since" 30
: >"$work/demo.log"
start demo; since=$(now_ms)
known_again "started the twin -> the open alert is known again" "$since" 60
pages=$(count "firing critical $cell")
echo "pages for the soft short in all: $pages (one more for each restart after which Alertmanager had forgotten that it told)"
[ "$missed" = 0 ] && echo "every bound kept" || echo "a bound was MISSED"
exit "$missed"
