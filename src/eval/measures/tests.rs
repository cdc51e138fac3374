use super::*;
use crate::eval::trec::{Qrels, Run};

#[test]
fn names_are_read_in_either_spelling() {
    for (typed, name) in [
        ("nDCG@10", "nDCG@10"),
        ("ndcg_cut_10", "nDCG@10"),
        ("ndcg_cut.5", "nDCG@5"),
        ("NDCG", "nDCG"),
        ("map", "AP"),
        ("map_cut_100", "AP@100"),
        ("ap@100", "AP@100"),
        ("recip_rank", "RR"),
        ("RR@10", "RR@10"),
        ("P_5", "P@5"),
        ("p@5", "P@5"),
        ("P(rel=2)@5", "P(rel=2)@5"),
        ("recall_1000", "R@1000"),
        ("Rprec", "Rprec"),
        ("bpref", "Bpref"),
        ("MRR", "RR"),
        ("mrr@10", "RR@10"),
        ("MAP@1000", "AP@1000"),
        ("Recall@100", "R@100"),
        ("Recall(rel=2)@5", "R(rel=2)@5"),
        ("Precision@5", "P@5"),
        ("R-Precision", "Rprec"),
        ("hit@1", "Success@1"),
        ("success_1", "Success@1"),
        ("RBP(0.8)", "RBP(p=0.8)"),
        ("rbp", "RBP(p=0.8)"),
        ("RBP(p=0.95,rel=2)", "RBP(p=0.95,rel=2)"),
        ("ERR@20", "ERR@20"),
        ("ERR(max=1)@20", "ERR(max=1)@20"),
    ] {
        assert_eq!(parse(typed).map_or_else(|e| e.to_string(), |m| m.to_string()), name, "{typed}");
        assert!(parse(name).is_ok_and(|m| m.to_string() == name), "{name} is read as itself");
    }
}

#[test]
fn what_is_no_measure_is_told_with_a_way_out() {
    for (typed, message) in [
        ("nDGC@10", "no measure \"nDGC@10\"; did you mean nDCG@10? `dateline eval --list` has all"),
        ("mrr_10", "no measure \"mrr_10\"; did you mean RR@10? `dateline eval --list` has all"),
        ("precison@5", "no measure \"precison@5\"; did you mean P@5? `dateline eval --list` has all"),
        ("ndcg_cutt_20", "no measure \"ndcg_cutt_20\"; did you mean nDCG@20? `dateline eval --list` has all"),
        ("sucess", "no measure \"sucess\"; did you mean Success@10? `dateline eval --list` has all"),
        ("bprefs@5", "no measure \"bprefs@5\"; did you mean Bpref? `dateline eval --list` has all"),
        ("F1", "no measure \"F1\"; see `dateline eval --list`"),
        ("P", "P needs a number of ranks after an @, not nothing; write P@10"),
        ("P@0", "P needs a number of ranks after an @, not 0; write P@10"),
        ("AP@x", "AP takes a number of ranks after the @, not \"x\"; write AP@10"),
        ("Rprec@5", "Rprec takes no cutoff; write Rprec"),
        ("nDCG(rel=2)", "nDCG takes no \"rel=2\"; write nDCG[@k]; see `dateline eval --list`"),
        ("RBP(1.5)", "RBP takes no \"1.5\"; write RBP(p,rel)[@k]; see `dateline eval --list`"),
    ] {
        assert_eq!(parse(typed).map_or_else(|e| e.to_string(), |m| m.to_string()), message, "{typed}");
    }
    let names = ["nDCG@10, AP;map", "RBP(p=0.5,rel=2) P@5"];
    let all = parse_all(&names).map(|all| all.iter().map(Measure::to_string).collect::<Vec<_>>());
    assert_eq!(all.unwrap_or_default(), ["nDCG@10", "AP", "RBP(p=0.5,rel=2)", "P@5"]);
    for none in [&[][..], &[""], &[",", " ; "]] {
        let error = parse_all(none).map_or_else(|e| e.to_string(), |_| String::new());
        assert_eq!(error, "no measure is named; name one, such as nDCG@10; see `dateline eval --list`", "{none:?}");
    }
}

/// Grades at the ranks, `.` unjudged; grades of judged documents that were not found; the values.
#[test]
fn values_by_hand() {
    for (ranks, missed, values) in [
        ("1 0 . 2", "1", "AP=0.5000 RR=1 P@2=0.5 R@4=0.6667 Rprec=0.3333 Bpref=0.3333 Success@1=1 Judged@4=0.75"),
        ("0 1", "", "nDCG=0.6309 nDCG@1=0 RR@1=0 RR=0.5 Bpref=0 RBP(0.5)=0.25 ERR(1)=0.25"),
        ("2 1", "", "nDCG=1 AP(2)=1 P(2)@2=0.5 ERR(2)=0.78125 ERR=0.212890625"),
        (". . 1", "", "nDCG=0.5 Bpref=1 AP=0.3333 Judged@2=0 Success@2=0 Success@3=1"),
        ("-1 1", "-2", "nDCG=0.6309 Bpref=1 Judged@5=1 AP=0.5"),
        ("0 0", "", "nDCG=0 AP=0 RR=0 P@1=0 R@1=0 Rprec=0 Bpref=0 ERR=0 RBP=0"),
        ("", "1", "nDCG=0 AP=0 RR=0 P@1=0 R@1=0 Rprec=0 Bpref=0 Judged@5=0"),
        ("1", "", "P@5=0.2 R@5=1 Judged@5=1 nDCG@5=1 RBP(0.9)@1=0.1"),
    ] {
        let (run, qrels) = built(ranks, missed);
        let judgments = qrels.topic("t");
        for pair in values.split_whitespace() {
            let (name, value) = pair.rsplit_once('=').unwrap_or_default();
            let measured = parse(name).ok().zip(judgments).map(|(m, j)| m.of(&GradedRanking::new(run.topic("t"), j)));
            let difference = measured.unwrap_or(f64::NAN) - value.parse::<f64>().unwrap_or(f64::NAN);
            assert!(difference.abs() < 5e-5, "{name} of [{ranks}] [{missed}]: {measured:?}, not {value}");
        }
    }
}

fn built(ranks: &str, missed: &str) -> (Run, Qrels) {
    let (mut run, mut qrels) = (String::new(), String::new());
    for (n, grade) in ranks.split_whitespace().enumerate() {
        run += &format!("t Q0 d{n} {n} {} x\n", 100 - n);
        qrels += &if grade == "." { String::new() } else { format!("t 0 d{n} {grade}\n") };
    }
    for (n, grade) in missed.split_whitespace().enumerate() {
        qrels += &format!("t 0 m{n} {grade}\n");
    }
    (Run::parse("run", run.into()).unwrap_or_default(), Qrels::parse("qrels", qrels.into()).unwrap_or_default())
}
