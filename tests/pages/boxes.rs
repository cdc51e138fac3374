//! Which box of a page is the body: a row is what stands between the page's menu and its foot, and the paragraphs that must come
//! of it.

use super::rules::{LEAD, SECOND, TITLE};
use super::support::{body, with_page};

const THIRD: &str =
    "The pilots will look at the strait again on Monday, and nobody in the office would promise more than that.";

/// Sentences that are never the article's.
const OTHER: [&str; 6] = [
    "Grandmother Ilse kept bees on the roof of the post office until the new postmaster found out about the honey.",
    "Nine men carried the piano up to the chapel, and the tenth one told them all the way how to hold it.",
    "Our reader from Ostrand has collected matchboxes since he was six and has never lit a single match of them.",
    "Mrs Holm has painted her fence in seven colours, one for each day on which her neighbour complained about it.",
    "Anybody who finds a green umbrella with a wooden duck on its handle is asked to leave it at the library.",
    "Two goats from the upper farm walked into the school on Tuesday and stayed until the end of the second lesson.",
];

/// The sentences, each between a beginning and an end.
fn each(open: &str, sentences: &[&str], close: &str) -> String {
    sentences.iter().map(|sentence| format!("{open}{sentence}{close}")).collect()
}

fn page(head: &str, middle: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><title>{TITLE} - The Tamsin Post</title>{head}</head>\n<body>\
         <nav><ul><li><a href=/>Home</a></ul></nav>\n{middle}\n<footer><p>Imprint</p></footer></body></html>"
    )
}

/// Which paragraphs of the article a page's body has, as figures (`1 2 3`), and `+` for each other line.
fn told(page: &str) -> (String, Vec<String>) {
    let sentences = [LEAD, SECOND, THIRD];
    let see = |found: &dateline::extract::Extraction| {
        let place = |line: &str| sentences.iter().position(|known| *known == line);
        let mark = |line: &str| place(line).map_or_else(|| "+".to_owned(), |at| (at + 1).to_string());
        let marks: Vec<String> = body(found).lines().map(mark).collect();
        (marks.join(" "), found.warnings.iter().map(ToString::to_string).collect())
    };
    with_page(page.as_bytes(), |_, found| see(found)).expect("a page")
}

#[test]
fn words_of_classes_are_no_vetoes() {
    let article = [LEAD, SECOND, THIRD];
    let heading = format!("<h1>{TITLE}</h1>");
    let ps = |open: &str, close: &str| each(open, &article, close);
    let offers = format!("<div class=corner>{}</div>", each("<p>", &OTHER[..5], "</p>"));
    let rows = [
        // A blog's classes say what its article is filed under.
        format!(
            "<article class='post-7 type-post hentry category-ferries tag-ice'><h2 class=entry-title>{TITLE}</h2>{}</article>\
             <ol class=commentlist>{}</ol>",
            ps("<p>", "</p>"),
            each("<li class=comment><p>", &OTHER, "</p></li>")
        ),
        format!(
            "<main>{heading}<section class=photo-slideshow>{}</section></main>",
            ps("<div class=slideshow__text><p>", "</p></div>")
        ),
        format!("<main>{heading}<div class='text paywall'>{}</div></main>{offers}", ps("<p>", "</p>")),
        format!("<main>{heading}<div>{}</div></main>", ps("<div class=no-paywall><p>", "</p></div>")),
        format!(
            "<main>{heading}<div class=lines>{}</div></main>{offers}",
            ps("<span class=read-more><p>", "</p></span>")
        ),
        format!(
            "<main>{heading}{}</main>",
            ps("<div class=builder-widget><div class=builder-widget__text><p>", "</p></div></div>")
        ),
        format!("<main>{heading}{}</main>", ps("<div class='w-full print:w-1/2'><div><p>", "</p></div></div>")),
        format!("<main>{heading}<div class=has-sidebar>{}</div></main>", ps("<p>", "</p>")),
    ];
    for row in rows {
        assert_eq!(told(&page("", &row)).0, "1 2 3", "{row}");
    }
}

#[test]
fn what_a_reader_does_not_see_is_no_body_unless_a_script_shows_it() {
    let heading = format!("<h1>{TITLE}</h1>");
    let other = OTHER[0];
    let rows = [
        (format!("<main>{heading}<p>{LEAD}</p><div class=d-none><p>{other}</p></div><p>{SECOND}</p></main>"), "1 2"),
        (format!("<main>{heading}<p>{LEAD}</p><p class=hidden>{other}</p><p>{SECOND}</p></main>"), "1 2"),
        (format!("<main>{heading}<p>{LEAD}</p><div class='hidden md:block'><p>{SECOND}</p></div></main>"), "1 2"),
        (
            format!(
                "<div hidden id=S:0><main>{heading}<div class=flex><p>{LEAD}</p></div></main></div>\
                 <div hidden id=S:1><div class=flex><p>{SECOND}</p><p>{THIRD}</p></div></div>{}",
                each("<p>", &OTHER[..3], "</p>")
            ),
            "1 2 3",
        ),
        (
            format!(
                "<main>{heading}<div class=post-body><noscript><p>{LEAD}</p><p>{SECOND}</p></noscript></div></main>"
            ),
            "1 2",
        ),
        (format!("<main>{heading}<p>{LEAD}</p><noscript><p>{other}</p></noscript><p>{SECOND}</p></main>"), "1 2"),
        (
            format!(
                "<main>{heading}<article><p>{LEAD}</p></article></main><div class=onetrust-sdk><p>{} {}</p></div>",
                OTHER[1], OTHER[2]
            ),
            "1",
        ),
    ];
    for (row, wanted) in rows {
        assert_eq!(told(&page("", &row)).0, wanted, "{row}");
    }
}

#[test]
fn what_stands_under_the_heading_goes_before_what_is_longer() {
    let heading = format!("<h1>{TITLE}</h1>");
    let text = each("<p>", &[LEAD, SECOND], "</p>");
    let others = each("<p>", &OTHER, "</p>");
    let rows = [
        // The next article, offers outside of the main part, and a widget spared for its length.
        format!(
            "<main>{heading}<article><div class=bodytext>{text}</div></article><div class=next><article><h2>Goats visit a school</h2><div class=bodytext>{others}</div></article></div></main>"
        ),
        format!("<main>{heading}<div class=lines>{text}</div></main><div class=corner>{others}</div>"),
        format!(
            "<div>{heading}<div class=lines>{text}</div></div><div class=widget><h3>What we want</h3>{others}</div>"
        ),
        // Readers, each with a name; and titles that lead elsewhere.
        format!(
            "<div>{heading}<div class=lines>{text}</div></div><ul class=voices>{}</ul>",
            each("<li><b>Somebody</b><div>", &OTHER, "</div></li>")
        ),
        format!(
            "<div>{heading}<div class=lines>{text}</div></div><div class=rows>{}</div>",
            each("<div class=row><h4><a href=/x>Something else</a></h4><p>", &OTHER, "</p></div>")
        ),
        format!(
            "<main>{heading}<section itemprop=articleBody>{text}</section></main><ul class=texts>{}</ul>",
            each("<li><p>", &OTHER, "</p></li>")
        ),
    ];
    for row in rows {
        assert_eq!(told(&page("", &row)).0, "1 2", "{row}");
    }
}

#[test]
fn a_note_about_the_author_is_no_paragraph() {
    let note =
        "<em>Anna Kowal writes about the islands. She reads all letters to kowal@tamsin.example on Fridays.</em>";
    for (note, wanted) in [(note.to_owned(), "1 2"), (note.replace("kowal@tamsin.example", "her"), "1 2 +")] {
        let row =
            format!("<main><h1>{TITLE}</h1><div class=lines><p>{LEAD}</p><p>{SECOND}</p><p>{note}</p></div></main>");
        assert_eq!(told(&page("", &row)).0, wanted, "{row}");
    }
}

#[test]
fn pointers_in_other_languages_are_no_paragraphs() {
    for line in [
        "Lesen Sie auch: Die Ziegen von Ostrand",
        "Lire aussi : Les chèvres d’Ostrand",
        "- Anzeige -",
        "VEA TAMBIÉN: Las cabras",
    ] {
        let row =
            format!("<main><h1>{TITLE}</h1><div class=lines><p>{LEAD}</p><p>{line}</p><p>{SECOND}</p></div></main>");
        assert_eq!(told(&page("", &row)).0, "1 2", "{row}");
    }
}

#[test]
fn an_introduction_does_not_stand_for_its_sections() {
    let heading = format!("<h1>{TITLE}</h1>");
    let section =
        |sentence: &str| format!("<div class=part><h2>A part</h2><p>{sentence}</p><p>{sentence} So it was.</p></div>");
    let parts: String = OTHER.iter().map(|sentence| section(sentence)).collect();
    let row = format!("<div>{heading}<div class=dek><p>{LEAD}</p></div><div class=parts>{parts}</div></div>");
    let (marks, _) = told(&page("", &row));
    assert!(marks.matches('+').count() >= 12, "{marks}");
}

#[test]
fn pieces_of_a_text_are_found_in_boxes_alike() {
    let piece = |sentence: &str| {
        format!(
            "<div class=row><div class=col><div class=inner><div class='body articleBody'><p>{sentence}</p></div></div></div></div>"
        )
    };
    let ad = "<div class=row><div class=player></div></div>";
    let row = format!("<main><h1>{TITLE}</h1>{}{ad}{}{ad}{}</main>", piece(LEAD), piece(SECOND), piece(THIRD));
    assert_eq!(told(&page("", &row)).0, "1 2 3");
}

#[test]
fn what_json_ld_states_of_the_text_decides() {
    let state = |key: &str, value: &str| {
        format!("<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\n\"{key}\":{value}}}</script>")
    };
    let heading = format!("<h1>{TITLE}</h1>");
    let text = each("<p>", &[LEAD, SECOND, THIRD], "</p>");
    let others = each("<p>", &OTHER, "</p>");
    let stated = state("articleBody", &format!("\"{LEAD}\\n{SECOND}\\n{THIRD}\""));
    const ALONE: &str = "the page shows no text like the one that it states for machines: the stated text is the body";
    let rows = [
        // It stands on the page: the box that has it is the body, whatever its class.
        (
            stated.clone(),
            format!("{heading}<div class=promo>{text}</div><div class=lines>{others}</div>"),
            "1 2 3",
            None,
        ),
        // It stands nowhere.
        (stated.clone(), format!("{heading}<div id=app></div>"), "1 2 3", Some(ALONE)),
        (stated, format!("{heading}<p>{LEAD}</p><p>Loading</p>"), "1 2 3", Some(ALONE)),
        (
            state("wordCount", "900"),
            format!("{heading}<div>{text}</div>"),
            "1 2 3",
            Some("the body has 61 words, where the page states that it has 900"),
        ),
        (String::new(), format!("{heading}<footer>{others}</footer>"), "", Some("no body: the page shows no text")),
    ];
    for (head, row, wanted, warning) in rows {
        let (marks, warnings) = told(&page(&head, &row));
        assert_eq!((marks.as_str(), warnings.first().map(String::as_str)), (wanted, warning), "{row}");
    }
}

#[test]
fn a_stated_text_is_cited_where_it_is_stated() {
    let head = format!(
        "\n<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\n\"articleBody\":\"{LEAD}\\n{SECOND} \\u201cIce.\\u201d\"}}</script>"
    );
    let page = page(&head, &format!("<h1>{TITLE}</h1>"));
    let found = with_page(page.as_bytes(), |record, found| {
        let block = &found.article.body[1];
        let span = block.fragments.first().expect("a fragment").span;
        let cited = record.map.spans(&[span]).expect("a way back");
        (block.text.clone(), block.lines().first, cited[0].start)
    });
    let place = page.find(SECOND).expect("the text") as u64;
    assert_eq!(found, Some((format!("{SECOND} “Ice.”"), 4, place)));
}
