#!/usr/bin/env python3
"""What the score of the cluster alone would rank, beside what is shown: candidates.py NODE DATELINE FOLDER...

Each FOLDER is a collection: docs.jsonl.gz, queries.tsv, qrels.txt. Its articles are put on the cluster; each topic's
terms, as `dateline query --explain` tells them, are then asked for as candidates are: any of them in the field `text`,
by the cluster's BM25. Both rankings are scored by `dateline eval`.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

NODE, DATELINE = sys.argv[1], str(pathlib.Path(sys.argv[2]).resolve())
MEASURE = "nDCG@10"


def dateline(*args, fine=(0, 1)):
    done = subprocess.run([DATELINE, *map(str, args)], capture_output=True, text=True)
    if done.returncode not in fine:
        sys.exit(f"candidates: dateline {' '.join(map(str, args))}: {done.stderr.strip()}")
    return done.stdout


def ask(method, path, body=None):
    request = urllib.request.Request(f"{NODE}/{path}", method=method, headers={"Content-Type": "application/json"},
                                     data=body and json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=600) as answer:
        return json.load(answer)


def terms(topic, local):
    """The terms that a topic asks for, and how much each counts; none where nothing is found."""
    # as plain words: nothing in it may mean anything to the query language
    words = re.sub(r"[^\w\s.']", " ", topic).lower()
    found = json.loads(dateline("query", words, "--index", local, "--limit", 1, "--explain", "--format", "json"))
    asked = found["hits"][0]["explain"]["terms"] if found["hits"] else []
    return [(word["word"], term["weight"]) for term in asked for word in term["words"]]


def clusters_own(index, asked):
    """The first ten articles in the cluster's own order."""
    should = [{"term": {"text": {"value": word, "boost": weight}}} for word, weight in asked]
    search = {"size": 10, "_source": ["id"], "query": {"bool": {"should": should}},
              "sort": [{"_score": "desc"}, {"id": "asc"}]}
    found = ask("POST", f"{index}/_search?search_type=dfs_query_then_fetch", search)["hits"]["hits"]
    return [(hit["_source"]["id"], hit["sort"][0]) for hit in found]


def score(run, qrels):
    told = json.loads(dateline("eval", run, qrels, "-m", MEASURE, "--format", "json"))
    return told["means"][MEASURE]


def judge(folder, scratch):
    index = f"candidates-{folder.name.replace('_', '-')}"
    engine, local, own, ours = f"opensearch:{NODE}/{index}", scratch / "index", scratch / "own", scratch / "ours"
    ask("DELETE", f"{index},{index}-files?ignore_unavailable=true")
    # some collections have empty documents, which are refused
    docs, on_cluster = folder / "docs.jsonl.gz", ("--shards", 3, "--replicas", 0, "--timeout", 600)
    dateline("index", docs, "--index", local, fine=(0, 2))
    dateline("index", docs, "--engine", engine, *on_cluster, fine=(0, 2))
    topics = [line.split("\t", 1) for line in (folder / "queries.tsv").read_text().splitlines()]
    with own.open("w") as run:
        for topic, text in topics:
            asked = terms(text, local)
            for rank, (article, value) in enumerate(clusters_own(index, asked) if asked else [], 1):
                run.write(f"{topic} Q0 {article} {rank} {value} cluster\n")
    ours.write_text(dateline("batch", folder / "queries.tsv", "--engine", engine, "--limit", 10))
    ask("DELETE", f"{index},{index}-files")
    values = [score(run, folder / "qrels.txt") for run in (own, ours)]
    print(f"{folder.name:<24}{len(topics):>7}{values[0]:>18.4f}{values[1]:>10.4f}{values[1] / values[0] - 1:>+9.1%}",
          flush=True)


def main():
    print(f"{MEASURE:<24}{'topics':>7}{'cluster alone':>18}{'rescored':>10}{'gain':>9}", flush=True)
    for folder in map(pathlib.Path, sys.argv[3:]):
        if not (folder / "docs.jsonl.gz").exists():
            print(f"candidates: no {folder}, passed over", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            judge(folder, pathlib.Path(scratch))


main()
