#!/usr/bin/env bash
# Checks the API's description with Spectral's rules (spectral:oas) and Redocly's (recommended); what they merely warn of fails too:
#   ./scripts/lint-openapi.sh            ./scripts/lint-openapi.sh some/other/openapi.json
# A test holds api-docs/openapi.json to what the product serves.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/common.sh

document=$(realpath "${1:-api-docs/openapi.json}")
need_package npm npm "runs the linters of the API's description"

cd tests/lint
# Installed once for each state of the lock file; nothing of a package runs while it is installed.
stamp=node_modules/.installed
if ! cmp -s package-lock.json "$stamp" 2>/dev/null; then
  npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json "$stamp"
fi

# Redocly asks nobody about its use and its updates.
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

failed=0
say "Spectral $(npx --no-install spectral --version)"
npx --no-install spectral lint --ruleset spectral.yaml --fail-severity warn --display-only-failures "$document" || failed=1
say "Redocly $(npx --no-install redocly --version)"
npx --no-install redocly lint --config redocly.yaml --max-problems 1000 "$document" 2>&1 | tee redocly.log || failed=1
# Redocly's warnings do not change its exit status.
grep -Eq 'You have [1-9]' redocly.log && failed=1
rm -f redocly.log

echo
[ "$failed" = 0 ] && echo "The description of the API passes both linters." || echo "The description of the API does not pass." >&2
exit "$failed"
