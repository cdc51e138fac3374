//! What is held against a source of an article, and what came of it.

use std::collections::HashSet;

use crate::hit::StoredArticle;
use crate::source::{CitedPassage, Cites, QuotedPassage, Quotes, Verdict};

/// Articles of a file that are named.
const NAMED: usize = 3;

/// Articles of a file whose citations no longer hold.
#[derive(Default)]
pub(super) struct Drift {
    pub count: u64,
    named: Vec<String>,
    ids: HashSet<String>,
}

impl Drift {
    pub fn take(&mut self, cites: Cites, verdict: Verdict) {
        let how = match verdict {
            Verdict::Same => return,
            Verdict::Bytes => format!("{}: other bytes", cites.id),
            Verdict::Lines(passage, now) => {
                let cited = cites.passages.iter().find(|p| p.number == passage).map(|p| p.lines.to_string());
                format!("{}:{passage}: lines {}, now {now}", cites.id, cited.unwrap_or_default())
            }
        };
        self.count += 1;
        self.ids.insert(cites.id);
        if self.named.len() < NAMED {
            self.named.push(how);
        }
    }

    /// One of them by its id.
    pub fn first(&self) -> Option<&str> {
        self.named.first().and_then(|named| named.split(": ").next())
    }

    /// Whether the article with this id is one of them.
    pub fn is_of(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    pub fn told(&self, of: usize) -> String {
        let more = if self.count > self.named.len() as u64 { ", …" } else { "" };
        match self.count {
            0 => format!("changed, but its {} stand{} as cited", articles(of), if of == 1 { "s" } else { "" }),
            count => format!("changed: of its {} {count} drifted ({}{more})", articles(of), self.named.join(", ")),
        }
    }
}

/// Articles of a file that are shown otherwise than they are read.
#[derive(Default)]
pub(super) struct Misread {
    count: u64,
    named: Vec<String>,
}

impl Misread {
    /// Notes an article with the number of its first such passage (1-based).
    pub fn take(&mut self, quotes: &Quotes, passage: usize) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(format!("{}:{passage}", quotes.id));
        }
    }

    /// What to say of it; nothing where there is none.
    pub fn told(&self, of: usize) -> Option<String> {
        let more = if self.count > self.named.len() as u64 { ", …" } else { "" };
        let named = self.named.join(", ");
        let of = articles(of);
        (self.count > 0)
            .then(|| format!("of its {of} {} read otherwise than they are shown ({named}{more})", self.count))
    }
}

/// What an article cites of its file.
pub(super) fn cites(article: StoredArticle) -> Cites {
    let passages = (1..).zip(&article.passages).filter_map(|(number, passage)| {
        let (first, last) = (passage.pieces.first()?, *passage.pieces.last()?);
        Some(CitedPassage { number, lines: passage.lines?, start: first.start, last })
    });
    let passages = passages.collect();
    Cites { id: article.id.0, record: article.record.map(|r| r.span), hash: article.hash, passages }
}

/// What an article shows of its file.
pub(super) fn quotes(article: StoredArticle) -> Quotes {
    let passages = article.passages.into_iter().map(|p| QuotedPassage { text: p.text, pieces: p.pieces });
    Quotes { id: article.id.0, record: article.record.map(|r| r.number), passages: passages.collect() }
}

pub(super) fn articles(count: usize) -> String {
    format!("{count} article{}", if count == 1 { "" } else { "s" })
}
