//! Headline, outlet and byline of pages of every make, on small pages of our own.

use super::rules::{LEAD, Row, SECOND, TITLE, check, field};
use super::support::with_page;

/// A whole page, the field, and its value.
pub(crate) type Whole<'a> = (&'a str, &'a str, &'a str);

/// A page of a head and what stands above the text.
fn whole(head: &str, top: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head>{head}</head><body>{top}<div class=story-body><p>{LEAD}</p><p>{SECOND}</p></div></body></html>"
    )
}

pub(crate) fn check_whole(rows: &[Whole<'_>]) {
    let mut wrong = Vec::new();
    for (page, name, wanted) in rows {
        let found = with_page(page.as_bytes(), |_, extraction| field(extraction, name)).expect("a page");
        if found != *wanted {
            wrong.push(format!("{page}\n  {name}: {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_headline_is_what_heads_the_article() {
    let site = r#"<link rel=canonical href="https://www.tamsinpost.example/ferry">"#;
    let title = |text: &str| format!("{site}<title>{text}</title>");
    check_whole(&[
        // The site's name in the host alone, a motto behind it, tight marks, a name before.
        (&whole(&title(&format!("{TITLE} - Tamsin Post - News of the bay")), ""), "headline", TITLE),
        (&whole(&title(&format!("Tamsin Post: {TITLE}")), ""), "headline", TITLE),
        (&whole(&title(&format!("TAMSINPOST|{TITLE}")), ""), "headline", TITLE),
        (&whole(&title(&format!("{TITLE} : Tamsin Post")), ""), "headline", TITLE),
        // The site's name heads the page, and is no headline.
        (&whole(&title(&format!("{TITLE} | Tamsin Post")), "<h1>Tamsin Post</h1>"), "headline", TITLE),
        // A section's name stated as the title says less than the window.
        (
            &whole(&format!("{}<meta property=og:title content=Releases>", title(TITLE)), "<h2>Harbour office</h2>"),
            "headline",
            TITLE,
        ),
        // A heading with its kicker or subtitle, which is stated without.
        (&whole(&title(TITLE), &format!("<h1><span>Winter</span> {TITLE}</h1>")), "headline", TITLE),
        (&whole(&title(TITLE), &format!("<h1>{TITLE} <small>Forty spent the night</small></h1>")), "headline", TITLE),
        // Words for search engines give way to the heading.
        (
            &whole(&title("Ferry, ice, port: island stay until it breaks"), &format!("<h1>{TITLE}</h1>")),
            "headline",
            TITLE,
        ),
        (&whole(&title("Winter at sea"), &format!("<h1>{TITLE}</h1>")), "headline", TITLE),
        // A heading with the site's name in it.
        (&whole(&title(TITLE), &format!("<h1>{TITLE} | Tamsin Post</h1>")), "headline", TITLE),
        // Microdata, RDFa and microformats.
        (&whole("", &format!("<h2 itemprop=headline>{TITLE}</h2>")), "headline", TITLE),
        (&whole("", &format!("<h2 property='schema:headline'>{TITLE}</h2>")), "headline", TITLE),
        (&whole("", &format!("<div class=h-entry><h2 class=p-name>{TITLE}</h2></div>")), "headline", TITLE),
        (&whole(&format!("<meta name=citation_title content='{TITLE}'>"), ""), "headline", TITLE),
    ]);
}

#[test]
fn an_outlet_is_what_the_site_calls_itself() {
    let at = |url: &str, head: &str| format!("<link rel=canonical href='{url}'>{head}");
    let post = "https://www.tamsinpost.example/ferry";
    check_whole(&[
        (&whole(&at(post, &format!("<title>{TITLE}</title>")), ""), "outlet", "tamsinpost.example"),
        (&whole(&at(post, &format!("<title>{TITLE} | Tamsin Post</title>")), ""), "outlet", "Tamsin Post"),
        (&whole(&at(post, "<title>Release - Tamsin-Post</title>"), ""), "outlet", "Tamsin-Post"),
        (
            &whole(
                &at(
                    "https://ashelffullofsunandice.blogspot.com/2",
                    &format!("<title>A Shelf Full of Sun and Ice: {TITLE}</title>"),
                ),
                "",
            ),
            "outlet",
            "A Shelf Full of Sun and Ice",
        ),
        (&whole(&at(post, &format!("<title>Tamsin Post Blog: {TITLE}</title>")), ""), "outlet", "Tamsin Post Blog"),
        // Copies keep the address of the page they copied.
        (
            &whole(&at("https://web.archive.org/web/20190101000000/http://tamsinpost.example/ferry", ""), ""),
            "outlet",
            "tamsinpost.example",
        ),
        (
            &whole(&at("https://tamsinpost-example.cdn.ampproject.org/c/s/tamsinpost.example/ferry", ""), ""),
            "outlet",
            "tamsinpost.example",
        ),
        (&format!("<!-- saved from url=(0036){post} -->\n{}", whole("", "")), "outlet", "tamsinpost.example"),
        // What a site calls itself goes before its publisher, even where that is its host.
        (
            &whole(
                "<meta property=og:site_name content=tamsinpost.example><meta name=dc.publisher content='Bay Holdings'>",
                "",
            ),
            "outlet",
            "tamsinpost.example",
        ),
        (
            &whole("<meta property=og:site_name content='https://www.tamsinpost.example'>", ""),
            "outlet",
            "tamsinpost.example",
        ),
        (&whole("<meta property='article:publisher' content='161385360554578'>", ""), "outlet", "none"),
        // An agency is the outlet of its own pages.
        (&whole(&at("https://www.reuters.com/article/ferry", ""), ""), "outlet", "Reuters"),
        // A section behind the title, and a photographer's copyright.
        (
            &whole(
                &format!(
                    "<meta property=og:site_name content='Tamsin Post'><title>{TITLE} | Tamsin Post | Sea</title>"
                ),
                &format!("<h1>{TITLE}</h1>"),
            ),
            "outlet",
            "Tamsin Post",
        ),
        (
            &format!("{}<footer>© Anna Kowal/Bay Pictures</footer>", whole("", &format!("<h1>{TITLE}</h1>"))),
            "outlet",
            "none",
        ),
        (&format!("{}<footer>The contents of this site are © 2019</footer>", whole("", "")), "outlet", "none"),
    ]);
}

const NAMES: &str = "Anna Kowal, Tom Reid";

#[test]
fn a_byline_is_read_from_whatever_states_it() {
    const GRAPH: &str = r#"<script type="application/ld+json">{"@graph":[{"@type":"Article","author":[{"@id":"id-a"},"id-b"]},{"@type":"Person","@id":"id-a","name":"Anna Kowal"},{"@type":"Person","@id":"id-b","givenName":"Tom","familyName":"Reid"}]}</script>"#;
    let rows: &[Row] = &[
        (GRAPH, "", "byline", NAMES),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":["Anna Kowal","Tom Reid"]}</script>"#,
            "",
            "byline",
            NAMES,
        ),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":{"name":["Anna Kowal","Tom Reid"]}}</script>"#,
            "",
            "byline",
            NAMES,
        ),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"Anna"}}</script>"#,
            "",
            "byline",
            "Anna",
        ),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"Redaktion"}}</script>"#,
            "",
            "byline",
            "none",
        ),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"Tamsin Post Redaktion"}}</script><meta property="og:site_name" content="Tamsin Post">"#,
            "",
            "byline",
            "none",
        ),
        (
            r#"<meta name=citation_author content="Kowal, Anna"><meta name=citation_author content="Reid, Tom">"#,
            "",
            "byline",
            NAMES,
        ),
        (r#"<meta name=author content="Anna Kowal"><meta name=author content="Tom Reid">"#, "", "byline", NAMES),
        (r#"<meta name=author content="Tamsin Post, Kell, Norway">"#, "", "byline", "none"),
        (r#"<meta property="article:author" content="https://faces.example/AnnaKowal">"#, "", "byline", "none"),
        (r#"<meta name="parsely-author" content="ANNA KOWAL">"#, "", "byline", "Anna Kowal"),
        (
            "",
            r#"<div>Text <a rel=author href=/a>Anna Kowal</a>, Harbour Union June 28th, 2018</div>"#,
            "byline",
            "Anna Kowal",
        ),
        (
            "",
            r#"<small itemprop=author itemscope>von <span itemprop=name>Anna Kowal</span></small>"#,
            "byline",
            "Anna Kowal",
        ),
        ("", r#"<div class="vcard"><a class="url fn">Anna Kowal</a> 5 May</div>"#, "byline", "Anna Kowal"),
        ("", r#"<a class="p-author h-card" href=/a>Anna Kowal</a>"#, "byline", "Anna Kowal"),
        ("", r#"<span property="schema:author">Anna Kowal</span>"#, "byline", "Anna Kowal"),
        ("", r#"<div class="byline">By Anna Kowal, Tom Reid, Staff Writers</div>"#, "byline", NAMES),
        ("", r#"<p class="byline">Publiziert am 3. Mai 2019 von Anna Kowal</p>"#, "byline", "Anna Kowal"),
        ("", r#"<span class="author-link">Anna Kowal</span> publiziert am 25. September 2018"#, "byline", "Anna Kowal"),
        (
            "",
            r#"<div class="author"><span>Anna Kowal</span><br>General Assignment Reporter</div>"#,
            "byline",
            "Anna Kowal",
        ),
        ("", r#"<span class="byline">von <a rel=author>Anna</a></span>"#, "byline", "Anna"),
        ("", r#"<figure><img src=a><span class="media-author">Anna Kowal</span></figure>"#, "byline", "none"),
        ("", r#"<div class="related-posts"><span class="author">Anna Kowal</span></div>"#, "byline", "none"),
        // A blog signs below the text, whoever made its template.
        (
            r#"<meta name=author content="Lena Ortiz">"#,
            "</main><div class=post-footer><span class=vcard>Posted by <span class=fn>Anna Kowal</span></span> at 5:11</div><main>",
            "byline",
            "Anna Kowal",
        ),
        // More names on the page than in its data; and a template's author.
        (
            r#"<meta name=author content="Anna Kowal">"#,
            r#"<div class="byline">By Anna Kowal and Tom Reid</div>"#,
            "byline",
            NAMES,
        ),
        (
            r#"<meta name=author content="Lena Ortiz">"#,
            r#"<div class="byline">By Anna Kowal</div>"#,
            "byline",
            "Anna Kowal",
        ),
    ];
    check(rows);
}

#[test]
fn copies_and_pages_of_every_make_are_read() {
    let micro = "<div itemprop=publisher itemscope><meta itemprop=name content='Kell Bay Times'></div>\
                 <div itemprop=author itemscope><meta itemprop=name content='Anna Kowal'></div>";
    let atom = format!("<div class=hentry><h2 class=entry-title>{TITLE}</h2></div>");
    let entry = format!("<h1 class=p-name>{TITLE}</h1><time class=dt-published datetime=2019-05-03>3 May</time>");
    let archive =
        "<div id=wm-ipp-base><p>Formed in 2009, the team is a collective of people who save copies of pages.</p></div>";
    check_whole(&[
        (&whole("", micro), "outlet", "Kell Bay Times"),
        (&whole("", micro), "byline", "Anna Kowal"),
        (&whole("<title>Kell Bay Notes</title>", &atom), "headline", TITLE),
        (&whole("", &entry), "date", "2019-05-03"),
    ]);
    let text = format!("{LEAD}\n{SECOND}");
    let body = |page: String| with_page(page.as_bytes(), |_, e| super::support::body(e)).expect("a page");
    assert_eq!(body(whole("", &format!("{archive}<h1>{TITLE}</h1>"))), text);
    let amp = whole("", &format!("<h1>{TITLE}</h1>")).replace("</p><p>", "</p><amp-ad>Advert</amp-ad><p>");
    assert_eq!(body(amp), text);
}

#[test]
fn a_blogs_article_class_names_no_author() {
    let page = whole("", &format!("<h1>{TITLE}</h1>"))
        .replace("class=story-body", "class=\"post type-post hentry author-anna\"");
    check_whole(&[(&page, "byline", "none"), (&page, "headline", TITLE)]);
}
