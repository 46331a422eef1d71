#!/usr/bin/env bash
# Adds a migration of the given name for each of the three databases.
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: scripts/add-migration.sh NAME}
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer PostgreSql; do
  echo "== $provider"
  dotnet ef migrations add "$name" --project "src/InfluencerCrm.Data.$provider" --startup-project "src/InfluencerCrm.Data.$provider" --output-dir Migrations
done
