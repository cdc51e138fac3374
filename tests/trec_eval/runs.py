"""Runs to score: BM25 over the collections, and random ones with everything that goes wrong in real files."""

import collections
import gzip
import json
import math
import random
import re

import numpy

WORD = re.compile(r"\w+")
DEPTH = 1000


def of_collection(folder, cache):
    """Two BM25 runs, Lucene's and Anserini's settings, kept in `cache`."""
    made = [cache / f"{folder.name}-{n}.run" for n in (1, 2)]
    if not all(path.exists() for path in made):
        index = Index(documents(folder))
        topics = [line.rstrip("\n").split("\t", 1) for line in open(folder / "queries.tsv", encoding="utf-8")]
        for path, (k1, b) in zip(made, ((1.2, 0.75), (0.9, 0.4))):
            partial = path.with_suffix(".partial")
            with open(partial, "w", encoding="utf-8") as out:
                for topic, question in topics:
                    for rank, (docno, score) in enumerate(index.best(question, k1, b), 1):
                        out.write(f"{topic} Q0 {docno} {rank} {score:.4f} bm25\n")
            partial.rename(path)
    return made


def documents(folder):
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            yield str(document["id"]), f"{document.get('title') or ''} {document.get('text') or ''}"


class Index:
    """BM25 in a page: postings in numpy."""

    def __init__(self, documents):
        postings = collections.defaultdict(lambda: ([], []))
        self.docnos, lengths = [], []
        for at, (docno, text) in enumerate(documents):
            counts = collections.Counter(WORD.findall(text.lower()))
            self.docnos.append(docno)
            lengths.append(sum(counts.values()))
            for word, count in counts.items():
                postings[word][0].append(at)
                postings[word][1].append(count)
        self.lengths = numpy.array(lengths, dtype=float)
        self.postings = {w: (numpy.array(d), numpy.array(c, dtype=float)) for w, (d, c) in postings.items()}

    def best(self, question, k1, b):
        scores = numpy.zeros(len(self.docnos))
        norms = k1 * (1 - b + b * self.lengths / self.lengths.mean())
        for word, times in collections.Counter(WORD.findall(question.lower())).items():
            if word in self.postings:
                at, counts = self.postings[word]
                idf = math.log(1 + (len(self.docnos) - len(at) + 0.5) / (len(at) + 0.5))
                scores[at] += times * idf * counts * (k1 + 1) / (counts + norms[at])
        order = numpy.argsort(-scores, kind="stable")[:DEPTH]
        return [(self.docnos[i], scores[i]) for i in order if scores[i] > 0]


def synthetic(folder, seed):
    """Two runs and qrels with ties, scientific notation, wrong ranks, negative grades, topics on one side only."""
    rng = random.Random(seed)
    qrels = folder / f"{seed}.qrels"
    with open(qrels, "w") as out:
        for topic in range(1, 41):
            grades = [0] if topic % 9 == 0 else [-2, -1, 0, 0, 0, 1, 1, 2, 3]
            # pytrec_eval crashes on a topic whose grades are all negative
            out.write(f"{topic} 0 d400 {max(0, rng.choice(grades))}\n")
            for document in rng.sample(range(400), rng.choice([0, 4, 60])):
                out.write(f"{topic} 0 d{document} {rng.choice(grades)}\n")
    made = [folder / f"{seed}-{n}.run" for n in (1, 2)]
    for path in made:
        with open(path, "w", newline="") as out:
            lines = []
            for topic in rng.sample(range(1, 46), 38):
                for document in rng.sample(range(400), rng.choice([1, 3, 50, 300])):
                    score = rng.choice([rng.random(), rng.randrange(5), 16777216 + rng.randrange(4), -rng.random()])
                    written = rng.choice([f"{score}", f"{score:.3f}", f"{score:e}", f"{score:.2E}"])
                    lines.append(f"{topic} Q0 d{document} {rng.randrange(9)} {written} s")
            rng.shuffle(lines)
            out.write("\r\n".join(lines) + "\r\n")
    return made[0], made[1], qrels


def read(path):
    """A run as pytrec_eval takes it: topic -> docno -> score."""
    run = collections.defaultdict(dict)
    for line in open(path, encoding="utf-8"):
        topic, _, docno, _, score, _ = line.split()
        run[topic][docno] = float(score)
    return dict(run)


def read_qrels(path):
    qrels = collections.defaultdict(dict)
    for line in open(path, encoding="utf-8"):
        topic, _, docno, grade = line.split()
        qrels[topic][docno] = int(grade)
    return dict(qrels)


def ranked(documents):
    """trec_eval's order: score as a float, descending, then docno, descending."""
    return sorted(documents, key=lambda d: (numpy.float32(documents[d]), d.encode()), reverse=True)
