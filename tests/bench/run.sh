#!/bin/sh
# Runs the benchmarks on a file of JSON lines, plain or gzipped: tests/bench/run.sh FILE
set -eu
file=$1
if [ ! -f "$file" ]; then
    echo "bench: no file $file; run make bench FILE=articles.jsonl" >&2
    exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case $file in
*.gz) gzip -dc "$file" > "$scratch/articles.jsonl" ;;
*) cp "$file" "$scratch/articles.jsonl" ;;
esac
${CARGO:-cargo} bench --quiet --bench side_by_side -- "$scratch/articles.jsonl"
${CARGO:-cargo} bench --quiet --bench scale -- "$scratch/articles.jsonl" "${ARTICLES_MADE:-100000}"
