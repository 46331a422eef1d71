#!/usr/bin/env bash
# Builds and starts InfluencerCrm on http://localhost:5080 with the sample agency.
# Arguments go to the program: ./scripts/run.sh --empty starts without the sample.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/common.sh

need_sdk
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build src/InfluencerCrm.Host -c Release -v quiet
[ $# -gt 0 ] || set -- --demo
exec dotnet src/InfluencerCrm.Host/bin/Release/net10.0/InfluencerCrm.Host.dll "$@"
