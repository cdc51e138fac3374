#!/usr/bin/env bash
# The archive on a cluster beside the one on this machine: bench.sh FILE [DATELINE [COLLECTIONS]]
#
# Starts a cluster of its own (ports from 9221, so that it runs beside another), fills both with FILE, prints what
# indexing and queries cost on each, and, where COLLECTIONS is a folder, what the score of the cluster alone would have
# ranked. ROUNDS (5) and UPLOADS (3) say how often it is measured. See cluster.sh for the other variables.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
file=${1:?"usage: bench.sh FILE [DATELINE [COLLECTIONS]]"}
dateline=${2:-$here/../../target/release/dateline}
collections=${3:-}
export DATELINE_CLUSTER_HTTP=${DATELINE_CLUSTER_HTTP:-9221}
unset DATELINE_ENGINE DATELINE_INDEX

if [ ! -f "$file" ]; then
    echo "bench: no file $file; run make bench-cluster FILE=articles.jsonl" >&2
    exit 0
fi
if ! command -v python3 > /dev/null; then
    echo "bench: no python3 to measure with; the cluster is not measured" >&2
    exit 0
fi
scratch=$(mktemp -d)
trap '"$here/cluster.sh" down; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
"$here/cluster.sh" up > "$scratch/nodes"
cat "$scratch/nodes" >&2
python3 "$here/bench.py" "$file" "$dateline" "$scratch"
[ -d "$collections" ] || exit 0
echo
python3 "$here/candidates.py" "http://127.0.0.1:$DATELINE_CLUSTER_HTTP" "$dateline" \
    "$collections"/{newsqa_dev,cranfield,cisi,medline,npl}
