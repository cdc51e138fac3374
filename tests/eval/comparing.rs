//! `dateline compare`: what people, reviews and scripts are shown.

use super::support::{dateline, folder};

const QRELS: &str = "1 0 a 1\n2 0 b 2\n3 0 c 1\n";
const BEFORE: &str = "1 Q0 a 1 9 t\n1 Q0 x 2 8 t\n2 Q0 y 1 9 t\n2 Q0 b 2 8 t\n3 Q0 c 1 9 t\n9 Q0 a 1 1 t\n";
const AFTER: &str = "1 Q0 x 1 9 t\n1 Q0 z 2 8 t\n1 Q0 a 3 7 t\n2 Q0 b 1 9 t\n2 Q0 y 2 8 t\n";

#[test]
fn people_see_what_changed_and_by_how_much() {
    let dir = folder(&[("a", BEFORE), ("b", AFTER), ("q", QRELS)]);
    let ran = dateline(dir.path(), "compare a b --qrels q -m RR@2 -m AP");
    let expected = "\
a → b
measure  before   after     diff              95% interval          p    Holm      d  won/lost/tied
RR@2     0.8333  0.3333  -0.5000 ████████  -2.6513 … +1.6513    0.500   1.000  -0.58  1/2/0
AP       0.8333  0.4444  -0.3889 ██████▎   -2.3455 … +1.5677    0.500   1.000  -0.49  1/2/0

RR@2 changed for 3 of 3 topics; most for
1  1.0000 → 0.0000  -1.0000 ████████
     – → 2     z  unjudged
     1 → 3     a  grade 1
3  1.0000 → 0.0000  -1.0000 ████████
     1 → –     c  grade 1
2  0.5000 → 1.0000  +0.5000 ████
     2 → 1     b  grade 2
";
    assert_eq!((ran.stdout.as_str(), ran.status), (expected, 0), "{ran:?}");
    assert_eq!(ran.stderr, "3 topics compared; 1 only in a, the other as 0; 1 without judgments left out\n");
    let coloured = dateline(dir.path(), "compare a b --qrels q -m RR@2 --color always");
    assert!(coloured.stdout.contains("\u{1b}[31m████████"), "{coloured:?}");
}

#[test]
fn reviews_get_tables() {
    let before = BEFORE.replace("x", "x|`y");
    let dir = folder(&[("a", &before), ("b", AFTER), ("q", QRELS)]);
    let ran = dateline(dir.path(), "compare a b --qrels q -m AP -n 1 --format markdown");
    let expected = "\
`a` → `b`, 3 topics

| measure | before | after | difference | 95% interval | p | p (Holm) | p (t-test) | d | won/lost/tied |
|---|--:|--:|--:|:-:|--:|--:|--:|--:|--:|
| AP | 0.8333 | 0.4444 | -0.3889 | -2.3455 … +1.5677 | 0.500 | 0.500 | 0.483 | -0.49 | 1/2/0 |

| topic | AP before | after | difference | came and went |
|---|--:|--:|--:|---|
| `3` | 1.0000 | 0.0000 | -1.0000 | `c` 1 → – (grade 1) |
";
    assert_eq!((ran.stdout.as_str(), ran.status), (expected, 0), "{ran:?}");
    let unjudged = dateline(dir.path(), "compare a b --format markdown");
    assert!(unjudged.stdout.contains("`x\\|'y` 2 → –"), "{unjudged:?}");
}

#[test]
fn several_runs_are_each_compared_with_the_one_before_them() {
    let dir = folder(&[("a", BEFORE), ("b", AFTER), ("q", QRELS)]);
    let one = dateline(dir.path(), "compare a b --qrels q -m AP --format json");
    let both = dateline(dir.path(), "compare a b a --qrels q -m AP --format json");
    let lines: Vec<&str> = both.stdout.lines().collect();
    assert_eq!((lines.len(), both.status), (2, 0), "{both:?}");
    // of two tests the likelier chance is corrected for
    assert_eq!(lines[0].replace("\"corrected_p\":1.0", "\"corrected_p\":0.5"), one.stdout.trim_end());
    assert!(lines[1].contains("\"after\":\"a\"") && lines[1].contains("\"tied\":3"), "{both:?}");
    let text = dateline(dir.path(), "compare a b a");
    assert_eq!(text.stdout.matches("\n\na → a\n").count(), 1, "{text:?}");
}

#[test]
fn without_judgments_the_rankings_are_compared() {
    let dir = folder(&[("a", BEFORE), ("b", AFTER)]);
    let ran = dateline(dir.path(), "compare a b");
    let expected = "\
a → b
RBO(p=0.9)     0.8100
Kendall's tau  -1.0000

moved most
1  RBO 0.7200  tau -1.0000  2 shared
     – → 2     z
2  RBO 0.9000  tau -1.0000  2 shared
";
    assert_eq!((ran.stdout.as_str(), ran.status), (expected, 0), "{ran:?}");
    assert_eq!(ran.stderr, "2 topics compared, 0 the same; 2 only in a, left out\n");
}

#[test]
fn the_same_run_twice_is_no_difference() {
    let dir = folder(&[("a", BEFORE), ("q", QRELS)]);
    let ran = dateline(dir.path(), "compare a a --qrels q -m AP --format json");
    for part in ["\"randomization_p\":1.0", "\"t_test\":null", "\"won\":0,\"lost\":0,\"tied\":3", "\"topics\":[]"] {
        assert!(ran.stdout.contains(part) && ran.status == 0, "{part}: {ran:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_told() {
    let dir = folder(&[("a", BEFORE), ("b", "7 Q0 a 1 1 t\n"), ("q", QRELS)]);
    for (args, said) in [
        ("compare a b", "dateline: a and b answer no topic both; name two runs of the same topics\n"),
        ("compare a b --qrels q", "dateline: b: no topic of the run (such as 7) is in q (such as 1)"),
        ("compare a c", "dateline: c: cannot read: "),
    ] {
        let ran = dateline(dir.path(), args);
        assert!(ran.stderr.contains(said) && ran.status == 2 && ran.stdout.is_empty(), "{args}: {ran:?}");
    }
}
