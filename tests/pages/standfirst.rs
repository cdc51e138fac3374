//! What introduces a text, between heading and body: told as such, or left out.

use super::rules::{LEAD, TITLE};
use super::support::{body, with_page};

const DEK: &str = "Passengers of the Marrow line must wait for warmer days";

/// A page with something in its head, and something between its heading and its text.
fn page(head: &str, top: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>{TITLE} - The Tamsin Post</title>{head}</head>\n<body>\
         <nav><ul><li><a href=/>Home</a><li><a href=/w>World and regions</a></ul></nav>\n\
         <main><h1>{TITLE}</h1>\n{top}\n<div class=\"story-body\"><p>{LEAD}</p>\n<p>{LEAD} It was the third day of \
         frost, and no icebreaker was sent.</p></div></main></body></html>"
    )
}

/// What stands in the page's head, what stands under its heading, and the standfirst with the rule that found it.
const ROWS: &[(&str, &str, &str)] = &[
    ("", "<header><p>DEK.</p></header>", "header: DEK."),
    ("", "<p class=\"article__desc\">DEK</p>", "class: DEK"),
    ("", "<h2 class=\"sub-title\">DEK</h2>", "class: DEK"),
    ("", "<div class=articleChapeau><p>DEK.</p></div>", "class: DEK."),
    ("", "<div class=\"article-chapeau\"><p>DEK.</p></div>", "class: DEK."),
    ("<meta name=description content=\"DEK\">", "<div><p>DEK.</p></div>", "description: DEK."),
    (
        "<meta property=\"og:description\" content=\"DEK ...\">",
        "<h2>DEK and light winds.</h2>",
        "description: DEK and light winds.",
    ),
    (
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"alternativeHeadline\":\"DEK\"}</script>",
        "<div><h2>DEK</h2></div>",
        "description: DEK",
    ),
    (
        "",
        "<ul class=standfirst><li>DEK.<li>The harbour office keeps a stove burning.</ul>",
        "class: DEK.|The harbour office keeps a stove burning.",
    ),
    // no standfirst
    ("", "<div><p>DEK</p></div>", "none"),
    ("", "<p class=intro>May 30, 2023 / Anna Kowal and Tom Reid</p>", "none"),
    ("", "<p class=summary><a href=/x>DEK, and what else we know of it</a></p>", "none"),
    ("", "<aside class=intro><p>DEK.</p></aside>", "none"),
    ("<meta name=description content=\"LEAD\">", "", "none"),
];

#[test]
fn what_introduces_a_text_is_told_and_is_no_part_of_it() {
    let spelled = |text: &str| text.replace("DEK", DEK).replace("LEAD", LEAD);
    let mut wrong = Vec::new();
    for (head, top, wanted) in ROWS {
        let page = page(&spelled(head), &spelled(top));
        let found = with_page(page.as_bytes(), |_, extraction| {
            let told = extraction.article.standfirst.as_ref().map_or("none".to_owned(), |field| {
                let lines: Vec<&str> = field.value.iter().map(|block| block.text.as_str()).collect();
                format!("{}: {}", field.rule, lines.join("|"))
            });
            (told, body(extraction))
        });
        let (told, body) = found.expect("a page");
        if told != spelled(wanted) || !body.starts_with(LEAD) || body.contains(DEK) {
            wrong.push(format!("{head}{top}\n  {told}, not {wanted}; body {body:.40}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
