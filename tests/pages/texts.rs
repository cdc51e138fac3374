//! Whole pages as text, as crawls and text browsers give them, beside the gold of the pages.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use dateline::extract::{Extraction, extract};
use dateline::source::{Chunks, ReadOptions};

use super::more::gold::{Gold, Part};
use super::more::judge::squash;
use super::more::tally::Tally;
use super::support::{unpacked, value, with_page};

/// Pages of a part that are made into text: those with the whole body as gold, by name.
const PAGES: usize = 100;

/// What makes a text of a page that it reads from standard input; `lines` is ours, a block a line as in a WET file.
const FORMS: &[(&str, &[&str])] = &[
    ("lines", &[]),
    ("lynx", &["lynx", "-dump", "-nolist", "-stdin", "-assume_charset=utf-8", "-display_charset=utf-8"]),
    ("w3m", &["w3m", "-dump", "-T", "text/html", "-I", "utf-8", "-O", "utf-8"]),
    ("html2text", &["html2text", "--ignore-links", "--ignore-images"]),
    ("trafilatura", &["trafilatura"]),
];

/// How the texts of one form and part come out.
#[derive(Default)]
struct Row {
    tally: Tally,
    titled: usize,
    wrong_headlines: usize,
    invented_bylines: usize,
}

/// How the articles of whole pages come out of their texts, by form and part.
pub struct PageTexts(BTreeMap<(String, &'static str), Row>);

/// Makes texts of the pages of `more.json` and reads them; a tool that is not there is passed over with a word.
pub fn measure(pages: &Path) -> Option<PageTexts> {
    let gold = Gold::read(pages)?;
    let held = std::env::var_os("HELD").is_some_and(|held| held == "1");
    let mut rows: BTreeMap<(String, &'static str), Row> = BTreeMap::new();
    for part in [Part::Tune, Part::Held].into_iter().filter(|part| *part == Part::Tune || held) {
        let of_part = gold.iter().filter(|(name, gold)| Part::of(name) == part && gold.body().is_some());
        let read: Vec<(&Gold, Vec<u8>)> =
            of_part.take(PAGES).map(|(name, gold)| (gold, unpacked(&pages.join("more").join(name)))).collect();
        for (form, command) in FORMS {
            if !command.is_empty() && run(command, b"<p>one").is_none() {
                eprintln!("extraction: no {form} here, texts of it are passed over");
                continue;
            }
            let row = rows.entry(((*form).to_owned(), part.name())).or_default();
            for (gold, page) in &read {
                let text = if command.is_empty() { lines(page) } else { run(command, page) };
                row.take(gold, text.as_deref().and_then(of_text).as_ref());
            }
        }
    }
    Some(PageTexts(rows))
}

/// The page's title and each block that it shows on a line.
fn lines(page: &[u8]) -> Option<String> {
    let shown = with_page(page, |record, _| record.text.to_string())?;
    let page = String::from_utf8_lossy(page);
    let title = page
        .split_once("<title")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, t)| t.split_once("</title>"));
    let title = title.map(|(title, _)| title.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    Some(format!("{title}\n{shown}\n"))
}

/// What a command writes of a page; none where it cannot be run.
fn run(command: &[&str], page: &[u8]) -> Option<String> {
    let (program, arguments) = command.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let (mut input, page) = (child.stdin.take()?, page.to_vec());
    let writer = std::thread::spawn(move || input.write_all(&page));
    let output = child.wait_with_output().ok()?;
    // A tool may end before it has read all.
    writer.join().ok()?.ok();
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn of_text(text: &str) -> Option<Extraction> {
    let reader = Box::new(Cursor::new(text.as_bytes().to_vec()));
    let mut chunks = Chunks::from_reader(Path::new("page.txt"), reader, &ReadOptions::default()).ok()?;
    let chunk = chunks.next()?.ok()?;
    let record = chunk.records().next()?.ok()?;
    Some(extract(&record))
}

impl Row {
    fn take(&mut self, gold: &Gold, found: Option<&Extraction>) {
        self.tally.take(gold, found);
        let article = found.map(|found| &found.article);
        if !gold.title.is_empty() {
            let headline = article.and_then(|article| value(&article.headline)).unwrap_or_default();
            self.titled += 1;
            self.wrong_headlines += usize::from(squash(&headline) != squash(&gold.title));
        }
        let names = article.and_then(|article| value(&article.byline)).unwrap_or_default();
        let known: Vec<String> = gold.authors().iter().map(|name| squash(name)).collect();
        let is_known = |name: &str| known.iter().any(|known| known.contains(name) || name.contains(known.as_str()));
        let mut names = names.split(';').map(squash).filter(|name| !name.is_empty());
        self.invented_bylines += usize::from(names.any(|name| !is_known(&name)));
    }

    /// Shares in 0..=1: the body's F1, headlines that are not the gold's, pages with a byline whose name is not in the gold.
    fn values(&self) -> [(&'static str, f64); 3] {
        let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        let body = self.tally.values().into_iter().find(|(name, _)| *name == "body F1").map_or(0.0, |(_, value)| value);
        [
            ("body F1", body),
            ("headline right", 1.0 - share(self.wrong_headlines, self.titled)),
            ("no byline invented", 1.0 - share(self.invented_bylines, self.tally.pages)),
        ]
    }
}

impl PageTexts {
    /// What is held to floors: the values of our own form on the pages that rules are made with.
    pub fn values(&self) -> Vec<(String, f64)> {
        let own = self.0.iter().filter(|((form, part), _)| form == "lines" && *part == "tune");
        own.flat_map(|(_, row)| row.values()).map(|(name, value)| (format!("page as text {name}"), value)).collect()
    }
}

impl fmt::Display for PageTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "whole pages as text")?;
        for ((form, part), row) in &self.0 {
            write!(f, "\n{form:<12}{part:<6}{:>5} pages", row.tally.pages)?;
            row.values().iter().try_for_each(|(name, value)| write!(f, ", {name} {value:.4}"))?;
        }
        Ok(())
    }
}
