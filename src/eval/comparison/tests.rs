use super::*;

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() < 5e-5
}

/// Places in t tables.
#[test]
fn the_t_distribution_is_that_of_the_tables() {
    for (t, degrees, p) in
        [(12.706, 1.0, 0.05), (2.228, 10.0, 0.05), (3.169, 10.0, 0.01), (1.984, 100.0, 0.05), (0.0, 5.0, 1.0)]
    {
        assert!((two_sided_p(t, degrees) - p).abs() < 1e-4, "{t} {degrees}: {}", two_sided_p(t, degrees));
    }
    assert!(near(two_sided_p(-2.228, 10.0), 0.05) && two_sided_p(60.0, 200.0) < 1e-100);
}

#[test]
fn an_interval_reaches_as_far_as_the_tables_say() {
    for (degrees, t) in [(1.0, 12.706), (2.0, 4.303), (10.0, 2.228), (100.0, 1.984)] {
        assert!((two_sided_quantile(0.05, degrees) - t).abs() < 1e-3, "{degrees}");
    }
    // 2 ± 4.303 / √3
    let found = paired_t_test(&[1.0, 2.0, 3.0]).map(|t| t.interval_95);
    assert!(found.is_some_and(|(low, high)| near(low, -0.4841) && near(high, 4.4841)), "{found:?}");
}

#[test]
fn signs_are_turned_exactly_where_topics_are_few() {
    for (differences, p) in [
        (&[][..], 1.0),
        (&[0.0, 0.0], 1.0),
        (&[0.5], 1.0),
        (&[0.1, 0.1, 0.1], 0.25),
        (&[0.1, 0.2, 0.3, 0.0], 0.25),
        (&[0.3, -0.1, -0.2], 1.0),
        (&[0.1; 10], 2.0 / 1024.0),
    ] {
        let found = randomization_test(differences);
        assert!(near(found.p, p) && found.exact, "{differences:?}: {found:?}");
    }
    let many: Vec<f64> = (0..40).map(|n| if n % 3 == 0 { -0.1 } else { 0.1 }).collect();
    let drawn = randomization_test(&many);
    assert_eq!(drawn, randomization_test(&many), "the same p every time");
    // 26 for, 14 against: the two-sided binomial probability
    assert!((drawn.p - 0.0807).abs() < 0.003 && !drawn.exact, "{drawn:?}");
}

#[test]
fn holm_never_lowers_and_keeps_the_order() {
    for (ps, corrected) in
        [(&[0.01, 0.04, 0.03][..], &[0.03, 0.06, 0.06][..]), (&[0.5, 0.6], &[1.0, 1.0]), (&[0.02], &[0.02]), (&[], &[])]
    {
        assert!(holm(ps).iter().zip(corrected).all(|(a, b)| near(*a, *b)), "{ps:?}: {:?}", holm(ps));
    }
}

#[test]
fn equal_differences_have_no_t_and_no_effect_size() {
    assert_eq!(paired_t_test(&[0.1, 0.1, 0.1]), None);
    assert_eq!(paired_t_test(&[0.1]), None);
    let test = paired_t_test(&[1.0, 2.0, 3.0]);
    assert!(test.is_some_and(|t| near(t.t, 3.4641) && t.degrees == 2 && near(t.p, 0.0742)), "{test:?}");
    assert!(statistics::effect_size(&[1.0, 2.0, 3.0]).is_some_and(|d| near(d, 2.0)));
}

#[test]
fn overlap_and_correlation() {
    let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    for (a, b, rbo) in [
        ("abc", "abc", 1.0),
        ("abc", "xyz", 0.0),
        ("", "", 1.0),
        ("a", "", 0.0),
        // prefixes of different lengths agree as far as they go
        ("abcde", "ab", 1.0),
        // by hand, p = 0.9: 0.1/0.9 * (0 + 1 * 0.81) + 0.81 = 0.9
        ("ab", "ba", 0.9),
    ] {
        let (x, y) = (letters(a), letters(b));
        let (x, y): (Vec<&str>, Vec<&str>) =
            (x.iter().map(String::as_str).collect(), y.iter().map(String::as_str).collect());
        assert!(near(rank_biased_overlap(&x, &y, 0.9), rbo), "{a} {b}: {}", rank_biased_overlap(&x, &y, 0.9));
        assert!(near(rank_biased_overlap(&x, &y, 0.9), rank_biased_overlap(&y, &x, 0.9)), "{a} {b}");
    }
    for (places, tau) in [
        (&[1, 2, 3][..], Some(1.0)),
        (&[3, 2, 1], Some(-1.0)),
        (&[2, 1, 4, 3], Some(1.0 / 3.0)),
        (&[5], None),
        (&[], None),
    ] {
        assert_eq!(kendall_tau(places).map(|t| near(t, tau.unwrap_or(9.0))), tau.map(|_| true), "{places:?}");
    }
}

#[test]
fn documents_that_came_and_went() {
    let run = |docs: &str| {
        let lines = docs.chars().enumerate().map(|(n, d)| format!("1 Q0 {d} 0 {} t\n", 50 - n)).collect::<String>();
        Run::parse("run", lines.into_bytes()).unwrap_or_default()
    };
    let qrels = Qrels::parse("qrels", b"1 0 b 1\n1 0 c 0\n1 0 x 2\n".to_vec()).unwrap_or_default();
    let (before, after) = (run("abcdx"), run("xbacd"));
    let found = moved(before.topic("1"), after.topic("1"), qrels.topic("1"), 3);
    let written: Vec<String> =
        found.iter().map(|m| format!("{} {:?} {:?} {:?}", m.docno, m.before, m.after, m.grade)).collect();
    assert_eq!(written, ["x Some(5) Some(1) Some(2)", "c Some(3) Some(4) Some(0)"]);
}
