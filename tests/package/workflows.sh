#!/usr/bin/env bash
# Holds the workflow files of the hosted CI to their schema.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v npm > /dev/null; then
  echo "workflows: passed over: no npm to install the linter with"
  exit 0
fi
linter=target/tools/npm/node_modules/.bin/action-validator
if [ ! -x "$linter" ]; then
  npm install --silent --no-fund --no-audit --prefix target/tools/npm \
    @action-validator/core@0.6.0 @action-validator/cli@0.6.0
fi
for file in .github/workflows/*.yml; do
  "$linter" "$file"
  echo "$file ok"
done
