#!/usr/bin/env bash
# Writes a software bill of materials (CycloneDX, JSON) of what is shipped, the server and the migrator: scripts/sbom.sh [version] [file]
# Defaults: the version of Directory.Build.props, artifacts/sbom.json. Restores packages; builds nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version="${1:-$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)}"
file="${2:-artifacts/sbom.json}"

# A filter beside the solution leaves out tests and benchmarks.
filter="$(mktemp ./shipped-XXXXXX.slnf)"
trap 'rm -f "$filter"' EXIT
cat >"$filter" <<'EOF'
{
  "solution": {
    "path": "ChatPlatform.sln",
    "projects": ["src/WebApi/WebApi.csproj", "migrations/ChatPlatform.Migrations.csproj"]
  }
}
EOF

mkdir -p "$(dirname "$file")"
dotnet tool restore
dotnet tool run dotnet-CycloneDX -- "$filter" --output "$(dirname "$file")" --filename "$(basename "$file")" --output-format Json \
  --set-name ChatPlatform --set-version "$version" --set-type Application
echo "$file"
