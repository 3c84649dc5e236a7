#!/usr/bin/env bash
# Kills the server and its PostgreSQL (kill -9) again and again during imports and compares what each leaves with an undisturbed import:
# tests/kill-imports.sh [kills in each import, 25 by default] [imports, 2]. With CHATPLATFORM_REAL_DATA the larger of the real histories goes in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build tests/WebApi.FunctionalTests --nologo -v q
for ((run = 0; run < ${2:-2}; run++)); do
  dotnet test tests/WebApi.FunctionalTests --no-build --nologo --filter FullyQualifiedName~KilledImportTests --logger 'console;verbosity=detailed' \
    -- "TestRunParameters.Parameter(name=\"kills\", value=\"${1:-25}\")" 'TestRunParameters.Parameter(name="history", value="irc-large")'
done
