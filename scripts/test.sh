#!/usr/bin/env bash
# Builds and runs all tests against real parts. Installs from Debian what is missing:
#   postgresql  the second database of the data tests
#   postfix     its smtp-sink receives the mails of the send-out tests
#   chromium    clicks through the pages
# Everything it starts listens on free loopback ports and is ended again, also when interrupted.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/common.sh
. scripts/lib/postgres.sh

need_sdk
need_package '/usr/lib/postgresql/*/bin/initdb' postgresql "the second database of the data tests"
need_package /usr/sbin/smtp-sink postfix "smtp-sink receives the mails of the send-out tests"
need_package chromium chromium "clicks through the pages"

work=$(mktemp -d)
chmod 755 "$work"
cleanup() {
  stop_postgres
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say "Build (warnings are errors)"
dotnet build InfluencerCrm.sln -c Release -warnaserror -nodeReuse:false

say "PostgreSQL"
start_postgres "$work/postgres"
export INFLUENCERCRM_TEST_POSTGRES=$POSTGRES_CONNECTION

passed=0 failed=0 skipped=0 broken=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  [ -n "${1:-}" ] && [[ "$name" != *"$1"* ]] && continue
  say "$name"
  status=0
  dotnet test "$project" -c Release --no-build --logger "trx;LogFileName=$work/$name.trx" --logger "console;verbosity=minimal" || status=$?
  counters=$(grep -o '<Counters [^>]*>' "$work/$name.trx" 2>/dev/null || true)
  count() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<<"$counters"; }
  total=$(count total) ok=$(count passed) bad=$(count failed) executed=$(count executed)
  if [ -z "$counters" ] || [ "${executed:-0}" = 0 ]; then
    echo "$name ran no test."
    broken=1
    continue
  fi
  passed=$((passed + ok))
  failed=$((failed + bad))
  skipped=$((skipped + total - ok - bad))
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    echo "$name ended with status $status."
    broken=1
  fi
done

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$broken" = 0 ] && [ "$passed" -gt 0 ]
