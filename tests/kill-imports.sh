#!/usr/bin/env bash
# Kills the server and its PostgreSQL (kill -9) again and again during an import and compares what is left with an undisturbed import:
# tests/kill-imports.sh [kills, 50 by default]. With CHATPLATFORM_REAL_DATA the larger of the real histories goes in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet test tests/WebApi.FunctionalTests --nologo --filter FullyQualifiedName~KilledImportTests --logger 'console;verbosity=detailed' \
  -- "TestRunParameters.Parameter(name=\"kills\", value=\"${1:-50}\")" 'TestRunParameters.Parameter(name="history", value="irc-large")'
