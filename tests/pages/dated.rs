//! Dates that a page shows, wherever they stand on it, and days that are none of the article.

use super::rules::{LEAD, SECOND, field};
use super::support::with_page;

const TITLE: &str = "Island ferry to stay in port until the ice breaks";

/// Holds pages to their dates: the head, what stands above the heading, below it and below the text, and the date.
fn check(rows: &[[&str; 5]]) {
    let mut wrong = Vec::new();
    for [head, above, below, after, wanted] in rows {
        let page = format!(
            "<!DOCTYPE html><html><head><title>{TITLE}</title>{head}</head><body>{above}<main><h1>{TITLE}</h1>{below}\
             <div class=story-body><p>{LEAD}</p><p>{SECOND}</p></div></main>{after}</body></html>"
        );
        let found = with_page(page.as_bytes(), |_, extraction| field(extraction, "date")).expect("a page");
        if found != *wanted {
            wrong.push(format!("{head}{above}{below}{after}\n  {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_date_between_heading_and_text_counts_whatever_its_box() {
    check(&[
        ["", "", "<div class=share-bar><b>04.02.2019</b></div>", "", "2019-02-04"],
        ["", "", "<nav><span>4 February 2019</span></nav>", "", "2019-02-04"],
        ["", "", r#"<ul class="nav meta"><li><a href="/day/2019">4 Feb 2019</a></li></ul>"#, "", "2019-02-04"],
        [
            "",
            "",
            "<div class=toolbar><time datetime=2019-02-04T06:30+01:00>an hour ago</time></div>",
            "",
            "2019-02-04T06:30+01:00",
        ],
        ["", "", "<p>Updated <time datetime=2019-02-04T06:30>an hour ago</time></p>", "", "none"],
        ["", "", "<dl><dt>Updated</dt><dd><time datetime=2019-02-04>4 hours ago</time></dd></dl>", "", "none"],
        ["", "", "<time datetime=2019-02-09T10:00Z>Published 4 February 2019</time>", "", "2019-02-04"],
        ["", "", "<aside><h3>Quay wall gives way</h3><time datetime=2019-02-04>today</time></aside>", "", "none"],
        ["", "", "<p>A slip of the quay in the night of 4 February 2019 shut the road to the pier</p>", "", "none"],
    ]);
}

#[test]
fn facts_beside_the_article_are_read_by_their_labels() {
    check(&[
        [
            "",
            "",
            "<aside class=facts><dl><dt>Date</dt><dd>04.02.2019</dd><dt>Section</dt><dd>Sea</dd></dl></aside>",
            "",
            "2019-02-04",
        ],
        ["", "", "<aside><ul><li>Date 04.02.2019</li><li>Author Anna Kowal</li></ul></aside>", "", "2019-02-04"],
        ["", "", "<aside><dl><dt>Zuletzt aktualisiert</dt><dd>04.02.2019</dd></dl></aside>", "", "none"],
        ["", "", "<aside><dl><dt>Retrieved</dt><dd>04.02.2019</dd></dl></aside>", "", "none"],
        ["", "", "", "<aside><dl><dt>Published</dt><dd>4 February 2019</dd></dl></aside>", "2019-02-04"],
    ]);
}

#[test]
fn the_day_of_a_visit_is_no_date_of_the_article() {
    check(&[
        ["", "<header><time datetime=2024-05-01>Wednesday, May 1, 2024</time></header>", "", "", "none"],
        ["", "<div id=header><span>Wednesday, May 1, 2024</span></div>", "", "", "none"],
        ["", "<div role=banner><p>Mittwoch, 1. Mai 2024</p></div>", "<p>4 February 2019</p>", "", "2019-02-04"],
        ["", "<p>Today is Wednesday, May 1, 2024</p>", "", "", "none"],
        ["", "", "", "<p>Retrieved 1 May 2024</p>", "none"],
        ["", "", "", "<p>Abgerufen am 1. Mai 2024</p>", "none"],
        ["", "", "", "<p>Printed on 1 May 2024</p>", "none"],
    ]);
}

#[test]
fn the_day_that_readers_saw_goes_before_that_of_a_stamp_in_utc() {
    let stamp = |time: &str| format!(r#"<meta property="article:published_time" content="{time}">"#);
    let address = r#"<link rel=canonical href="https://post.example/2018/12/31/ferry">"#;
    let (after, before) = (stamp("2019-01-01T03:11:59+00:00"), stamp("2018-12-30T23:00:00Z"));
    let late = stamp("2019-01-01T18:00:00Z");
    let both = format!("{after}{address}");
    check(&[
        [&both, "", "<p class=date>December 31, 2018</p>", "", "2018-12-31"],
        [&both, "", "", "", "2018-12-31"],
        [&after, "", "<p class=date>December 31, 2018</p>", "", "2018-12-31"],
        [&before, "", "<p class=date>31.12.2018</p>", "", "2018-12-31"],
        [&late, "", "<p class=date>December 31, 2018</p>", "", "2019-01-01T18:00:00+00:00"],
        [&after, "", "<p class=date>December 29, 2018</p>", "", "2019-01-01T03:11:59+00:00"],
    ]);
}

#[test]
fn what_is_shown_goes_before_what_a_cms_calls_a_date() {
    let shown = "<p class=date>4 February 2019</p>";
    check(&[
        [r#"<meta name=date content=2019-01-28>"#, "", shown, "", "2019-02-04"],
        [r#"<meta name=DC.date content=2019-01-28>"#, "", shown, "", "2019-02-04"],
        [r#"<meta name=date content=2019-01-28>"#, "", "", "", "2019-01-28"],
        [r#"<meta property="article:published_time" content="2019-02-01">"#, "", shown, "", "2019-02-01"],
    ]);
}

#[test]
fn figures_are_read_as_where_the_page_is_from() {
    for (language, wanted) in [("en-GB", "2019-02-04"), ("en-US", "2019-04-02"), ("en", "none"), ("de", "2019-02-04")] {
        let page = format!(
            "<!DOCTYPE html><html lang={language}><body><h1>{TITLE}</h1><p class=date>04/02/2019</p><p>{LEAD}</p><p>{SECOND}</p></body></html>"
        );
        let found = with_page(page.as_bytes(), |_, extraction| field(extraction, "date")).expect("a page");
        assert_eq!(found, wanted, "{language}");
    }
}
