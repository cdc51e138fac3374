//! Who wrote an article and what its site is called, where pages state or show something else beside it.

use super::fields::check_whole;
use super::rules::{LEAD, SECOND, TITLE, check};
use super::support::{body, with_page};

/// A page of a head, what stands above the text, and what stands below it in the same box.
fn page(head: &str, top: &str, below: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head>{head}</head><body><main>{top}<div class=story-body><p>{LEAD}</p><p>{SECOND}</p>{below}</div></main>\
         <footer><p>Imprint</p></footer></body></html>"
    )
}

fn check_pages(rows: &[(String, &str, &str)]) {
    check_whole(&rows.iter().map(|(page, name, wanted)| (page.as_str(), *name, *wanted)).collect::<Vec<_>>());
}

#[test]
fn a_name_ends_where_its_element_does() {
    check(&[
        (
            "",
            "<div class=byline><span class=pre>By</span><span class=name>Anna Kowal</span></div>",
            "byline",
            "Anna Kowal",
        ),
        ("", "<p>Von<b>Anna Kowal</b></p>", "byline", "Anna Kowal"),
        ("", "<p><strong>By</strong></p><p class=full-name>Anna Kowal</p>", "byline", "Anna Kowal"),
        (
            "",
            "<div class=byline><span class=author><a href=/a class=authors>Anna Kowal</a></span> <span class=publication>Kell Courier-Post</span></div>",
            "byline",
            "Anna Kowal",
        ),
        (
            "",
            "<div class=byline><a class=author href=/a>Anna Kowal</a> <span>Kell Bay Mercury</span></div>",
            "byline",
            "Anna Kowal",
        ),
        (
            "",
            "<div class=byline><b class=author>Anna Maria</b> <b class=author>Kowal</b></div>",
            "byline",
            "Anna Maria Kowal",
        ),
        ("", "<div class=byline>By <a rel=author href=/a>Anna A. Kowal</a></div>", "byline", "Anna A. Kowal"),
        (r#"<meta name=author content="Anna Kowal, PhD">"#, "", "byline", "Anna Kowal"),
        (r#"<meta name=author content="Anna Kowal MS, RD">"#, "", "byline", "Anna Kowal"),
    ]);
}

#[test]
fn a_label_tells_who_wrote_it() {
    const EN: &str = r#"<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Three Minutes"><meta name="twitter:label2" content="Written by"><meta name="twitter:data2" content="Anna Kowal">"#;
    check(&[
        (EN, "", "byline", "Anna Kowal"),
        (
            r#"<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="Anna Kowal">"#,
            "",
            "byline",
            "Anna Kowal",
        ),
        (
            r#"<meta name="twitter:label1" content="Écrit par"><meta name="twitter:data1" content="Anna Kowal">"#,
            "",
            "byline",
            "Anna Kowal",
        ),
        (
            r#"<meta name="twitter:label1" content="Napisane przez"><meta name="twitter:data1" content="Anna Kowal">"#,
            "",
            "byline",
            "Anna Kowal",
        ),
        (
            r#"<meta name="twitter:label1" content="Автор"><meta name="twitter:data1" content="Анна Коваль">"#,
            "",
            "byline",
            "Анна Коваль",
        ),
        (
            r#"<meta name="twitter:label1" content="Price"><meta name="twitter:data1" content="Anna Kowal">"#,
            "",
            "byline",
            "none",
        ),
        (
            r#"<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="admin">"#,
            "",
            "byline",
            "none",
        ),
    ]);
    let facts = |list: &str| format!("{}<div>{list}</div>", page("", &format!("<h1>{TITLE}</h1>"), ""));
    let far: String = (0..30).map(|n| format!("<p>Picture {n}</p>")).collect();
    check_pages(&[
        (
            facts("<ul><li><b>Datum</b> 28.04.2023</li><li><b>Autorin/Autor</b> Anna Kowal</li></ul>"),
            "byline",
            "Anna Kowal",
        ),
        (
            facts("<dl><dt>Date</dt><dd>28 April 2023</dd><dt>Author</dt><dd>Anna Kowal</dd></dl>"),
            "byline",
            "Anna Kowal",
        ),
        (facts(&format!("{far}<ul><li>Datum 28.04.2023</li><li>Autor Anna Kowal</li></ul>")), "byline", "Anna Kowal"),
        (facts("<ul class=cast><li><strong>Dr. Lena Ortiz</strong> Ship Doctor</li></ul>"), "byline", "none"),
    ]);
}

#[test]
fn what_is_stated_as_author_may_be_nobody_or_a_part() {
    const FIRST: &str = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Anna"}}</script>"#;
    const SOME: &str = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Tom Reid"}}</script><meta name=author content="Anna Kowal, Tom Reid">"#;
    check(&[
        ("<meta name=author content=Nachrichten>", "", "byline", "none"),
        ("<meta name=author content='Super User'>", "", "byline", "none"),
        ("<meta name=author content=webmaster>", "", "byline", "none"),
        (
            "<meta name=author content='Sea Life'><meta property='article:section' content='Sea Life'>",
            "",
            "byline",
            "none",
        ),
        ("<meta name=author content='Chief Executive Officer'>", "", "byline", "none"),
        (FIRST, "<p>Anna Kowal</p>", "byline", "Anna Kowal"),
        (FIRST, "<p>Lena Ortiz</p>", "byline", "Anna"),
        (SOME, "", "byline", "Anna Kowal, Tom Reid"),
        (
            "<meta name=author content='Lena Ortiz'>",
            "<p><a rel=author href=/a>Anna Kowal</a></p>",
            "byline",
            "Anna Kowal",
        ),
    ]);
}

#[test]
fn a_name_alone_below_the_text_signs_it() {
    let below = |line: &str| page("", &format!("<h1>{TITLE}</h1>"), line);
    let signed = below("<p style='text-align:right'><strong>Anna Kowal</strong></p>");
    check_pages(&[
        (signed.clone(), "byline", "Anna Kowal"),
        (below("<p>– Anna Kowal</p>"), "byline", "Anna Kowal"),
        // a person of the text, a city, a link
        (
            below(&format!("<p>{}</p><p>Anna Kowal</p>", LEAD.replace("harbour office", "pilot Kowal"))),
            "byline",
            "none",
        ),
        (below("<p>Buenos Aires</p>"), "byline", "none"),
        (below("<p><a href=/k>Anna Kowal</a></p>"), "byline", "none"),
    ]);
    let text = with_page(signed.as_bytes(), |_, e| body(e)).expect("a page");
    assert_eq!(text, format!("{LEAD}\n{SECOND}"));
}

#[test]
fn a_heading_is_the_articles_whole_and_alone() {
    let window = |title: &str, top: &str| page(&format!("<title>{title}</title>"), top, "");
    let (first, second) = TITLE.split_at(TITLE.find(" port").expect("a blank"));
    let (site, motto) = ("<h1><a href=/>Tamsin Post</a></h1>", "<h1>All the news of the bay since 1911</h1>");
    let news = |head: &str| window(&format!("{TITLE} | Tamsin Post"), &format!("{head}<h2>{TITLE}</h2>"));
    check_pages(&[
        (window("Ferry", &format!("<h1>{first}<br>{second}</h1>")), "headline", TITLE),
        (news(site), "headline", TITLE),
        (news(site), "outlet", "Tamsin Post"),
        (news(motto), "headline", TITLE),
        (window(&format!("{TITLE} | Tamsin Post"), "<h1>Tamsin Post</h1>"), "headline", TITLE),
        (
            window("Tamsin Post", &format!("<h1><span class=kicker>Winter at sea</span><span>{TITLE}</span></h1>")),
            "headline",
            TITLE,
        ),
        (
            window("Tamsin Post", &format!("<h1><span>Winter at sea</span><span>{TITLE}</span></h1>")),
            "headline",
            "Winter at sea Island ferry to stay in port until the ice breaks",
        ),
        (window("Tamsin Post", &format!("<h1><span></span>: {TITLE}</h1>")), "headline", TITLE),
        (window("Tamsin Post", &format!("<h1>{TITLE} |</h1>")), "headline", TITLE),
        (window(&format!("News » Local » {TITLE} » Tamsin Post"), ""), "headline", TITLE),
        (window(&format!("News » Local » {TITLE} » Tamsin Post"), ""), "outlet", "Tamsin Post"),
        (window(&format!("Tamsin Post | Local | {TITLE}"), ""), "headline", TITLE),
        (window(&format!("Tamsin Post | Local | {TITLE}"), ""), "outlet", "Tamsin Post"),
        (window(&format!("Local News | {TITLE}"), ""), "outlet", "none"),
    ]);
}

#[test]
fn a_section_or_a_motto_is_no_outlet() {
    let at = "<link rel=canonical href='https://www.tamsinpost.example/ferry'>";
    let named = |name: &str| {
        let head = format!("{at}<title>{TITLE} - The Tamsin Post</title><meta property=og:site_name content='{name}'>");
        page(&head, &format!("<h1>{TITLE}</h1>"), "")
    };
    let filed = |name: &str, section: &str| named(name).replace("</head>", &format!("{section}</head>"));
    check_pages(&[
        (filed("Sea Life", "<meta property='article:section' content='Sea Life'>"), "outlet", "The Tamsin Post"),
        (
            filed(
                "Sea Life",
                "<script type='application/ld+json'>{\"@type\":\"Article\",\"articleSection\":[\"Sea Life\"]}</script>",
            ),
            "outlet",
            "The Tamsin Post",
        ),
        (named("Science"), "outlet", "The Tamsin Post"),
        (named("Wissenschaft"), "outlet", "The Tamsin Post"),
        (named("Premium"), "outlet", "The Tamsin Post"),
        (named("All that moves the bay since 1911"), "outlet", "The Tamsin Post"),
        // a name of its own, and one that is a section's too
        (named("Kell Digital"), "outlet", "Kell Digital"),
        (filed("Tamsin Post", "<meta property='article:section' content='Tamsin Post'>"), "outlet", "Tamsin Post"),
    ]);
    let foot = |line: &str| page("", &format!("<h1>{TITLE}</h1>"), "").replace("Imprint", line);
    check_pages(&[
        (foot("© 2019 The opinions expressed are those of the author"), "outlet", "none"),
        (foot("Copyright 2019. Views expressed are those of the writers."), "outlet", "none"),
        (foot("© 2019 Tamsin Post"), "outlet", "Tamsin Post"),
    ]);
}
