use super::*;

const TWO: [LeafWeight; 2] = [
    LeafWeight { idf: 2.0, other_forms: 2.0, length: 1, typed: true },
    LeafWeight { idf: 1.0, other_forms: 1.0, length: 1, typed: true },
];

fn best(positions: [Vec<u32>; 2]) -> (u32, f32) {
    let mut scorer = Scorer { lengths: vec![110; 9], ..Scorer::default() };
    // a second article in the same memory scores as the first did
    let first: Vec<(u32, f32)> = scorer.score(&TWO, &positions, 1.0, 9).collect();
    let again: Vec<(u32, f32)> = scorer.score(&TWO, &positions, 1.0, 1).collect();
    assert_eq!(first[..1], again);
    again[0]
}

#[test]
fn the_passage_with_both_words_wins() {
    assert_eq!(best([vec![300, 700], vec![720]]).0, 2);
    assert_eq!(best([vec![300], vec![600]]).0, 1, "the rarer word, where they stand apart");
    assert_eq!(best([vec![3], vec![]]).0, 1, "the first, where only the headline matches");
}

#[test]
fn nearer_is_better_and_order_is_better_still() {
    let apart = best([vec![300], vec![340]]).1;
    let near = best([vec![300], vec![305]]).1;
    let reversed = best([vec![301], vec![300]]).1;
    let ordered = best([vec![300], vec![301]]).1;
    assert!(apart < near && near == reversed && reversed < ordered);
}

#[test]
fn nothing_is_near_across_passages() {
    let pairs = |left: &[u32], length, right: &[u32]| {
        let mut found = Vec::new();
        each_pair(left, length, right, |number, ordered, near| found.push((number, ordered, near)));
        found
    };
    assert_eq!(pairs(&[511], 1, &[512]), []);
    assert_eq!(pairs(&[512], 1, &[511]), []);
    assert_eq!(pairs(&[512, 520], 1, &[513, 521]), [(2, 2.0, 2.0)]);
    assert_eq!(pairs(&[300, 600], 2, &[302, 605]), [(1, 1.0, 1.0), (2, 0.0, 1.0)]);
}

#[test]
fn of_two_equal_passages_the_first_wins_and_words_outweigh_place() {
    assert!(best([vec![300], vec![]]).1 > best([vec![600], vec![]]).1);
    assert_eq!(best([vec![300, 2000], vec![2010]]).0, 7);
}

#[test]
fn a_headline_counts_more_than_a_mention() {
    assert!(best([vec![3], vec![]]).1 > best([vec![300], vec![]]).1);
}

#[test]
fn idf_falls_with_frequency_and_stays_positive() {
    assert!(idf(1, 100) > idf(50, 100) && idf(100, 100) > 0.0 && idf(5, 0) > 0.0);
}
