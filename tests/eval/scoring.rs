//! `dateline eval RUN QRELS`: what files may look like, what is counted, what is refused.

use std::fs;
use std::io::Write;

use super::support::{dateline, folder};

const QRELS: &str = "1 0 a 1\n1 0 b 0\n2 0 c 2\n3 0 e 0\n4 0 f 1\n";

/// A run, qrels; the flags; what is printed, what is said, the exit code.
#[test]
#[rustfmt::skip]
fn files_as_they_come() {
    let table: &[(&str, &str, &str, &str, &str, &str, i32)] = &[
        ("ranks", "1 Q0 b 7 2 t\n1 Q0 a 1 1 t\n", QRELS, "", "RR  0.5000\n", "1 topic scored; 3 with judgments but no hits left out (-c counts them as 0)\n", 0),
        ("a tie: the later docno stands first", "1 Q0 a 1 5 t\n1 Q0 b 2 5 t\n", QRELS, "", "RR  0.5000\n", "1 topic scored", 0),
        ("a tie in single precision", "1 Q0 a 1 16777217 t\n1 Q0 b 2 16777216 t\n", QRELS, "", "RR  0.5000\n", "1 topic", 0),
        ("scientific notation", "1 Q0 b 1 9e-3 t\n1 Q0 a 2 1.0E+1 t\n", QRELS, "", "RR  1.0000\n", "1 topic", 0),
        ("any blanks, CRLF, byte order mark", "\u{feff}1\tQ0  a 1\t5 t\r\n\r\n", QRELS, "", "RR  1.0000\n", "1 topic", 0),
        ("topics in pieces", "1 Q0 b 1 9 t\n2 Q0 c 1 5 t\n1 Q0 a 2 8 t\n", QRELS, "-q", "topic      RR\n1      0.5000\n2      1.0000\nmean   0.7500\n", "2 topics", 0),
        ("topics without hits, as 0", "2 Q0 c 1 5 t\n", QRELS, "-c", "RR  0.2500\n", "4 topics scored, 3 of them without hits, as 0; 1 without a relevant document, as 0\n", 0),
        ("a topic without judgments", "1 Q0 a 1 5 t\n9 Q0 a 1 5 t\n", QRELS, "", "RR  1.0000\n", "1 topic scored; 3 with judgments but no hits left out (-c counts them as 0); 1 of the run without judgments left out\n", 0),
        ("a topic without a relevant document", "1 Q0 a 1 5 t\n3 Q0 e 1 5 t\n", QRELS, "", "RR  0.5000\n", "1 without a relevant document, as 0\n", 0),
        ("a negative grade", "1 Q0 a 1 5 t\n1 Q0 b 2 4 t\n", "1 0 a -1\n1 0 b 1\n", "", "RR  0.5000\n", "1 topic scored\n", 0),
        ("a document twice", "1 Q0 a 1 5 t\n1 Q0 b 2 4 t\n1 Q0 a 3 3 t\n", QRELS, "", "", "dateline: run: line 3: document a of topic 1 stands on line 1 already; leave one of the two lines out\n", 2),
        ("judged twice", "1 Q0 a 1 5 t\n", "1 0 a 1\n1 0 a 2\n", "", "", "dateline: qrels: line 2: document a of topic 1 has been judged on an earlier line; leave one of the two lines out\n", 2),
        ("a column missing", "1 Q0 a 5 t\n", QRELS, "", "", "dateline: run: line 1: 5 columns where a run has six; write topic, Q0, docno, rank, score and tag, with blanks between them\n", 2),
        ("judgments for a run", QRELS, QRELS, "", "", "dateline: run: line 1: 4 columns where a run has six; these are judgments: name the run first, then the judgments\n", 2),
        ("both the other way round", QRELS, "1 Q0 a 1 5 t\n", "", "", "dateline: qrels: line 1: 6 columns where qrels have four; this is a run: name the run first, then the judgments\n", 2),
        ("a score that is none", "1 Q0 a 1 high t\n", QRELS, "", "", "dateline: run: line 1: the score \"high\" is no number", 2),
        ("a score that is NaN", "1 Q0 a 1 nan t\n", QRELS, "", "", "the score \"nan\" is no number", 2),
        ("a grade that is none", "1 Q0 a 1 1 t\n", "1 0 a yes\n", "", "", "dateline: qrels: line 1: the grade \"yes\" is no whole number", 2),
        ("an empty run", "", QRELS, "", "", "dateline: run: the run has no lines; run the topics again\n", 2),
        ("empty qrels", "1 Q0 a 1 1 t\n", "\n", "", "", "dateline: qrels: the qrels have no lines; name the file with the judgments\n", 2),
        ("other topics", "q1 Q0 a 1 1 t\n", QRELS, "-c", "", "dateline: run: no topic of the run (such as q1) is in qrels (such as 1)", 2),
        ("other documents", "1 Q0 x:1 1 1 t\n", QRELS, "", "", "dateline: run: no docno of the run (such as x:1) is in qrels", 2),
        ("no such measure", "1 Q0 a 1 1 t\n", QRELS, "-m nDGC@5", "", "dateline: no measure \"nDGC@5\"; did you mean nDCG@5? `dateline eval --list` has all\n", 2),
    ];
    for (what, run, qrels, flags, printed, said, status) in table {
        let dir = folder(&[("run", run), ("qrels", qrels)]);
        let measure = if flags.contains("-m") { "" } else { "-m RR" };
        let ran = dateline(dir.path(), &format!("eval run qrels {measure} {flags}"));
        assert_eq!((ran.stdout.as_str(), ran.status), (*printed, *status), "{what}: {ran:?}");
        assert!(ran.stderr.contains(said), "{what}: {ran:?}");
    }
}

#[test]
fn values_are_named_in_json() {
    let dir = folder(&[("run", "1 Q0 a 1 5 t\n2 Q0 x 1 5 t\n"), ("qrels", QRELS)]);
    let ran = dateline(dir.path(), "eval run qrels -q -m map,ndcg_cut_10 --format json");
    let expected = "{\"run\":\"run\",\"qrels\":\"qrels\",\"counts\":{\"scored\":2,\"unjudged\":0,\"unanswered\":2,\"unasked\":0,\
                    \"without_relevant\":0},\"means\":{\"AP\":0.5,\"nDCG@10\":0.5},\"topics\":[{\"topic\":\"1\",\"values\":\
                    {\"AP\":1.0,\"nDCG@10\":1.0}},{\"topic\":\"2\",\"values\":{\"AP\":0.0,\"nDCG@10\":0.0}}]}\n";
    assert_eq!((ran.stdout.as_str(), ran.status), (expected, 0), "{ran:?}");
}

#[test]
fn every_measure_is_listed_with_its_definition_and_source() {
    let ran = dateline(folder(&[]).path(), "eval --list");
    for part in ["nDCG[@k]  trec_eval: ndcg, ndcg_cut_k", "Moffat, Zobel", "1/R * sum over ranks i of rel(i) * P@i"] {
        assert!(ran.stdout.contains(part), "{part}: {ran:?}");
    }
}

#[test]
fn packed_files_are_what_they_hold() {
    let run = "1 Q0 b 1 9 t\n1 Q0 a 2 8 t\n";
    let dir = folder(&[("run", run), ("qrels", QRELS), ("topics.tsv", "1\tferry\n")]);
    let packed = |name: &str, text: &str| {
        // in two members, as two files that were put together
        let (first, second) = text.split_at(text.len() / 2);
        let members = [first, second].map(|part| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            packer.write_all(part.as_bytes()).expect("packed");
            packer.finish().expect("packed")
        });
        fs::write(dir.path().join(name), members.concat()).expect("written");
    };
    packed("run.gz", run);
    packed("qrels.gz", QRELS);
    let plain = dateline(dir.path(), "eval run qrels --format json");
    for args in ["eval run.gz qrels.gz --format json", "eval run qrels.gz --format json"] {
        let ran = dateline(dir.path(), args);
        let same = |text: &str| text.replace(".gz", "");
        assert_eq!((same(&ran.stdout), ran.status), (plain.stdout.clone(), 0), "{args}: {ran:?}");
    }
    let bytes = fs::read(dir.path().join("run.gz")).expect("a run");
    fs::write(dir.path().join("cut.gz"), &bytes[..bytes.len() - 9]).expect("written");
    let ran = dateline(dir.path(), "eval cut.gz qrels");
    assert!(ran.status == 2 && ran.stderr.starts_with("dateline: cut.gz: cannot read: "), "{ran:?}");
}
