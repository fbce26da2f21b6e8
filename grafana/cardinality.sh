#!/usr/bin/env bash
# Scrape time and Prometheus's memory with many cells: cardinality.sh [cells] [shards]. The cells are drawn by hand (SyntheticFleet of streaming-api's tests): it is
# the export that is measured, not the twins. Needs prometheus, and a build with tests: ./pouchtwin demo --exit-after 1; mvn -DskipTests test-compile
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cells="${1:-1000}" shards="${2:-1}" port=28081 prom=29091 work="$(mktemp -d)"
export PATH="$home/target/tools/usr/bin:$PATH"
java -Xmx1500m -cp "$home/streaming-api/target/test-classes:$home/app/target/lib/*" io.pouchtwin.api.SyntheticFleet "$cells" $port 0.2 >"$work/fleet.log" 2>&1 &
fleet=$!
trap 'kill $fleet ${prometheus:-} 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
until [ "$(curl -s "http://127.0.0.1:$port/metrics" | grep -c '^pouchtwin_fleet_cells{liveness="live"} [1-9]')" = 1 ]; do sleep 1; done
sleep 15
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
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address=127.0.0.1:$prom >"$work/prometheus.log" 2>&1 &
prometheus=$!
sleep "${SECONDS_TO_RUN:-90}"
ask() { curl -s "http://127.0.0.1:$prom/api/v1/query" --data-urlencode "query=$1" | sed -n 's/.*"value":\[[0-9.]*,"\([^"]*\)".*/\1/p'; }
echo "cells $cells, shards $shards, load $(cut -d' ' -f1 /proc/loadavg)"
echo "series:                         $(ask 'prometheus_tsdb_head_series' || true) $(ask 'sum(scrape_samples_scraped)')"
echo "scrape of /metrics, longest:    $(ask 'max(max_over_time(scrape_duration_seconds{job="pouchtwin"}[1m]))') s"
echo "scrape of /metrics/cells, mean: $(ask 'avg(avg_over_time(scrape_duration_seconds{job="pouchtwin-cells"}[1m]))') s"
echo "scrape of /metrics/cells, longest (a shard): $(ask 'max(max_over_time(scrape_duration_seconds{job="pouchtwin-cells"}[1m]))') s"
echo "Prometheus's resident memory:   $(($(awk '/VmRSS/ {print $2}' /proc/$prometheus/status) / 1024)) MiB"
echo "its heap in use:                $(curl -s "http://127.0.0.1:$prom/metrics" | awk '/^go_memstats_heap_inuse_bytes/ {printf "%.0f", $2/1048576}') MiB"
