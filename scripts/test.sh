#!/usr/bin/env bash
# Builds and runs all tests against real parts, or those of the projects whose name contains the given word:
#   ./scripts/test.sh            ./scripts/test.sh Core            ./scripts/test.sh clients
# Installs from Debian what is missing:
#   postgresql  the second database of the data tests
#   postfix     its smtp-sink receives the mails of the send-out tests
#   dovecot     is the mailbox of the inbound tests (package dovecot-imapd)
#   chromium    clicks through the pages
#   nodejs, npm run other people's OData clients against the product, and the linters of the API's description
# Everything it starts listens on free loopback ports and is ended again, also when interrupted.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/common.sh
. scripts/lib/postgres.sh

word=${1:-}
projects=()
for project in tests/*.Tests; do
  [[ $(basename "$project") == *"$word"* ]] && projects+=("$project")
done
clients=
[[ clients == *"$word"* ]] && clients=1
[ ${#projects[@]} -gt 0 ] || [ -n "$clients" ] || { echo "No test project has \"$word\" in its name." >&2; exit 2; }

need_sdk
need_package '/usr/lib/postgresql/*/bin/initdb' postgresql "the second database of the data tests"
need_package /usr/sbin/smtp-sink postfix "smtp-sink receives the mails of the send-out tests"
need_package /usr/sbin/dovecot dovecot-imapd "the mailbox that replies and reports come to in the inbound tests"
need_package chromium chromium "clicks through the pages"
need_package node nodejs "other people's OData clients run on it"
need_package npm npm "brings other people's OData clients"

work=$(mktemp -d)
chmod 755 "$work"
running=
cleanup() {
  trap '' INT TERM
  if [ -n "$running" ] && kill -TERM "$running" 2>/dev/null; then
    wait "$running" 2>/dev/null || true
  fi
  stop_postgres
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background, so that an interrupt is answered at once instead of at the command's end.
run() {
  "$@" &
  running=$!
  local status=0
  wait "$running" || status=$?
  running=
  return "$status"
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say "Build (warnings are errors)"
if [ -n "$word" ]; then
  for project in "${projects[@]}"; do
    run dotnet build "$project" -c Release -warnaserror -nodeReuse:false
  done
  [ -z "$clients" ] || run dotnet build src/InfluencerCrm.Host -c Release -warnaserror -nodeReuse:false
else
  run dotnet build InfluencerCrm.sln -c Release -warnaserror -nodeReuse:false
fi

say "PostgreSQL"
# Nothing here survives a power cut anyway; processes that are killed lose nothing by it.
start_postgres "$work/postgres" "-c fsync=off"
export INFLUENCERCRM_TEST_POSTGRES=$POSTGRES_CONNECTION INFLUENCERCRM_REQUIRE_POSTGRES=1

# Files that tests leave behind go with the rest.
mkdir -m 1777 "$work/tmp"
export TMPDIR=$work/tmp

passed=0 failed=0 skipped=0
problems=()
for project in "${projects[@]}"; do
  name=$(basename "$project")
  say "$name"
  report=$work/$name.xml
  status=0

  # The test projects are programs that run themselves; a test that hangs must not hang the run.
  run timeout --foreground -k 20 "${TEST_TIMEOUT:-1800}" "$project/bin/Release/net10.0/$name" -noLogo -noColor -xml "$report" || status=$?
  totals=$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null || true)
  count() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<<"$totals"; }
  if [ -z "$totals" ]; then
    problems+=("$name crashed or hung (status $status): it left no report.")
    continue
  fi

  ok=$(count passed) bad=$(count failed) errors=$(count errors)
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + $(count skipped)))
  while IFS= read -r test; do
    problems+=("failed: $test")
  done < <(grep -o '<test [^>]*>' "$report" | grep 'result="Fail"' | sed -E 's/.* name="([^"]*)".*/\1/; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')
  if [ $((ok + bad)) = 0 ]; then
    problems+=("$name ran no test.")
  elif [ "$errors" != 0 ]; then
    problems+=("$name: $errors error(s) outside a test.")
  elif [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    problems+=("$name ended with status $status although no test failed.")
  fi
done

# The clients against one database: run_clients NAME [SETTING…].
run_clients() {
  local name=$1 report=$work/$1.tap status=0
  shift
  say "$name"
  run scripts/lib/clients.sh "$work/$name" "$report" "$@" || status=$?
  local ok bad lost
  ok=$(count_tap pass) bad=$(($(count_tap fail) + $(count_tap cancelled))) lost=$(($(count_tap skipped) + $(count_tap todo)))
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + lost))
  while IFS= read -r test; do
    problems+=("failed: $name: $test")
  done < <(sed -nE 's/^ *not ok [0-9]+ - //p' "$report" 2>/dev/null)
  if [ $((ok + bad)) = 0 ]; then
    problems+=("$name ran no test.")
  elif [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    problems+=("$name ended with status $status although no test failed.")
  fi
}
count_tap() { sed -nE "s/^# $1 ([0-9]+)$/\1/p" "$report" 2>/dev/null | grep . || echo 0; }

if [ -n "$clients" ]; then
  run_clients clients.Sqlite
  "${POSTGRES_AS[@]}" "$POSTGRES_BIN/createdb" -h 127.0.0.1 -p "$POSTGRES_PORT" -U crm clients
  run_clients clients.PostgreSql --Database:Provider=PostgreSql --Database:MigrateOnStart=true --ConnectionStrings:Crm="${POSTGRES_CONNECTION/Database=postgres/Database=clients}"
fi

if [ -z "$word" ]; then
  say "The description of the API"
  if run scripts/lint-openapi.sh; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    problems+=("failed: scripts/lint-openapi.sh")
  fi
fi

echo
[ ${#problems[@]} = 0 ] || printf '%s\n' "${problems[@]}"
echo "$passed passed, $failed failed, $skipped skipped"
[ ${#problems[@]} = 0 ]
