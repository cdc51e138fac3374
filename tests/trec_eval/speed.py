"""What `run.py --speed` runs inside its environment: speed.py DATELINE. Times a run of a million lines."""

import pathlib
import random
import subprocess
import sys
import tempfile
import time

import ir_measures

TOPICS, DEPTH, ROUNDS = 1000, 1000, 5
MEASURES = ["nDCG@10", "AP", "RR", "P@10", "R@100", "Rprec", "Bpref", "Success@1"]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        run, qrels = (pathlib.Path(scratch) / name for name in ("run", "qrels"))
        make(run, qrels)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(timed(lambda: dateline(sys.argv[1], run, qrels)))
            theirs.append(timed(lambda: by_ir_measures(run, qrels)))
        print(f"a run of {TOPICS * DEPTH} lines, {len(MEASURES)} measures; seconds, {ROUNDS} rounds in turn")
        print("dateline (start included)  ", *(f"{t:.2f}" for t in ours))
        print("ir_measures (start left out)", *(f"{t:.2f}" for t in theirs))
        print(f"dateline takes {sorted(ours)[ROUNDS // 2] / sorted(theirs)[ROUNDS // 2]:.3f} of the time (medians)")


def make(run, qrels):
    rng = random.Random(1)
    with open(run, "w") as lines, open(qrels, "w") as judgments:
        for topic in range(1, TOPICS + 1):
            documents = rng.sample(range(100_000), DEPTH)
            for rank, document in enumerate(documents, 1):
                lines.write(f"{topic} Q0 news-2018-{document:06} {rank} {30 - rank * 0.01 - rng.random() / 200:.6f} tag\n")
            for document in sorted(rng.sample(documents, 25) + rng.sample(range(100_000, 101_000), 25)):
                judgments.write(f"{topic} 0 news-2018-{document:06} {rng.randrange(4)}\n")


def dateline(binary, run, qrels):
    names = [a for m in MEASURES for a in ("-m", m)]
    subprocess.run([binary, "eval", run, qrels, *names], check=True, capture_output=True)


def by_ir_measures(run, qrels):
    measures = [ir_measures.parse_measure(m) for m in MEASURES]
    ir_measures.pytrec_eval.calc_aggregate(
        measures, list(ir_measures.read_trec_qrels(str(qrels))), ir_measures.read_trec_run(str(run))
    )


def timed(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


main()
