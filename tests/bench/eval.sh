#!/bin/sh
# Scores a run of a million lines with dateline and with ir_measures (its pytrec_eval provider), in turn, and prints
# both times and their ratio: tests/bench/eval.sh [DATELINE [VENV]]. The environment is the one that the comparison with
# trec_eval makes; where it cannot be made, this says so and passes over.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
dateline=${1:-target/release/dateline}
venv=${2:-target/tmp/trec_eval_venv}
if ! command -v python3 > /dev/null; then
    echo "bench: no python3, evaluation is not measured" >&2
    exit 0
fi
python3 "$here/trec_eval/run.py" --speed "$dateline" "$venv" || [ $? -eq 77 ]
