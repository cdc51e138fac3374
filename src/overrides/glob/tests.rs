use proptest::prelude::*;

use super::*;

#[test]
fn globs_mean_paths() {
    for (glob, meant, others) in [
        ("a.txt", &["a.txt"][..], &["b/a.txt", "a.txt2", ""][..]),
        ("*.txt", &["a.txt", ".txt", "ä.txt"], &["a/b.txt", "a.text"]),
        ("2018/*.txt", &["2018/a.txt"], &["2018/06/a.txt", "2018.txt"]),
        ("2018/**/*.txt", &["2018/a.txt", "2018/06/27/a.txt"], &["x/2018/a.txt", "2018/06/a.html"]),
        ("**/a.txt", &["a.txt", "x/a.txt", "x/y/a.txt"], &["xa.txt", "x/ba.txt"]),
        ("wire/**", &["wire/a", "wire/a/b"], &["wire", "wires/a"]),
        ("**", &["a", "a/b"], &[]),
        ("a**b", &["ab", "a/x/b"], &["a/x/c"]),
        ("kell [2] {x}/*", &["kell [2] {x}/a"], &["kell 2 x/a"]),
    ] {
        let read = |path: &&&str| Glob::new(glob).read(path).is_some();
        assert_eq!(meant.iter().filter(read).count(), meant.len(), "{glob}");
        assert_eq!(others.iter().filter(read).count(), 0, "{glob}");
    }
}

/// What a path states, as `outlet | date | headline | byline`.
fn stated(pattern: &str, path: &str) -> Option<String> {
    let fields = Glob::with_placeholders(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}")).read(path)?;
    let date = fields.date.map(|date| date.to_string());
    let all = [fields.outlet, date, fields.headline, fields.byline];
    Some(all.into_iter().flatten().collect::<Vec<_>>().join(" | "))
}

#[test]
fn patterns_state_fields() {
    for (pattern, path, fields) in [
        ("{outlet}/{date}-*.txt", "Kell Bay Times/2018-06-27-ice.txt", Some("Kell Bay Times | 2018-06-27")),
        ("{outlet}/{date}-*.txt", "Kell/20180627-ice.txt", Some("Kell | 2018-06-27")),
        ("{outlet}/{date}-*.txt", "Kell/2018-06-ice.txt", Some("Kell | 2018-06")),
        ("{outlet}/{date}-*.txt", "Kell/2018-ice.txt", Some("Kell | 2018")),
        ("{outlet}/{date}-*.txt", "Kell/20189927-ice.txt", None),
        ("{outlet}/{date}-*.txt", "Kell/ice.txt", None),
        ("{outlet}/{date}-*.txt", "a/Kell/2018-ice.txt", None),
        ("**/{outlet}/{date}-*.txt", "a/b/Kell/2018-ice.txt", Some("Kell | 2018")),
        ("{outlet}/{date}/*", "Kell/2018/06/27/a.txt", Some("Kell | 2018-06-27")),
        ("{outlet}/{date}/*", "Kell/2018/06/a.txt", Some("Kell | 2018-06")),
        ("{outlet}/{date}/**", "Kell/2018/02/30/a.txt", Some("Kell | 2018-02")),
        ("{date}*", "2018-06/27", None),
        (
            "{outlet}-{date}-{headline}.txt",
            "kell-bay-2018-06-27-ice-closes.txt",
            Some("kell-bay | 2018-06-27 | ice-closes"),
        ),
        ("{headline} by {byline}.txt", "Ice by Anna Kowal.txt", Some("Ice | Anna Kowal")),
        ("{date}*.txt", "201806271200.txt", None),
        ("{date}.txt", "3018-06-27.txt", None),
        ("{outlet}/*", "Zürcher Bote/ä.txt", Some("Zürcher Bote")),
        ("{outlet}/*", " - /a.txt", Some("")),
    ] {
        assert_eq!(stated(pattern, path).as_deref(), fields, "{pattern} on {path}");
    }
}

#[test]
fn patterns_that_say_nothing_are_refused() {
    for (pattern, why) in [
        ("{when}/*.txt", "no placeholder is called {when}"),
        ("{date}/{date}.txt", "twice"),
        ("{outlet", "without its }"),
        ("{outlet}*.txt", "where a placeholder ends"),
        ("{outlet}{headline}.txt", "where a placeholder ends"),
        ("*.txt", "no placeholder"),
        ("", "no placeholder"),
    ] {
        let error = Glob::with_placeholders(pattern).expect_err(pattern);
        assert!(error.contains(why), "{pattern}: {error}");
    }
}

#[test]
fn many_stars_cost_no_more_than_their_number() {
    let path = "a/".repeat(500) + &"a".repeat(1000);
    let started = std::time::Instant::now();
    assert!(Glob::new(&("*a".repeat(100) + "b")).read(&path).is_none());
    assert!(Glob::new(&("**/".repeat(50) + &"**a".repeat(50) + "b")).read(&path).is_none());
    let dated = "{outlet}/".to_owned() + &"**/".repeat(100) + "{date}" + &"*a*".repeat(50) + "b";
    assert!(Glob::with_placeholders(&dated).expect("a pattern").read(&path).is_none());
    assert!(started.elapsed().as_secs() < 20, "backtracking would take for ever");
}

proptest! {
    #[test]
    fn no_pattern_and_no_path_panics(pattern in "[a*/{}\\-0-9ä]{0,12}(\\{date\\}|\\{outlet\\})?[*/a\\-]{0,6}", path in "[a/0-9\\-ä]{0,24}") {
        Glob::new(&pattern).read(&path);
        if let Ok(glob) = Glob::with_placeholders(&pattern) {
            glob.read(&path);
        }
    }

    #[test]
    fn a_glob_without_stars_means_itself_alone(path in "[a-c/]{1,8}", other in "[a-c/]{1,8}") {
        prop_assert_eq!(Glob::new(&path).read(&other).is_some(), path == other);
    }
}
