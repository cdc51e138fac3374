//! Exports, documents, scans and packed folders that others made, beside gold: what is found and what is made up, file by file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;

use dateline::article::{Article, Field};
use dateline::extract::extract;
use dateline::source::{ReadOptions, open_each};
use serde_json::Value;

/// Fields that are held against the gold, in the order of the table.
const FIELDS: [&str; 6] = ["headline", "outlet", "date", "byline", "section", "page"];

/// What was read of a file, counted over the articles that its gold tells of.
#[derive(Debug, Default)]
struct FileCounts {
    name: String,
    kind: String,
    /// Articles as the gold counts them; none where it allows several numbers.
    stated: Option<u64>,
    found: usize,
    /// Articles whose fields the gold has.
    items: usize,
    /// Of those, values as the gold has them, field by field.
    fields: [usize; FIELDS.len()],
    /// Those whose text begins and ends with the words that the gold has.
    words: usize,
    /// Those that are right in all of it.
    right: usize,
    /// Values that the source does not state.
    invented: usize,
}

/// What was read of all files.
pub struct Exports(Vec<FileCounts>);

/// Reads the files beside their gold; none where there are none.
pub fn measure(folder: &Path) -> Option<Exports> {
    let gold: Value = serde_json::from_slice(&std::fs::read(folder.join("expected.json")).ok()?).expect("gold");
    Some(Exports(gold.as_object().expect("files").iter().map(|(name, file)| count(folder, name, file)).collect()))
}

fn count(folder: &Path, name: &str, file: &Value) -> FileCounts {
    let articles = read(&folder.join(name));
    let items: &[Value] = file["items"].as_array().map_or(&[], Vec::as_slice);
    let mut counts = FileCounts {
        name: name.rsplit('/').next().unwrap_or(name).to_owned(),
        kind: file["kind"].as_str().unwrap_or_default().to_owned(),
        stated: file["articles"].as_u64(),
        found: articles.len(),
        items: items.len(),
        ..FileCounts::default()
    };
    for item in items {
        let number = item["n"].as_u64().expect("a number") as usize;
        if let Some(article) = articles.get(number - 1) {
            add(&mut counts, item, article);
        }
    }
    counts
}

fn read(path: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    let _ = open_each(path, &ReadOptions::default(), &mut |_, chunks| {
        for chunk in chunks.into_iter().flatten().flatten() {
            articles.extend(chunk.records().flatten().map(|record| extract(&record).article));
        }
        ControlFlow::Continue(())
    });
    articles
}

fn add(counts: &mut FileCounts, item: &Value, article: &Article) {
    let mut is_right = true;
    for (nth, field) in FIELDS.into_iter().enumerate() {
        let (value, wanted) = (value(article, field), item[field].as_str().map(|wanted| even(wanted, field)));
        let other = item["byline_alt"].as_str().filter(|_| field == "byline").map(|wanted| even(wanted, field));
        let same = value == wanted || (value.is_some() && value == other);
        // a day is met by a day, not by what is finer or coarser
        counts.fields[nth] += usize::from(same);
        counts.invented += usize::from(value.is_some() && wanted.is_none() && item.get(field).is_some());
        is_right &= same;
    }
    let blocks: Vec<&str> = article.body.iter().map(|block| block.text.as_str()).collect();
    let body = even(&blocks.join(" "), "");
    let words = |end: &str| item[end].as_str().map(|words| even(words, "")).unwrap_or_default();
    let reads = body.starts_with(&words("first_words")) && body.ends_with(&words("last_words"));
    counts.words += usize::from(reads);
    counts.right += usize::from(is_right && reads);
}

fn value(article: &Article, field: &str) -> Option<String> {
    let text = |found: &Option<Field<String>>| found.as_ref().map(|found| even(&found.value, field));
    match field {
        "headline" => text(&article.headline),
        "outlet" => text(&article.outlet),
        "byline" => text(&article.byline),
        "section" => text(&article.section),
        "page" => text(&article.page),
        _ => article.date.as_ref().map(|date| date.value.to_string().split('T').next().unwrap_or_default().to_owned()),
    }
}

/// A value as it is compared: case, blanks, quotes, dashes, a place in brackets behind an outlet and `By` before a name aside.
fn even(value: &str, field: &str) -> String {
    let value = value.to_lowercase().replace(['’', '‘', '`'], "'").replace(['–', '—', '‐'], "-");
    let value = value.replace(['„', '“', '”', '«', '»'], "\"");
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match field {
        "outlet" => value.split(" (").next().unwrap_or_default().to_owned(),
        "byline" => value.trim_start_matches("by ").to_owned(),
        _ => value,
    }
}

impl Exports {
    /// What is held to floors: by kind, how many articles are right; of all files, the share of values that nobody made up, and that
    /// of files with as many articles as they state.
    pub fn values(&self) -> Vec<(String, f64)> {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        self.0.iter().for_each(|file| *kinds.entry(&file.kind).or_default() += file.right);
        let sum = |of: &dyn Fn(&FileCounts) -> usize| self.0.iter().map(of).sum::<usize>() as f64;
        let values = sum(&|file| file.items * FIELDS.len());
        let counted: Vec<&FileCounts> = self.0.iter().filter(|file| file.stated.is_some()).collect();
        let found = counted.iter().filter(|file| file.stated == Some(file.found as u64)).count();
        let own = kinds.into_iter().map(|(kind, right)| (format!("exports {kind} right"), right as f64));
        own.chain([
            ("exports not invented".to_owned(), 1.0 - sum(&|file| file.invented) / values),
            ("exports found".to_owned(), found as f64 / counted.len() as f64),
        ])
        .collect()
    }
}

impl fmt::Display for Exports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "exports: articles stated and found, then of those with gold: headline … page, words, all right, invented"
        )?;
        writeln!(
            f,
            "{:<34} {:>6} {:>5}  {:>4} {:>4} {:>4} {:>4} {:>4} {:>4} {:>4} {:>5} {:>5} {:>4}",
            "file", "stated", "found", "of", "head", "out", "date", "by", "sect", "page", "words", "right", "inv"
        )?;
        for file in &self.0 {
            let stated = file.stated.map_or("-".to_owned(), |stated| stated.to_string());
            let name: String = file.name.chars().take(34).collect();
            write!(f, "{name:<34} {stated:>6} {:>5}  {:>4}", file.found, file.items)?;
            file.fields.iter().try_for_each(|count| write!(f, " {count:>4}"))?;
            writeln!(f, " {:>5} {:>5} {:>4}", file.words, file.right, file.invented)?;
        }
        let sum = |of: &dyn Fn(&FileCounts) -> usize| self.0.iter().map(of).sum::<usize>();
        let [items, right, invented] = [sum(&|f| f.items), sum(&|f| f.right), sum(&|f| f.invented)];
        write!(f, "{right} of {items} articles right in all, {invented} values invented")
    }
}
