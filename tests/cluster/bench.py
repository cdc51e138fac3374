#!/usr/bin/env python3
"""Measures an archive on a cluster beside one on this machine: bench.py FILE DATELINE SCRATCH

SCRATCH/nodes is what `cluster.sh up` printed. Both are measured in turn, so that a busy machine is busy for both; what
is printed are medians. Processor time of the cluster is that of its JVMs, whatever they did meanwhile.
"""

import gzip
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request

FILE, DATELINE, SCRATCH = sys.argv[1], str(pathlib.Path(sys.argv[2]).resolve()), pathlib.Path(sys.argv[3])
ROUNDS, UPLOADS = int(os.environ.get("ROUNDS", 5)), int(os.environ.get("UPLOADS", 3))
SHARDS = 3
# Seconds after which what was sent is known to be with all copies.
LEASE = 75
# Kinds of Lucene's files; what is small is left out.
KINDS = [("stored articles", "fdt"), ("positions", "pos"), ("postings", "doc"), ("terms", "tim", "tip"),
         ("columns", "dvd")]
TICKS = os.sysconf("SC_CLK_TCK")
LOCAL = SCRATCH / "index"


class Cluster:
    def __init__(self, told):
        self.nodes = re.findall(r"http://\S+", told)
        self.processes = re.findall(r"process (\d+)", told)

    def engine(self, node=None):
        return f"opensearch:{node or ','.join(self.nodes)}/bench"

    def ask(self, method, path):
        request = urllib.request.Request(f"{self.nodes[0]}/{path}", method=method)
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)

    def cpu(self):
        """Seconds of processor time that its JVMs took."""
        def seconds(process):
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / TICKS
        return sum(map(seconds, self.processes))

    def settle(self):
        """Waits until no segments are being merged."""
        while self.ask("GET", "_stats/merge")["_all"]["total"].get("merges", {}).get("current"):
            time.sleep(0.2)

    def forget(self):
        """Empties the caches of answers: the same queries are asked in every round."""
        self.ask("POST", "bench/_cache/clear?request=true&query=true")

    def delete(self):
        self.ask("DELETE", "bench,bench-files?ignore_unavailable=true")

    def bytes(self):
        """Bytes of the primaries by kind of file."""
        found = self.ask("GET", "bench/_stats/segments?include_segment_file_sizes=true")["_all"]["primaries"]
        return {kind: size["size_in_bytes"] for kind, size in found["segments"]["file_sizes"].items()}


class Proxy:
    """Counts what goes over the wire."""

    def __init__(self, cluster):
        script = pathlib.Path(__file__).with_name("proxy.py")
        command = [sys.executable, script, cluster.nodes[0], "--count"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def counted(self):
        with urllib.request.urlopen(f"{self.address}/_counted") as answer:
            counted = json.load(answer)
        return [counted[name] for name in ("requests", "sent", "received")]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def run(*args):
    """Runs the command; seconds, and seconds of its processor time."""
    began = time.monotonic()
    process = subprocess.Popen([DATELINE, *map(str, args)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    took = time.monotonic() - began
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"bench: dateline {' '.join(map(str, args))}: {told.decode().strip()}")
    return took, used.ru_utime + used.ru_stime


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def articles():
    with (gzip.open if FILE.endswith(".gz") else open)(FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def spread(values, count):
    """`count` of them at most, from all over the list."""
    return values[::max(1, len(values) // count)][:count]


def topics(read, count):
    """Of headlines: their first two words of five letters or more; fifteen words in a row of neighbouring ones; the
    first four letters of a word."""
    headlines = [article.get("title") or article.get("headline") or "" for article in read]
    words = [re.findall(r"[^\W_]+", headline) for headline in headlines]
    long = [[word for word in found if len(word) >= 5] for found in words]
    pairs = [" ".join(found[:2]) for found in long if len(found) >= 2]
    questions = [" ".join((a + b + c)[:15]) for a, b, c in zip(words, words[1:], words[2:]) if len(a + b + c) >= 15]
    beginnings = [found[0][:4].lower() + "*" for found in long if found and found[0].isascii()]
    return [spread(pairs, count), spread(questions, count), spread(beginnings, count // 4)]


def write(name, queries):
    path = SCRATCH / name
    path.write_text("".join(f"{number}\t{query}\n" for number, query in enumerate(queries)), encoding="utf-8")
    return path


def upload(cluster, where, *flags):
    """Fills the cluster anew; seconds, and processor time of the client and of the cluster, merges included."""
    cluster.delete()
    cluster.settle()
    before = cluster.cpu()
    flags = ["--shards", SHARDS, "--timeout", 600, *flags]
    took, client = run("index", FILE, "--engine", where, *flags)
    cluster.settle()
    return took, client, cluster.cpu() - before


def index_here():
    shutil.rmtree(LOCAL, ignore_errors=True)
    return run("index", FILE, "--index", LOCAL)


def indexing(cluster, read):
    # the first upload warms the JVMs, and its bytes are counted
    proxy = Proxy(cluster)
    upload(cluster, cluster.engine(proxy.address), "--replicas", 0)
    sent = proxy.counted()[1]
    proxy.close()
    here, alone, copied = [], [], []
    for _ in range(UPLOADS):
        here.append(index_here())
        copied.append(upload(cluster, cluster.engine(), "--replicas", 1))
        alone.append(upload(cluster, cluster.engine(), "--replicas", 0))
    here, alone, copied = medians(here), medians(alone), medians(copied)
    bodies = (article.get("text") or article.get("body") or "" for article in read)
    count, text = len(read), sum(len(body.encode()) for body in bodies)
    print(f"{'indexing':<34}{'here':>9}{'cluster':>9}{'ratio':>8}{'1 replica':>11}{'ratio':>8}")

    def row(name, value, form):
        a, b, c = value(here), value(alone), value(copied)
        shown, ratios = f"{a:{form}}" if a else "", [f"{x / a:.2f}" if a else "" for x in (b, c)]
        print(f"  {name:<32}{shown:>9}{b:>9{form}}{ratios[0]:>8}{c:>11{form}}{ratios[1]:>8}", flush=True)

    row("MB/s of body text", lambda all: text / all[0] / 1e6, ".2f")
    row("articles/s", lambda all: count / all[0], ",.0f")
    row("client's CPU, ms an article", lambda all: all[1] / count * 1e3, ".3f")
    row("cluster's CPU, ms an article", lambda all: sum(all[2:]) / count * 1e3, ".3f")
    print(f"  {'sent, kB an article':<32}{'':>9}{sent / count / 1e3:>9.1f}\n")


def disk(cluster, read):
    cluster.ask("POST", "bench/_flush?force=true")
    sent = cluster.bytes()
    # until then merges keep what replicas might have to catch up on: each article as it was sent
    time.sleep(LEASE)
    before = cluster.cpu()
    run("index", "--compact", "--index", LOCAL)
    run("index", "--compact", "--engine", cluster.engine(), "--timeout", 600)
    cluster.settle()
    compacting = cluster.cpu() - before
    cluster.ask("POST", "bench/_flush?force=true")
    cluster.ask("POST", "bench/_refresh")
    kept = cluster.bytes()
    here = sum(file.stat().st_size for file in LOCAL.rglob("*") if file.is_file())
    per = 1e3 * len(read)
    print(f"{'disk, kB an article':<34}{'here':>9}{'cluster':>9}{'ratio':>8}{'as sent':>11}{'ratio':>8}")

    def row(name, *kinds, here=None):
        there, first = (sum(size for kind, size in found.items() if not kinds or kind in kinds)
                        for found in (kept, sent))
        ratios = [f"{value / here:.2f}" if here else "" for value in (there, first)]
        shown = f"{here / per:.2f}" if here else ""
        print(f"  {name:<32}{shown:>9}{there / per:>9.2f}{ratios[0]:>8}{first / per:>11.2f}{ratios[1]:>8}")

    row("compacted", here=here)
    for name, *kinds in KINDS:
        row(f"  {name}", *kinds)
    print(f"  {'CPU to compact, ms an article':<32}{'':>9}{compacting / len(read) * 1e3:>9.3f}\n", flush=True)


def a_query(cluster, proxy, queries, *flags):
    """Of a query of a batch, without what starting takes: ms here and there, ms of processor time of the client here
    and there and of the cluster; requests and bytes there and back."""
    many, one = write("many.tsv", queries), write("one.tsv", queries[:1])
    flags = ["--threads", 1, *flags]

    def batch(topics, *where):
        cluster.forget()
        before = cluster.cpu()
        return [*run("batch", topics, *flags, *where), cluster.cpu() - before]

    def each(*where):
        (a, b, c), (d, e, f) = batch(many, *where), batch(one, *where)
        return [(x - y) / (len(queries) - 1) * 1e3 for x, y in ((a, d), (b, e), (c, f))]

    rows = []
    for _ in range(ROUNDS):
        here, there = each("--index", LOCAL), each("--engine", cluster.engine())
        rows.append([here[0], there[0], here[1], there[1], there[2], there[0] / here[0]])
    counts = [proxy.counted()]
    for file in (many, one):
        batch(file, "--engine", cluster.engine(proxy.address))
        counts.append(proxy.counted())
    start, full, end = counts
    wire = [((b - a) - (c - b)) / (len(queries) - 1) for a, b, c in zip(start, full, end)]
    return medians(rows) + wire


def a_process(cluster, queries):
    rows = []
    for query in queries:
        here = run("query", query, "--index", LOCAL)
        before = cluster.cpu()
        there = run("query", query, "--engine", cluster.engine())
        rows.append([here[0] * 1e3, there[0] * 1e3, here[1] * 1e3, there[1] * 1e3, (cluster.cpu() - before) * 1e3,
                     there[0] / here[0]])
    return medians(rows)


def queries(cluster, read):
    two, fifteen, beginnings = topics(read, 200)
    shown = ("--format", "jsonl")
    print(f"{'':<32}{'elapsed, ms':^20}{'':>7} {'CPU, ms':^26}{'on the wire':^24}")
    print(f"{'a query':<32}{'here':>9}{'cluster':>10}{'ratio':>8}{'here':>8}{'client':>8}{'cluster':>9}"
          f"{'asked':>7}{'kB out':>8}{'kB back':>9}")

    def row(name, values):
        here, there, cpu, client, jvms, ratio, *wire = values
        wire = f"{wire[0]:>7.1f}{wire[1] / 1e3:>8.1f}{wire[2] / 1e3:>9,.0f}" if wire else ""
        print(f"  {name:<30}{here:>9.2f}{there:>10.1f}{ratio:>8.0f}{cpu:>8.2f}{client:>8.1f}{jvms:>9.1f}{wire}",
              flush=True)

    # new JVMs are slow
    for warm in (two, fifteen, two, fifteen):
        run("batch", write("warm.tsv", warm), *shown, "--engine", cluster.engine())
    proxy = Proxy(cluster)
    row("two words", a_query(cluster, proxy, two, *shown))
    row("fifteen words", a_query(cluster, proxy, fifteen, *shown))
    row("fifteen words, 1,000 deep", a_query(cluster, proxy, fifteen[::4], "--limit", 1000))
    row("a beginning (abcd*)", a_query(cluster, proxy, beginnings, "--syntax", *shown))
    row("a process, two words", a_process(cluster, two[::10]))
    proxy.close()


def main():
    cluster = Cluster((SCRATCH / "nodes").read_text())
    read = articles()
    nodes = f"{len(cluster.nodes)} nodes of 512 MB heap, {SHARDS} shards"
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f} as it began"
    print(f"{len(read):,} articles; {nodes}; {machine}; medians of {UPLOADS} uploads, {ROUNDS} rounds\n", flush=True)
    indexing(cluster, read)
    disk(cluster, read)
    queries(cluster, read)
    print(f"\nload {os.getloadavg()[0]:.0f} as it ended")


main()
