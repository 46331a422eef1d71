#!/usr/bin/env bash
# Measures the product on this machine, built for release. Exits with 1 where a limit is broken.
#   scripts/bench.sh import [ROWS]   the import against a bare loop
#   scripts/bench.sh import-memory [ROWS]  the memory of an import of 1,000,000 rows
#   scripts/bench.sh export [ROWS]   the export of people as CSV and .xlsx against a bare loop
#   scripts/bench.sh api [SCALE] [--only NAME,…]  OData reads against hand-written SQL and the library as it comes
#   scripts/bench.sh start [ROUNDS]  from process start to the first answers
#   scripts/bench.sh smtp [MAILS]    a send-out, from scheduled rows to all recorded as sent, against a bare loop
#   scripts/bench.sh smtp-memory [MAILS]  the memory of a send-out of 200,000 mails after its first tenth
#   scripts/bench.sh crash [KILLS]   5,000 mails while hosts are killed 200 times, one host and three, and the database vanishes
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/common.sh

need_sdk
what=${1:?usage: scripts/bench.sh import|import-memory|export|api|start|smtp|smtp-memory|crash}
shift
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
if [ "$what" = crash ]; then
  . scripts/lib/postgres.sh
  need_package '/usr/lib/postgresql/*/bin/initdb' postgresql "three hosts share one database"
  dotnet build tests/InfluencerCrm.Api.Tests -c Release -v quiet -nodeReuse:false >&2
  work=$(mktemp -d)
  chmod 755 "$work"
  trap 'stop_postgres; rm -rf "$work"' EXIT
  start_postgres "$work/postgres"
  export INFLUENCERCRM_TEST_POSTGRES=$POSTGRES_CONNECTION INFLUENCERCRM_CRASH_KILLS=${1:-200}
  tests/InfluencerCrm.Api.Tests/bin/Release/net10.0/InfluencerCrm.Api.Tests -noLogo -noColor -showLiveOutput -parallelMode none -class InfluencerCrm.Api.Tests.SendOuts.Crash.CrashTests
  exit
fi

# Compiled ahead of time, as run.sh does it.
publish() {
  dotnet publish "$1" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$2" -v quiet -nodeReuse:false >&2
}
publish tests/InfluencerCrm.Benchmarks artifacts/bench
if [ "$what" = start ]; then
  publish src/InfluencerCrm.Host artifacts/host
  set -- "$PWD/artifacts/host/InfluencerCrm.Host.dll" "$@"
fi
case $what in smtp*)
  . scripts/lib/postgres.sh
  need_package /usr/sbin/smtp-sink postfix "smtp-sink takes the mails"
  need_package '/usr/lib/postgresql/*/bin/initdb' postgresql "the second database"
  work=$(mktemp -d)
  chmod 755 "$work"
  trap 'stop_postgres; rm -rf "$work"' EXIT
  start_postgres "$work/postgres"
  export INFLUENCERCRM_BENCH_POSTGRES=$POSTGRES_CONNECTION
  artifacts/bench/InfluencerCrm.Benchmarks "$what" "$@"
  exit
esac
exec artifacts/bench/InfluencerCrm.Benchmarks "$what" "$@"
