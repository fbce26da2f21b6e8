#!/usr/bin/env bash
# Scrape time and Prometheus's memory with many cells: cardinality.sh [cells] [shards]. The cells are drawn by hand (ManyCells of streaming-api's tests), each
# with everything that a twin and a forecast say: it is the export that is measured, not the twins. Needs prometheus, and a build with tests:
# ./pouchtwin demo --exit-after 1; mvn -DskipTests test-compile. Takes two to three minutes. Exit status 0 only if every bound was kept: 200 ms and 200 MB
# for one shard, 1 s for each of several.
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cells="${1:-1000}" shards="${2:-1}" port=28081 prom=29091 work="$(mktemp -d)"
export PATH="$home/target/tools/usr/bin:$PATH"
classes="${POUCHTWIN_TEST_CLASSPATH:-$home/streaming-api/target/test-classes:$home/app/target/lib/*}"
for program in prometheus curl awk; do command -v $program >/dev/null || { echo "no $program found"; exit 2; }; done
java -Xmx1500m -cp "$classes" io.pouchtwin.api.ManyCells "$cells" $port >"$work/fleet.log" 2>&1 &
fleet=$!
trap 'kill $fleet ${prometheus:-} 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
for ((i = 0; ; i++)); do
  [ "$(curl -s --max-time 2 "http://127.0.0.1:$port/metrics" | grep -c '^pouchtwin_fleet_cells{liveness="live"} [1-9]')" = 1 ] && break
  kill -0 $fleet 2>/dev/null && [ $i -lt 120 ] || { echo "no cells:"; tail -n 5 "$work/fleet.log"; exit 1; }
  sleep 1
done
# until the past is fed and the code is compiled, as in a process that has run for some minutes
for ((i = 0; i < 30; i++)); do curl -s "http://127.0.0.1:$port/metrics/cells?shards=$shards&shard=0" >"$work/cells.txt"; sleep 0.5; done
{
  echo "global: {scrape_interval: 5s, scrape_timeout: 4s}"
  echo "scrape_configs:"
  echo "  - {job_name: pouchtwin, scrape_interval: 1s, scrape_timeout: 1s, static_configs: [{targets: ['127.0.0.1:$port']}]}"
  echo "  - job_name: pouchtwin-cells"
  echo "    metrics_path: /metrics/cells"
  if [ "$shards" -gt 1 ]; then echo "    scrape_interval: 30s"; echo "    scrape_timeout: 10s"; fi
  echo "    params: {shards: ['$shards']}"
  echo "    static_configs:"
  for ((i = 0; i < shards; i++)); do echo "      - {targets: ['127.0.0.1:$port'], labels: {__param_shard: '$i', shard: '$i'}}"; done
} >"$work/prometheus.yml"
# Prometheus 3 sets this by itself; 2 would let its heap grow further between collections
GOGC=75 prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address=127.0.0.1:$prom >"$work/prometheus.log" 2>&1 &
prometheus=$!
# the first scrape makes every series and is not counted; with shards each is asked three times more
sleep "${SECONDS_TO_RUN:-$([ "$shards" -gt 1 ] && echo 125 || echo 75)}"
ask() { curl -s "http://127.0.0.1:$prom/api/v1/query" --data-urlencode "query=$1" | sed -n 's/.*"value":\[[0-9.]*,"\([^"]*\)".*/\1/p'; }
missed=0
line() { # what, value, unit, bound or nothing
  printf '%-46s %10.3f %s' "$1" "${2:-0}" "$3"
  if [ -n "${4:-}" ]; then
    if [ -n "${2:-}" ] && awk "BEGIN {exit !($2 <= $4)}"; then printf '   (bound %s)' "$4"; else printf '   (bound %s) MISSED' "$4"; missed=1; fi
  fi
  echo
}
recent="$([ "$shards" -gt 1 ] && echo 90s || echo 1m)"
bound="$([ "$shards" -gt 1 ] && echo 1 || echo 0.2)"
echo "$cells cells, $shards shards, load $(cut -d' ' -f1 /proc/loadavg), $(nproc) cores, $(prometheus --version 2>&1 | head -n 1 | cut -d' ' -f1-3)"
line "series of each cell" "$(awk '/^pouchtwin_cell/ {n++} /^pouchtwin_cell_liveness/ {c++} END {if (c) print n / c}' "$work/cells.txt")" ""
line "series of a scrape, added up" "$(ask 'sum(scrape_samples_scraped)')" ""
line "text of a shard" "$(awk 'END {print s / 1048576} {s += length($0) + 1}' "$work/cells.txt")" MiB
line "time to fetch a shard, by curl" "$(curl -s -o /dev/null -w '%{time_total}' "http://127.0.0.1:$port/metrics/cells?shards=$shards&shard=0")" s
line "scrape of /metrics, mean" "$(ask "max(avg_over_time(scrape_duration_seconds{job=\"pouchtwin\"}[$recent]))")" s 0.2
line "scrape of /metrics/cells, mean (a shard)" "$(ask "avg(avg_over_time(scrape_duration_seconds{job=\"pouchtwin-cells\"}[$recent]))")" s "$bound"
line "scrape of /metrics/cells, longest (a shard)" "$(ask "max(max_over_time(scrape_duration_seconds{job=\"pouchtwin-cells\"}[$recent]))")" s "$([ "$shards" -gt 1 ] && echo 1)"
resident="$(awk '/VmRSS/ {print $2 * 1024 / 1e6}' /proc/$prometheus/status)"
line "Prometheus's resident memory" "$resident" MB "$([ "$shards" -gt 1 ] || echo 200)"
line "its heap in use" "$(curl -s "http://127.0.0.1:$prom/metrics" | awk '/^go_memstats_heap_inuse_bytes/ {print $2 / 1e6}')" MB
exit $missed
