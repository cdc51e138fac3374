//! Each rule on a page of our own: a row is what the page has, and what must come of it.

use dateline::extract::{Extraction, Fate};

use super::support::{body, value, with_page};

pub(crate) const TITLE: &str = "Island ferry to stay in port until the ice breaks";
pub(crate) const LEAD: &str = "The last ferry to the outer islands will stay in port until the ice in the strait breaks, the harbour office said.";
pub(crate) const SECOND: &str =
    "Some forty people spent the night in the waiting room, where volunteers had put up beds and a stove.";

/// A page with something in its head, something between headline and text, and something in the text.
fn page(head: &str, top: &str, inside: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>{TITLE} - The Tamsin Post</title>{head}</head>\n<body>\
         <nav><ul><li><a href=/>Home</a><li><a href=/w>World and regions</a></ul></nav>\n\
         <main><h1>{TITLE}</h1>\n{top}\n<div class=\"story-body\"><p>{LEAD}</p>\n{inside}\n<p>{SECOND}</p></div></main>\n\
         <footer><p>The Tamsin Post has told the news of the bay, its harbours and its people since 1911.</p></footer>\
         </body></html>"
    )
}

pub(crate) fn field(extraction: &Extraction, name: &str) -> String {
    let article = &extraction.article;
    let found = match name {
        "date" => article.date.as_ref().map(|date| date.value.to_string()),
        "headline" => value(&article.headline),
        "outlet" => value(&article.outlet),
        "byline" => value(&article.byline),
        "place" => value(&article.dateline_place),
        "credit" => Some(article.credit.join(", ")).filter(|all| !all.is_empty()),
        other => panic!("no field {other}"),
    };
    found.unwrap_or_else(|| "none".to_owned())
}

/// What the page is made of beyond its text, the field, and its value.
pub(crate) type Row = (&'static str, &'static str, &'static str, &'static str);

pub(crate) fn check(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (head, top, name, wanted) in rows {
        let page = page(head, top, "");
        let found = with_page(page.as_bytes(), |_, extraction| field(extraction, name)).expect("a page");
        if found != *wanted {
            wrong.push(format!("{head}{top}\n  {name}: {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_are_those_that_the_page_states() {
    check(&[
        (
            r#"<meta property="article:published_time" content="2019-11-20T06:35:39Z">"#,
            "",
            "date",
            "2019-11-20T06:35:39+00:00",
        ),
        (
            r#"<meta name="parsely-pub-date" content="2019-11-20T23:35:39-05:00">"#,
            "",
            "date",
            "2019-11-20T23:35:39-05:00",
        ),
        (r#"<meta name=citation_publication_date content=2019/11/20>"#, "", "date", "2019-11-20"),
        (r#"<meta name="DC.date.issued" content="20 November 2019">"#, "", "date", "2019-11-20"),
        (r#"<meta name="sw-pubdate" content="2019-11-20">"#, "", "date", "2019-11-20"),
        (r#"<meta property="article:modified_time" content="2019-11-20T06:35:39Z">"#, "", "date", "none"),
        (r#"<meta property="article:published_time" content="0001-01-01T00:00:00Z">"#, "", "date", "none"),
        (r#"<meta property="article:published_time" content="1970-01-01T00:00:00Z">"#, "", "date", "none"),
        (r#"<link rel=canonical href="https://post.example/2019/11/20/ferry">"#, "", "date", "2019-11-20"),
        (r#"<link rel=canonical href="https://post.example/20191120/ferry">"#, "", "date", "2019-11-20"),
        ("", r#"<time datetime="2019-11-20T06:35" class="entry-date">today</time>"#, "date", "2019-11-20T06:35"),
        ("", r#"<p class="meta">Published on 20 November 2019, 6:35 am</p>"#, "date", "2019-11-20T06:35"),
        ("", r#"<p class="meta">Last updated: 20 November 2019</p>"#, "date", "none"),
        (
            "",
            r#"<div class="related-stories"><time datetime="2018-01-02" itemprop="datePublished">2 January</time></div>"#,
            "date",
            "none",
        ),
        (
            r#"<meta property="article:published_time" content="2019-11-20"><meta property="article:published_time" content="2019-11-28">"#,
            "",
            "date",
            "none",
        ),
        ("", "<footer>© 2019 The Tamsin Post</footer>", "date", "none"),
    ]);
}

#[test]
fn json_ld_is_read_however_it_is_wrapped() {
    const DATE: &str = "2019-11-20T06:35+01:00";
    check(&[
        (
            r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-11-20T06:35+01:00"}</script>"#,
            "",
            "date",
            DATE,
        ),
        (
            r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["Article"],"datePublished":"2019-11-20T06:35+01:00"}]}</script>"#,
            "",
            "date",
            DATE,
        ),
        (
            r#"<script type="application/ld+json">[{"@type":"Organization"},{"@type":"http://schema.org/BlogPosting","datePublished":"2019-11-20T06:35+01:00"}]</script>"#,
            "",
            "date",
            DATE,
        ),
        (
            "<script type='application/ld+json'>//<![CDATA[\n<!--\n{\"@type\":\"Article\",\n\"datePublished\":\"2019-11-20T06:35+01:00\",}\n-->\n//]]></script>",
            "",
            "date",
            DATE,
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"description\":\"two\nlines\",\"datePublished\":\"2019-11-20T06:35+01:00\"}</script>",
            "",
            "date",
            DATE,
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Article\", \"datePublished\": \"2019-11-20T06:35+01:00\" \"broken</script>",
            "",
            "date",
            DATE,
        ),
        (
            r#"<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2018-01-01"}]}</script>"#,
            "",
            "date",
            "none",
        ),
        (
            r#"<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2019-11-20"}</script>"#,
            "",
            "date",
            "none",
        ),
        (
            r#"<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"a1"}},{"@type":"Person","@id":"a1","name":"Anna Kowal"}]}</script>"#,
            "",
            "byline",
            "Anna Kowal",
        ),
    ]);
}

#[test]
fn a_moment_stated_twice_is_read_on_the_articles_own_clock() {
    check(&[(
        r#"<script type="application/ld+json">{"@type":"Article","datePublished":"2019-11-21T04:35:39+00:00"}</script>"#,
        r#"<time datetime="2019-11-20T23:35:39-05:00" itemprop="datePublished">Wednesday</time>"#,
        "date",
        "2019-11-20T23:35:39-05:00",
    )]);
}

#[test]
fn the_outlet_is_the_site_and_no_agency() {
    const AGENCY: &str =
        r#"<script type="application/ld+json">{"@type":"Article","publisher":{"name":"Reuters"}}</script>"#;
    check(&[
        (r#"<meta property="og:site_name" content="The Harbour Gazette">"#, "", "outlet", "The Harbour Gazette"),
        (r#"<meta property="og:site_name" content="HarbourNet | News of the bay">"#, "", "outlet", "HarbourNet"),
        (r#"<meta property="og:site_name" content="@harbournet">"#, "", "outlet", "The Tamsin Post"),
        (
            r#"<script type="application/ld+json">{"@type":"Article","publisher":{"name":"The Harbour Gazette"}}</script>"#,
            "",
            "outlet",
            "The Harbour Gazette",
        ),
        (AGENCY, "", "outlet", "The Tamsin Post"),
        (AGENCY, "", "credit", "Reuters"),
        ("", "", "outlet", "The Tamsin Post"),
    ]);
}

#[test]
fn the_headline_is_the_title_without_the_site() {
    const TAMSIN: &str = r#"<meta property="og:site_name" content="The Tamsin Post">"#;
    check(&[
        (TAMSIN, "", "headline", TITLE),
        (
            r#"<meta property="og:title" content="Island ferry to stay in port until the ice breaks | The Tamsin Post">"#,
            "",
            "headline",
            TITLE,
        ),
    ]);
    let bare = page(TAMSIN, "", "").replace(&format!("<h1>{TITLE}</h1>"), "");
    assert_eq!(with_page(bare.as_bytes(), |_, e| field(e, "headline")).as_deref(), Some(TITLE));
}

#[test]
fn bylines_are_people() {
    check(&[
        (r#"<meta name=author content="By Anna Kowal and Tom Reid">"#, "", "byline", "Anna Kowal, Tom Reid"),
        (r#"<meta name=author content="ANNA KOWAL, Staff Writer">"#, "", "byline", "Anna Kowal"),
        (r#"<meta property="article:author" content="https://faces.example/tamsinpost">"#, "", "byline", "none"),
        (r#"<meta name=author content="admin">"#, "", "byline", "none"),
        (r#"<meta name=author content="The Tamsin Post">"#, "", "byline", "none"),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":[{"@type":"Organization","name":"Harbour Desk Group"}]}</script>"#,
            "",
            "byline",
            "none",
        ),
        (
            "",
            r#"<p class="byline">By <a rel="author" href="/a">Anna Kowal</a>, harbour reporter</p>"#,
            "byline",
            "Anna Kowal",
        ),
    ]);
}

/// What stands in the middle of the text, and what is left of it in the body.
#[test]
fn only_the_article_is_its_body() {
    for (inside, kept) in [
        (r#"<figure><img src=a><figcaption>The ferry in port. Photo: T. Reid</figcaption></figure>"#, ""),
        (r#"<div class="newsletter-box"><p>Get the best of the bay in your mail every morning at six.</p></div>"#, ""),
        (
            r#"<aside><h3>More</h3><p>The pilots of the strait are to strike in spring, says their guild.</p></aside>"#,
            "",
        ),
        (r#"<p><a href=/x>Pilots of the strait to strike in spring</a></p>"#, ""),
        (r#"<div class="social-share">Share this on every network there is</div>"#, ""),
        (r#"<p style="display: none">What no reader of the page is to see at all.</p>"#, ""),
        (r#"<script>document.write("<p>never</p>")</script><template><p>Not yet, said the page.</p></template>"#, ""),
        (r#"<noscript><p>Please switch on scripts to read this page as it was meant.</p></noscript>"#, ""),
        (
            "<h2>Beds and a stove</h2><p>The stove was lent by the fire brigade of the old town.</p>",
            "Beds and a stove\nThe stove was lent by the fire brigade of the old town.",
        ),
        ("<ul><li>forty people<li>twelve beds<li>one stove</ul>", "forty people\ntwelve beds\none stove"),
        ("<table><tr><th>Ship<th>Berths<tr><td>Marta<td>120</table>", "Ship Berths\nMarta 120"),
        ("<p>One thing<p>Another thing<div>A third thing</div>", "One thing\nAnother thing\nA third thing"),
        ("<p>Caf&eacute; &amp; bar &#8211; open&nbsp;late,   she\n  said.</p>", "Café & bar – open late, she said."),
        (
            "<blockquote class=\"twitter-tweet\"><p>We wait for the ice, and so do you.</p></blockquote>",
            "We wait for the ice, and so do you.",
        ),
        (
            "<p>a &lt;b&gt; is <!-- not --> a tag, and <![CDATA[<this>]]> is none either, the office said.</p>",
            "a <b> is a tag, and <this> is none either, the office said.",
        ),
        (
            r#"<p class="body-paragraph paywall">The stove was lent by the fire brigade of the old town.</p>"#,
            "The stove was lent by the fire brigade of the old town.",
        ),
        (r#"<div id="paywall"><p>Register now to read on; it takes one minute and costs nothing.</p></div>"#, ""),
        (
            r#"<p class="tagStyle_1q-o_O-style_2x">The stove was lent by the fire brigade of the old town.</p>"#,
            "The stove was lent by the fire brigade of the old town.",
        ),
        (
            r#"<div id="TOC_TITLE_1" class="content_body"><p>The stove was lent by the fire brigade.</p></div>"#,
            "The stove was lent by the fire brigade.",
        ),
    ] {
        let page = page("", "", inside);
        let wanted: Vec<&str> = [LEAD, kept, SECOND].into_iter().filter(|part| !part.is_empty()).collect();
        assert_eq!(with_page(page.as_bytes(), |_, e| body(e)), Some(wanted.join("\n")), "{inside}");
    }
}

#[test]
fn a_long_text_stands_in_several_blocks() {
    let long: String =
        (1..9).map(|n| format!("<p>Boat {n} was tied to the quay by its crew on Monday night.</p>")).collect();
    let paragraph = |n: u32| format!("<p>On day {n} nothing moved in the strait but the wind and the gulls.</p>");
    let cookies = "<div class=\"x-cookie-wrap\"><div class=\"tab\"><p>We use small files of every kind to see who reads what, and when, and where.</p>"
        .repeat(30);
    for (shape, first, second) in [
        ("the body stated of each, in boxes", "<div><section itemprop=articleBody>", "</section></div>"),
        ("the body called of each", "<section class=\"article-body\">", "</section>"),
        ("called text, in boxes", "<section class=row><div class=\"av_textblock\">", "</div></section>"),
    ] {
        let block = |text: &str| format!("{first}{text}{second}");
        let page = format!(
            "<html><body><article><h1>{TITLE}</h1>{}<aside>More</aside>{}{}</article>{cookies}</body></html>",
            block(&paragraph(1)),
            block(&long),
            block(&paragraph(2))
        );
        let text = with_page(page.as_bytes(), |_, e| body(e)).expect("a page");
        assert!(text.starts_with("On day 1") && text.ends_with("the wind and the gulls."), "{shape}: {text}");
        assert!(text.contains("On day 2") && !text.contains("small files"), "{shape}: {text}");
    }
}

#[test]
fn text_rules_go_on_to_hold_in_the_body() {
    let page = page("", "", "").replace(LEAD, &format!("TAMSIN BAY (Reuters) - {LEAD}"));
    let (place, credit, text) =
        with_page(page.as_bytes(), |_, e| (field(e, "place"), field(e, "credit"), body(e))).expect("a page");
    assert_eq!((place.as_str(), credit.as_str()), ("Tamsin Bay", "Reuters"));
    assert!(text.starts_with("The last ferry"), "{text}");
}

#[test]
fn every_line_has_its_fate_and_its_line_in_the_file() {
    let page = page("", "<p class=meta>20 November 2019</p>", "");
    let fates = with_page(page.as_bytes(), |record, extraction| {
        let shown = |fate| match fate {
            Fate::Dropped(label) => label.to_string(),
            Fate::Headline => "headline".to_owned(),
            Fate::Standfirst => "standfirst".to_owned(),
            Fate::Body(block) => format!("body {block}"),
            Fate::Blank => "blank".to_owned(),
        };
        let row = |f: &dateline::extract::LineFate| {
            let text: String = record.text[f.span.range()].chars().take(14).collect();
            format!("{} {} {text}", f.line, shown(f.fate))
        };
        extraction.fates.iter().map(row).collect::<Vec<_>>()
    });
    let wanted = [
        "3 nav Home",
        "3 nav World and regi",
        "4 headline Island ferry t",
        "5 date_line 20 November 20",
        "6 body 0 The last ferry",
        "8 body 1 Some forty peo",
        "9 nav The Tamsin Pos",
    ];
    assert_eq!(fates.expect("a page"), wanted);
}
