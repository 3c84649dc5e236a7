#!/usr/bin/env bash
# Kills the server and its PostgreSQL (kill -9) repeatedly during imports and compares each result with that of an undisturbed import.
# Usage: tests/scripts/kill-imports.sh [kills per import, default 25] [imports, default 2]
# With CHATPLATFORM_REAL_DATA it imports the larger of the real histories.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
dotnet build tests/WebApi.FunctionalTests --nologo -v q
for ((run = 0; run < ${2:-2}; run++)); do
  dotnet test tests/WebApi.FunctionalTests --no-build --nologo --filter FullyQualifiedName~KilledImportTests --logger 'console;verbosity=detailed' \
    -- "TestRunParameters.Parameter(name=\"kills\", value=\"${1:-25}\")" 'TestRunParameters.Parameter(name="history", value="irc-large")'
done
