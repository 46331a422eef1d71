#!/usr/bin/env bash
# Runs other people's OData clients (tests/clients) against the built product; test.sh calls it.
#   scripts/lib/clients.sh DIRECTORY REPORT [SETTING…]
# Starts the product with the sample agency in DIRECTORY, generates the typed client from the $metadata it serves, compiles
# both with the tests, and runs them; the report is in TAP. A setting is "--Section:Key=value" for the product.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/scripts/lib/common.sh"

folder=$1 report=$2
shift 2
mkdir -p "$folder"

product= running=
cleanup() {
  trap '' INT TERM
  for process in $running $product; do
    kill -TERM "$process" 2>/dev/null && wait "$process" 2>/dev/null || true
  done
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background, so that an interrupt is answered at once instead of at the command's end.
step() {
  "$@" &
  running=$!
  local status=0
  wait "$running" || status=$?
  running=
  return "$status"
}

export INFLUENCERCRM_URL INFLUENCERCRM_KEY
INFLUENCERCRM_URL=http://127.0.0.1:$(free_port)
INFLUENCERCRM_KEY=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
cd "$folder"
dotnet "$root/src/InfluencerCrm.Host/bin/Release/net10.0/InfluencerCrm.Host.dll" --demo --Urls="$INFLUENCERCRM_URL" \
  --Bootstrap:AdminEmail=admin@example.org --Bootstrap:ApiKey="$INFLUENCERCRM_KEY" --Limits:RequestsPerMinute=0 --Limits:AnonymousPerMinute=0 "$@" >product.log 2>&1 &
product=$!

cd "$root/tests/clients"
step npm ci --ignore-scripts --silent

until curl -fs -o /dev/null "$INFLUENCERCRM_URL/health/ready"; do
  if ! kill -0 "$product" 2>/dev/null || [ "$SECONDS" -gt "${START_TIMEOUT:-120}" ]; then
    echo "The product did not start:" >&2
    cat "$folder/product.log" >&2
    exit 1
  fi
  sleep 0.2
done

rm -rf generated build
step node_modules/.bin/odata2ts >"$folder/generator.log" 2>&1 || { cat "$folder/generator.log" >&2; exit 1; }
step node_modules/.bin/tsc -p .
status=0
step timeout --foreground -k 20 "${TEST_TIMEOUT:-900}" node --test --test-reporter=spec --test-reporter-destination=stdout --test-reporter=tap --test-reporter-destination="$report" build/src/*.test.js || status=$?

# What the product itself took for a fault of its own is one, whatever the client was told; before it listens, EF looks for
# its table of migrations in an empty database and logs that there is none.
if sed '1,/Now listening on/d' "$folder/product.log" | grep -A 8 '^fail: ' >&2; then
  echo "The product logged errors." >&2
  status=1
fi
exit "$status"
