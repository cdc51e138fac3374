"""What run.py runs inside its environment: check.py DATELINE CACHE [COLLECTIONS]."""

import json
import pathlib
import subprocess
import sys
import tempfile

import comparison
import runs
import scoring

CACHE_VERSION = "1"


def main():
    dateline, cache, *collections = sys.argv[1:]
    cache = pathlib.Path(cache) / f"runs-{CACHE_VERSION}"
    cache.mkdir(parents=True, exist_ok=True)
    ask = lambda *args: answer(dateline, args)
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for seed in range(6):
            run, other, qrels = runs.synthetic(scratch, seed)
            failures += scoring.check(ask, f"synthetic {seed}", run, qrels)
            failures += comparison.check(ask, f"synthetic {seed}", run, other, qrels)
        for folder in sorted(pathlib.Path(collections[0]).glob("*/qrels.txt")) if collections else []:
            name = folder.parent.name
            run, other = runs.of_collection(folder.parent, cache)
            failures += scoring.check(ask, name, run, folder)
            failures += comparison.check(ask, name, run, other, folder)
    print(f"{failures} differences" if failures else "no difference")
    sys.exit(1 if failures else 0)


def answer(dateline, args):
    """The JSON that a call of dateline prints."""
    done = subprocess.run([dateline, *map(str, args), "--format", "json"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"dateline {' '.join(map(str, args))}: exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


main()
