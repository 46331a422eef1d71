#!/usr/bin/env bash
# Measures the product on this machine, built for release. Exits with 1 where a limit is broken.
#   scripts/bench.sh import [ROWS]   the import against a bare loop
#   scripts/bench.sh start [ROUNDS]  from process start to the first answers
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/common.sh

need_sdk
what=${1:?usage: scripts/bench.sh import|start}
shift
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
dotnet build tests/InfluencerCrm.Benchmarks -c Release -v quiet -nodeReuse:false >&2
bench=tests/InfluencerCrm.Benchmarks/bin/Release/net10.0/InfluencerCrm.Benchmarks
if [ "$what" = start ]; then
  # As run.sh starts it.
  dotnet publish src/InfluencerCrm.Host -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o artifacts/host -v quiet >&2
  set -- "$PWD/artifacts/host/InfluencerCrm.Host.dll" "$@"
fi
exec "$bench" "$what" "$@"
