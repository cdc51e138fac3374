#!/usr/bin/env bash
# run.sh: runs every test that this machine has the means for; its last line counts what passed, what failed and what was
# passed over. A test that needs more than cargo is ignored and names its need: `#[ignore = "needs prlimit"]`.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
log=$(mktemp) && trap 'rm -f "$log"' EXIT
: "${CARGO:=cargo}"
export CARGO

# Failures and sums; the hundreds of lines that say "ok" go to the log alone.
run() {
  echo "\$ cargo test${*:+ ${*//$'\n'/ }}" | cut -c1-100
  "$CARGO" test --no-fail-fast "$@" | tee -a "$log" | grep --line-buffered -Ev '^(test .* \.\.\. (ok|ignored.*)|running [0-9]+ tests?|)$'
  [ "${PIPESTATUS[0]}" -eq 0 ]
}

has() {
  case $1 in
    ../shared/*) [ -e "$1" ] ;;
    prlimit) command -v prlimit > /dev/null ;;
    script) script -qec true /dev/null > /dev/null ;;
    "a user namespace") unshare --user --map-root-user true 2> /dev/null ;;
    "a mount namespace") unshare --mount true 2> /dev/null || unshare --user --map-root-user --mount true 2> /dev/null ;;
    trec_eval) python3 -B tests/trec_eval/run.py --install target/tmp/trec_eval_venv ;;
    *) echo "run.sh: no test for \"$1\"" >&2; return 1 ;;
  esac
}

failed=0
run --lib --bins --tests || failed=1
run --doc || failed=1

needs=$(sed -n 's/^test \(.*\) \.\.\. ignored, needs \(.*\)$/\2\t\1/p' "$log" | sort -u)
over= names=()
while IFS= read -r need; do
  [ -n "$need" ] || continue
  mapfile -t of < <(awk -F '\t' -v need="$need" '$1 == need { print $2 }' <<< "$needs")
  if has "$need"; then names+=("${of[@]}"); else over+="${over:+, }${#of[@]} for want of $need"; fi
done < <(cut -f 1 <<< "$needs" | sort -u)
if [ ${#names[@]} -gt 0 ]; then
  run --lib --bins --tests -- --ignored --exact "${names[@]}" || failed=1
fi

sum() { sed -n "s/^test result: .* \([0-9]*\) $1;.*/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
left=$(sed -n 's/^test .* \.\.\. ignored, runs by \(.*\)$/\1/p' "$log" | sort -u | paste -sd , | sed 's/,/, /g')
echo "tests: $(sum passed) passed, $(sum failed) failed; passed over: ${over:-none}; left to: $left"
exit $failed
