def check(ask, name, run, other, qrels):
    return 0
