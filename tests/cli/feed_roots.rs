//! Snapshots of one feed in several roots, and what the report counts of them.

use std::fs;

use super::feeds::{counts, held, snapshot};
use super::support::Archive;

/// The newer snapshot leaves another root, in every way that it can: the older one is read again by the same run, where it can
/// be read as it was.
#[test]
fn what_another_root_gave_way_to_comes_back_with_it() {
    type Leave = fn(&Archive) -> Vec<&'static str>;
    let leave: [(&str, Leave); 4] = [
        ("forgotten", |_| vec!["--forget", "later"]),
        ("removed", |a| {
            fs::remove_file(a.dir.path().join("later/b.xml")).expect("removed");
            vec!["later"]
        }),
        ("excluded", |_| vec!["later", "--exclude", "b.xml"]),
        ("without its item", |a| {
            fs::write(a.dir.path().join("later/b.xml"), snapshot("rss", "f", None, &[(2, "tuesday")]))
                .expect("written");
            vec!["later"]
        }),
    ];
    for (what, leave) in leave {
        for state in ["there", "away", "stated"] {
            let archive = Archive::of(&[("a.xml", snapshot("rss", "f", None, &[(1, "monday")]))]);
            let later = archive.dir.path().join("later");
            fs::create_dir(&later).expect("a folder");
            fs::write(later.join("b.xml"), snapshot("rss", "f", None, &[(1, "tuesday")])).expect("written");
            fs::write(later.join("c.xml"), snapshot("rss", "g", None, &[(7, "tuesday")])).expect("written");
            let stated: &[&str] = if state == "stated" { &["--outlet", "The Harbour Post"] } else { &[] };
            let first = [&["index", "articles"], stated].concat();
            assert_eq!(archive.run(&first).status, 0);
            assert_eq!(archive.run(&["index", "later"]).status, 0);
            let away = archive.dir.path().join("away");
            if state == "away" {
                fs::rename(archive.articles(), &away).expect("moved");
            }
            let run = archive.run(&[&["index"], &leave(&archive)[..]].concat());
            let is_back = || held(&archive).contains(&"f-1 a.xml".to_owned());
            assert_eq!((run.status, is_back()), (0, state == "there"), "{what}, {state}: {run:?}");
            let told = format!("1 older snapshot of feeds below {}", archive.articles().display());
            assert_eq!(run.stderr.contains(&told), state != "there", "{what}, {state}: {run:?}");
            if state == "away" {
                fs::rename(&away, archive.articles()).expect("moved back");
            }
            if state != "there" {
                let check = archive.run(&["check"]);
                let why = "to be read again: it was moved, or a newer snapshot of its feed left or changed";
                assert!(check.status == 1 && check.stdout.contains(why), "{what}, {state}: {check:?}");
            }
            assert_eq!(archive.run(&first).status, 0);
            assert!(is_back(), "{what}, {state}");
            assert_eq!(archive.run(&["check"]).status, 0, "{what}, {state}");
        }
    }
}

/// Adds up to what the archive holds, not to what was done on the way.
#[test]
fn the_report_counts_what_became_of_each_item() {
    let archive = Archive::of(&[("d1.xml", snapshot("rss", "f", None, &[(1, "monday"), (2, "monday")]))]);
    archive.write("d2.xml", snapshot("rss", "f", None, &[(2, "tuesday"), (3, "tuesday")]).as_bytes());
    assert_eq!(counts(&archive)[1], [4, 3, 0, 0, 1, 0, 0]);
    archive.write("d3.xml", snapshot("rss", "f", None, &[(3, "wednesday")]).as_bytes());
    assert_eq!(counts(&archive)[1], [5, 0, 1, 2, 2, 0, 0], "d3 takes the item of d2");
    fs::remove_file(archive.articles().join("d2.xml")).expect("removed");
    assert_eq!(counts(&archive)[1], [3, 0, 2, 1, 0, 0, 0], "d1 has the item of d2 again");
    for day in 4..6 {
        archive.write(&format!("d{day}.xml"), snapshot("rss", "f", None, &[(1, "later"), (day, "later")]).as_bytes());
    }
    assert_eq!(counts(&archive)[1], [7, 2, 1, 2, 2, 0, 0], "two days at once take an item, one after the other");
}
