#!/usr/bin/env bash
# Runs each fuzz target for so many seconds, some at once, and prints what came of it: run.sh SECONDS [TARGET …].
# What makes a target fail is kept in target/fuzz/artifacts; `cargo +nightly fuzz run TARGET FILE` repeats it.
set -euo pipefail
cd "$(dirname "$0")"

seconds=$1
shift
root=$(cd ../.. && pwd)
out=$root/target/fuzz
jobs=${JOBS:-$(nproc)}
# inputs that are no longer than this, in bytes
longest=4096

if ! cargo +nightly --version > /dev/null 2>&1; then
  echo "fuzz: passed over: no nightly toolchain; install it with: rustup toolchain install nightly"
  exit 0
fi
. "$root/tests/tool.sh"
tool cargo-fuzz 0.13.2

# our own code has no unsafe blocks: coverage without a sanitizer finds its panics, and is several times as fast
build=(--fuzz-dir . --sanitizer none --codegen-units 16 --target-dir "$out/build")
echo "fuzz: building the targets"
cargo +nightly fuzz build "${build[@]}" 2>&1 | grep -E '^(error|warning: unused)' || true
binaries=$(find "$out/build" -maxdepth 2 -type d -name release | head -1)
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' Cargo.toml))
for target in "${targets[@]}"; do
  [ -x "$binaries/$target" ] || { echo "fuzz: no target $target was built"; exit 2; }
done

# what the targets begin with: the samples that the other tests read
seeds=$out/seeds
mkdir -p "$seeds/files" "$seeds/queries" "$seeds/tables"
cp -u "$root"/tests/forms/samples/* "$root"/seeds/articles/*.* "$seeds/files/" 2> /dev/null || true
cp -u "$root"/seeds/*.{tsv,txt,json} "$seeds/tables/"
grep -v '^#' "$root/tests/tables/query-language.txt" | awk 'NF { n++; f = sprintf("%s/%d", d, n); print > f; close(f) }' d="$seeds/queries"

run() {
  local target=$1 begin=files
  case $target in
    query) begin=queries ;;
    topics | scored | gate | stated | stored) begin=tables ;;
  esac
  mkdir -p "$out/corpus/$target" "$out/artifacts/$target" "$out/logs"
  local log=$out/logs/$target.log status=0
  "$binaries/$target" -max_total_time="$seconds" -max_len="$longest" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
    -verbosity=1 -artifact_prefix="$out/artifacts/$target/" "$out/corpus/$target" "$seeds/$begin" > "$log" 2>&1 || status=$?
  local runs covered
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  covered=$(grep -o 'cov: [0-9]*' "$log" | tail -1)
  printf '%-12s %12s %10s  %s\n' "$target" "${runs:-?}" "${covered#cov: }" "$([ $status -eq 0 ] && echo ok || echo "FAILED, see $log")"
  return $status
}

printf '%-12s %12s %10s\n' target inputs edges
status=0
running=0
for target in "${targets[@]}"; do
  if [ $running -ge "$jobs" ]; then
    wait -n || status=1
    running=$((running - 1))
  fi
  run "$target" &
  running=$((running + 1))
done
while [ $running -gt 0 ]; do
  wait -n || status=1
  running=$((running - 1))
done
exit $status
