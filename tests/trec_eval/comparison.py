"""`dateline compare` beside scipy (t-test, randomization test, Kendall's tau) and the rbo package."""

import sys

import numpy
import pytrec_eval
import rbo
from scipy import stats

import runs

MEASURES = {"map": "AP", "ndcg_cut_10": "nDCG@10", "P_5": "P@5"}
DRAWN = 100_000


def check(ask, name, before, after, qrels):
    """How many values differ."""
    return judged(ask, name, before, after, qrels) + unjudged(ask, name, before, after)


def judged(ask, name, before, after, qrels):
    judgments = runs.read_qrels(qrels)
    old, new = (pytrec_eval.RelevanceEvaluator(judgments, set(MEASURES)).evaluate(runs.read(r)) for r in (before, after))
    topics = sorted(set(old) | set(new))
    options = [a for m in MEASURES.values() for a in ("-m", m)]
    found = {m["measure"]: m for m in ask("compare", before, after, "--qrels", qrels, *options)["measures"]}
    wrong = 0
    for trec_name, measure in MEASURES.items():
        a, b = ([run.get(t, {}).get(trec_name, 0.0) for t in topics] for run in (old, new))
        differences = numpy.array(b) - numpy.array(a)
        test, row = stats.ttest_rel(b, a), found[measure]
        wrong += differ(f"{name} {measure} difference", row["difference"], differences.mean(), 1e-9)
        wrong += differ(f"{name} {measure} t", row["t_test"]["t"], test.statistic, 1e-6)
        wrong += differ(f"{name} {measure} p of t", row["t_test"]["p"], test.pvalue, 1e-9)
        wrong += differ(f"{name} {measure} d", row["effect_size"], differences.mean() / differences.std(ddof=1), 1e-9)
        wrong += randomization(f"{name} {measure}", row, differences)
    return wrong


def randomization(what, row, differences):
    changed = differences[numpy.abs(differences) > 1e-9]
    if len(changed) < 2:
        return differ(f"{what} p", row["randomization_p"], 1.0, 1e-12)
    resamples = numpy.inf if len(changed) <= 16 else DRAWN
    wanted = stats.permutation_test(
        (changed,), lambda x, axis: numpy.abs(numpy.mean(x, axis=axis)), permutation_type="samples",
        alternative="greater", n_resamples=resamples, vectorized=True, batch=1000, random_state=1,
    ).pvalue
    # both were drawn: four standard errors of the difference
    room = 1e-9 if resamples is numpy.inf else 4 * (2 * max(wanted, 1e-4) * (1 - wanted) / DRAWN) ** 0.5
    return differ(f"{what} p", row["randomization_p"], wanted, room)


def unjudged(ask, name, before, after):
    old, new = runs.read(before), runs.read(after)
    wrong, compared = 0, 0
    found = ask("compare", before, after, "-n", 100000)
    topics = {t["topic"]: t for t in found["topics"]}
    for topic in sorted(set(old) & set(new))[:200]:
        a, b = runs.ranked(old[topic]), runs.ranked(new[topic])
        if a == b:
            continue
        compared += 1
        places = {d: n for n, d in enumerate(b)}
        shared = [places[d] for d in a if d in places]
        wrong += differ(f"{name} {topic} RBO", topics[topic]["rbo"], rbo.RankingSimilarity(a, b).rbo_ext(0.9), 1e-9)
        if len(shared) > 1:
            tau = stats.kendalltau(range(len(shared)), shared).statistic
            wrong += differ(f"{name} {topic} tau", topics[topic]["tau"], tau, 1e-9)
    print(f"{name}: {len(MEASURES)} measures compared, {compared} pairs of rankings, {wrong} differ")
    return wrong


def differ(what, found, wanted, room):
    if found is None or abs(found - wanted) > room:
        print(f"{what}: {found}, not {wanted}", file=sys.stderr)
        return 1
    return 0
