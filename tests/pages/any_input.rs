//! No input panics, none takes more than its share of time, and depth does not matter.

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::support::{body, with_page};

const PAGE: &str = r#"<!DOCTYPE html><html><head><title>Ferry - The Tamsin Post</title><meta charset="utf-8">
<meta property="og:title" content="Ferry &amp; ice"><link rel=canonical href="https://a.example/2019/11/20/x">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-11-20","author":{"name":"Anna Kowal"}}</script>
</head><body><nav><a href=/>Home</a></nav><article><h1>Ferry &amp; ice</h1><time datetime="2019-11-20">today</time>
<p>The last ferry to the <b>outer</b> islands will stay in port until the ice breaks, the office said.</p>
<table><tr><td>a<td>b</table><ul><li>one<li>two</ul><pre>x
y</pre><blockquote>Schnee, сне&#1075;, 雪</blockquote><p>Some forty people spent the night in the waiting room.</p>
</article><footer>© 2019 The Tamsin Post</footer></body></html>"#;

/// What is put into a page at random.
const SCRAPS: &[&str] = &[
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "\"",
    "'",
    "=",
    "&",
    "&#",
    "&#x110000;",
    "<p",
    "</p>",
    "<table>",
    "</table>",
    "<td>",
    "<script>",
    "</script>",
    "<svg>",
    "<a>",
    "</a>",
    "</b>",
    "<div class=\"",
    "<![CDATA[",
    "]]>",
    "<?",
    "\0",
    "é",
    "\u{a0}",
    "\u{3000}",
    "\u{ad}",
    "<title>",
    "<pre>",
    "</pre>",
    "<br>",
    "<x-y>",
    "</body>",
    "{",
    "}",
    "\\",
    "2019-13-45",
    "<time datetime=",
];

/// What must hold whatever the page.
fn read(bytes: &[u8]) -> String {
    let text = with_page(bytes, |record, extraction| {
        for block in &extraction.article.body {
            let spans: Vec<_> = block.fragments.iter().map(|fragment| fragment.span).collect();
            for (fragment, span) in block.fragments.iter().zip(record.map.spans(&spans).expect("a way back")) {
                let slice = &record.text[fragment.span.range()];
                assert_eq!(&block.text[fragment.at..fragment.at + slice.len()], slice);
                assert!(span.start <= span.end && span.end <= bytes.len() as u64, "{span:?}");
            }
        }
        assert_eq!(extraction.fates.len(), record.text.lines().count());
        body(extraction)
    });
    text.unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn changed_pages_are_read(changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..SCRAPS.len(), 0..40_usize), 1..12)) {
        let mut page = PAGE.as_bytes().to_vec();
        for (place, scrap, gone) in changes {
            let at = place.index(page.len());
            let end = (at + gone).min(page.len());
            page.splice(at..end, SCRAPS[scrap].bytes());
        }
        // Behind an opening of its own, so that it stays a page.
        read(&[b"<html>".as_slice(), &page].concat());
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read(&[b"<html>".as_slice(), &bytes].concat());
    }

    #[test]
    fn scraps_alone_are_read(scraps in proptest::collection::vec(0..SCRAPS.len(), 0..60)) {
        let page: String = scraps.into_iter().map(|scrap| SCRAPS[scrap]).collect();
        read(format!("<html>{page}").as_bytes());
    }
}

#[test]
fn depth_and_number_do_not_matter() {
    let text = "The last ferry to the outer islands will stay in port until the ice in the strait breaks.";
    let many = |piece: &str| piece.repeat(100_000);
    for (name, page) in [
        ("deep", format!("<html>{}<p>{text}</p>{}", many("<div>"), many("</div>"))),
        ("unclosed", format!("<html>{}<p>{text}</p>", many("<b><i><span class=a>"))),
        ("ends without starts", format!("<html>{}<p>{text}</p>", many("</div></p></x>"))),
        ("quotes", format!("<html><p>{text}</p>{}", many("<a href=\""))),
        ("openings", format!("<html><p>{text}</p>{}", many("<"))),
        ("references", format!("<html><p>{text}</p>{}", many("&"))),
        ("comments", format!("<html><p>{text}</p>{}", many("<!--"))),
        ("scripts", format!("<html><p>{text}</p>{}", many("<script>"))),
        ("cells", format!("<html><p>{text}</p><table><tr>{}</table>", many("<td>1"))),
        ("paragraphs", format!("<html>{}", many("<p>One more sentence of the same kind stands here."))),
    ] {
        let start = Instant::now();
        read(page.as_bytes());
        assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    }
}

#[test]
fn a_page_of_a_megabyte_of_one_line_is_read() {
    let mut page = String::from("<html><body><article>");
    for n in 0..8_000 {
        let _ = write!(
            page,
            "<p>Sentence {n} of a very long page tells of the <em>ice</em> in the strait, it is said.</p>"
        );
    }
    let text = read(page.as_bytes());
    assert_eq!(text.lines().count(), 8_000);
    assert!(text.ends_with("it is said."));
}
