//! Plain texts: what the lines above the text give, and whole pages as text.

use super::support::{LEAD, SECOND, THIRD, of_text, values};
use dateline::article::{Article, Field};

fn told(article: &Article) -> String {
    let found = values(article);
    let headline = found.headline.unwrap_or_else(|| "none".to_owned());
    let parts =
        [headline, found.outlet.unwrap_or_default(), found.date.unwrap_or_default(), found.byline.unwrap_or_default()];
    parts.join(" ; ")
}

#[test]
fn lines_above_a_text_give_its_fields() {
    let (mut wrong, mut run) = (Vec::new(), 0);
    for row in include_str!("../tables/texts.txt").lines().filter(|row| !row.is_empty() && !row.starts_with("# ")) {
        let (above, wanted) = row.split_once(" => ").unwrap_or_else(|| panic!("no => in {row:?}"));
        let above: String = above.split('⏎').map(|line| line.trim().to_owned() + "\n").collect();
        let found = told(&of_text(&format!("{above}\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n")).article);
        run += 1;
        if !found.split(';').map(str::trim).eq(wanted.split(';').map(str::trim)) {
            wrong.push(format!("  {row}\n    gives {found}"));
        }
    }
    assert!(run > 20 && wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn labelled_lines_are_fields_and_no_text() {
    let (mut wrong, mut run) = (Vec::new(), 0);
    for row in include_str!("../tables/labelled.txt").lines().filter(|row| !row.is_empty() && !row.starts_with("# ")) {
        let (text, wanted) = row.split_once(" => ").unwrap_or_else(|| panic!("no => in {row:?}"));
        let body = format!("{LEAD}\n\n{SECOND}\n\n{THIRD}");
        let line = |line: &str| if line.trim() == "/" { body.clone() } else { line.trim().to_owned() };
        let text: String = text.split('⏎').map(|part| line(part) + "\n").collect();
        let article = of_text(&text).article;
        let (found, value) =
            (values(&article), |field: &Option<Field<String>>| field.as_ref().map(|f| f.value.clone()));
        let fields =
            [found.headline, found.outlet, found.date, found.byline, value(&article.section), value(&article.page)];
        let mut told: Vec<String> = fields.map(Option::unwrap_or_default).to_vec();
        told.push(article.body.len().to_string());
        run += 1;
        if !told.iter().map(String::as_str).eq(wanted.split('|').map(str::trim)) {
            wrong.push(format!("  {row}\n    gives {}", told.join(" | ")));
        }
    }
    assert!(run > 10 && wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_brief_has_its_headline_and_its_text() {
    let found = values(
        &of_text("Mill burns down in Port Ellery\n\nJune 5, 2018\n\nThe mill burned down. Nobody was hurt.\n").article,
    );
    assert_eq!(found.headline.as_deref(), Some("Mill burns down in Port Ellery"));
    assert_eq!(
        (found.date.as_deref(), found.body.join("|").as_str()),
        (Some("2018-06-05"), "The mill burned down. Nobody was hurt.")
    );
}

const MENU: &str =
    "Skip to content|Home|World|Politics|Business|Sport|Weather|Gift Guides|Housing Market Index|Sign in|Help";
const TITLE: &str = "Island ferry to stay in port until the ice breaks";
const TEASERS: &str = "A museum of clocks opens its doors on Sunday after eight years of work on the roof of the old mill.|\
    Two farms in the valley have begun to sell milk from a machine that takes coins and gives change.|\
    The choir of the teachers sings in the station hall on Monday, and nobody needs a ticket for it.";

/// A whole page in each form that tools give it.
#[test]
fn the_article_of_a_whole_page_is_told_from_what_stands_around_it() {
    let (menu, teasers) = (MENU.replace('|', "\n"), TEASERS.replace('|', "\n"));
    let items = MENU.split('|').map(|item| format!("     * {item}\n")).collect::<String>();
    let indent = |text: &str| {
        let options = textwrap::Options::new(72).initial_indent("   ").subsequent_indent("   ");
        textwrap::fill(text, options) + "\n\n"
    };
    let article = [LEAD, SECOND, THIRD];
    let lines = article.join("\n");
    let foot = "Privacy policy\nTerms of use\n© 2021 Bay Holdings Ltd\n";
    for (form, page) in [
        (
            "a block a line",
            format!(
                "{TITLE} - The Tamsin Post\n{menu}\n{TITLE}\nBy Anna Kowal\nJune 4, 2019\n{lines}\nMore from the bay\n{teasers}\n{foot}"
            ),
        ),
        (
            "a name without By",
            format!(
                "{TITLE} | The Tamsin Post\n{menu}\n{TITLE}\nAnna Kowal\nJune 4, 2019\n{lines}\nMost read\n{teasers}\n{foot}"
            ),
        ),
        (
            "a text browser's",
            format!(
                "   (BUTTON) SKIP TO CONTENT\n{items}\n{TITLE}\n\n   By Anna Kowal\n\n   June 4, 2019\n\n{}{items}\n   © 2021 Bay Holdings Ltd\n",
                article.map(indent).concat()
            ),
        ),
        (
            "Markdown",
            format!(
                "{}\n# {TITLE}\n\nBy Anna Kowal\n\nJune 4, 2019\n\n{}\n\n{}\n",
                items.replace("     *", "  *"),
                article.join("\n\n"),
                items.replace("     *", "  *")
            ),
        ),
    ] {
        let found = values(&of_text(&page).article);
        assert_eq!(found.headline.as_deref(), Some(TITLE), "{form}");
        assert_eq!(found.body.join(" ").replace('\n', " "), article.join(" "), "{form}");
        assert_eq!(
            (found.date.as_deref(), found.byline.as_deref()),
            (Some("2019-06-04"), Some("Anna Kowal")),
            "{form}"
        );
    }
}
