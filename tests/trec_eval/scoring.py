"""`dateline eval` beside pytrec_eval (trec_eval's own code), ir_measures and gdeval, every topic, four digits."""

import shutil
import sys

import ir_measures
import pytrec_eval

import runs

TREC_EVAL = {
    "map": "AP", "map_cut_10": "AP@10", "map_cut_100": "AP@100", "ndcg": "nDCG", "ndcg_cut_5": "nDCG@5",
    "ndcg_cut_10": "nDCG@10", "ndcg_cut_1000": "nDCG@1000", "recip_rank": "RR", "P_1": "P@1", "P_10": "P@10",
    "P_1000": "P@1000", "recall_10": "R@10", "recall_1000": "R@1000", "Rprec": "Rprec", "bpref": "Bpref",
    "success_1": "Success@1", "success_10": "Success@10",
}
LEVEL_2 = {"map": "AP(rel=2)", "P_10": "P(rel=2)@10", "recip_rank": "RR(rel=2)", "bpref": "Bpref(rel=2)"}
HALF_A_DIGIT = 0.5e-4


def check(ask, name, run, qrels):
    """How many values differ."""
    judgments, answers = runs.read_qrels(qrels), runs.read(run)
    expected = {}
    for names, level in ((TREC_EVAL, 1), (LEVEL_2, 2)):
        scored = pytrec_eval.RelevanceEvaluator(judgments, set(names), relevance_level=level).evaluate(answers)
        for topic, values in scored.items():
            expected.setdefault(topic, {}).update({names[m]: v for m, v in values.items() if m in names})
    for topic, values in others(judgments, answers).items():
        expected[topic].update(values)
    measures = sorted({m for values in expected.values() for m in values})
    wrong, compared = 0, 0
    for flags in ([], ["-c"]):
        found = ask("eval", run, qrels, "-q", *flags, *[a for m in measures for a in ("-m", m)])
        topics = {t["topic"]: t["values"] for t in found["topics"]}
        zeros = {t: dict.fromkeys(measures, 0.0) for t in judgments if flags and t not in expected}
        wanted = {**expected, **zeros}
        if set(topics) != set(wanted):
            wrong += tell(name, "topics", sorted(topics), sorted(wanted))
        for topic, values in wanted.items():
            for measure, value in values.items():
                compared += 1
                if abs(topics[topic][measure] - value) > HALF_A_DIGIT:
                    wrong += tell(name, f"topic {topic} {measure}", topics[topic][measure], value)
        for measure in measures:
            values = [v[measure] for v in wanted.values() if measure in v]
            mean = sum(values) / len(wanted)
            if len(values) == len(wanted) and abs(found["means"][measure] - mean) > HALF_A_DIGIT:
                wrong += tell(name, f"mean {measure}", found["means"][measure], mean)
    print(f"{name}: {compared} values of {len(expected)} topics, {wrong} differ")
    return wrong


def others(judgments, answers):
    """What trec_eval does not have, from ir_measures and from gdeval.pl where there is Perl."""
    values = {}
    # other tools break ties otherwise: they are given trec_eval's order as scores
    ordered = {t: {d: -float(n) for n, d in enumerate(runs.ranked(docs))} for t, docs in answers.items()}
    names = {"Judged@10": "Judged@10"}
    if shutil.which("perl") and all(t.isdigit() for t in judgments):
        names["ERR@20"] = "ERR@20"
    for metric in ir_measures.iter_calc([ir_measures.parse_measure(m) for m in names], judgments, ordered):
        if metric.query_id in answers and metric.query_id in judgments:
            values.setdefault(metric.query_id, {})[names[str(metric.measure)]] = metric.value
    for topic in values:
        relevant = (judgments[topic].get(d, 0) >= 1 for d in runs.ranked(answers[topic]))
        values[topic]["RBP(p=0.8)"] = sum(0.2 * 0.8**n for n, is_relevant in enumerate(relevant) if is_relevant)
        first = [d for d in runs.ranked(answers[topic])[:10] if judgments[topic].get(d, 0) >= 1][:1]
        values[topic]["RR@10"] = 1 / (runs.ranked(answers[topic]).index(first[0]) + 1) if first else 0.0
    return values


def tell(name, what, found, wanted):
    print(f"{name}: {what}: {found}, not {wanted}", file=sys.stderr)
    return 1
