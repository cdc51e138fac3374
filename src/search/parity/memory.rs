//! A back end in memory: articles in a list, looked through one by one. It knows how often, and for what, it was asked.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::articles::address_of;
use super::likeness::is_like;
use crate::analysis::{Analyzer, Capital, HEADLINE_WEIGHT, Language, PASSAGE_POSITIONS};
use crate::article::{Article, ArticleId};
use crate::error::Result;
use crate::hit::{StoredArticle, StoredPassage};
use crate::index::counted_length;
use crate::matching::{Atom, Compiled, Name, Test, find_in_pages};
use crate::passage;
use crate::query::DateRange;
use crate::search::{Backend, Collection, Like, Matching, Offer, Order, Plan, Reader, Wanted, Written, words_of_names};

/// Articles in memory.
pub struct Memory {
    articles: Vec<Held>,
    analyzer: Analyzer,
    /// The names of what was asked, one after the other.
    pub asked: RefCell<Vec<&'static str>>,
}

/// An article, and what is counted of it.
struct Held {
    stored: StoredArticle,
    length: u32,
    lengths: Vec<u64>,
    /// Stems, and words as they stand.
    terms: BTreeSet<String>,
    forms: BTreeSet<String>,
    /// Words that stand without a capital somewhere, in capitals or with signs, and with a capital inside a sentence of the body.
    small: BTreeSet<String>,
    capitals: BTreeSet<String>,
    telling: BTreeSet<String>,
}

impl Memory {
    pub fn of(articles: Vec<(ArticleId, Article)>) -> Self {
        let analyzer = Analyzer::default();
        let articles = articles.into_iter().map(|(id, article)| Held::of(id, article, &analyzer)).collect();
        Self { articles, analyzer, asked: RefCell::default() }
    }

    fn note(&self, what: &'static str) {
        self.asked.borrow_mut().push(what);
    }

    /// How many articles have an atom.
    fn articles_with_atom(&self, atom: &Atom) -> u64 {
        let with = |has: &dyn Fn(&Held) -> bool| self.articles.iter().filter(|held| has(held)).count() as u64;
        if atom.name.is_none() && atom.test != Test::Any {
            return with(&|held| atom.terms.iter().any(|form| held.words_told_by(&atom.test).contains(form)));
        }
        let each = |term: &String| match atom.name {
            None => with(&|held| held.terms.contains(term)),
            Some(name) => with(&|held| held.words_of(name, &self.analyzer).contains(term)),
        };
        atom.terms.iter().map(each).sum()
    }

    fn matches(&self, held: &Held, query: &Compiled) -> bool {
        let mut starts = vec![Vec::new(); query.leaves.len()];
        query.starts(&held.positions(&query.atoms, |_| true, &self.analyzer), true, &mut starts);
        let found: Vec<bool> = starts.iter().map(|starts| !starts.is_empty()).collect();
        query.tree.holds(&found) && !query.is_wordless()
    }
}

impl Held {
    fn of(id: ArticleId, article: Article, analyzer: &Analyzer) -> Self {
        let mut passages = passage::split(&article, Language::default());
        passage::resolve(&mut passages, |_| None);
        let headline = article.headline.as_ref().map_or("", |field| &field.value).to_owned();
        let lengths: Vec<u64> = passages.iter().map(|passage| passage.positions as u64).collect();
        let count = |text: &str| analyzer.tokens(text).len() as u32;
        let body: u32 = passages.iter().map(|passage| count(&passage.text)).sum();
        let texts = || std::iter::once(headline.as_str()).chain(passages.iter().map(|passage| passage.text.as_str()));
        let terms = texts().flat_map(|text| analyzer.tokens(text)).map(|token| token.term).collect();
        let forms = texts().flat_map(|text| analyzer.forms(text)).map(|token| token.term).collect();
        let (mut small, mut capitals, mut telling) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (page, text) in texts().enumerate() {
            analyzer.speller().each(text, |_, form, standing| {
                let capital = Capital::of(standing.written);
                if capital.is_none() {
                    small.insert(form.to_owned());
                } else if page > 0 && standing.inside {
                    telling.insert(form.to_owned());
                }
                if capital == Some(Capital::All) {
                    capitals.insert(form.to_owned());
                }
                capitals.extend(standing.signed.map(str::to_owned));
            });
        }
        let length = counted_length(body + HEADLINE_WEIGHT * count(&headline));
        let passages = passages.into_iter().map(|p| StoredPassage {
            text: p.text,
            continues: p.continues,
            subheads: p.subheads,
            lines: p.lines,
            pieces: p.pieces,
            lost: false,
        });
        let url = address_of(&id);
        let stored = StoredArticle {
            root: None,
            path: id.0.clone(),
            id,
            standfirst: article.standfirst_lines(),
            doubt: article.doubt,
            headline: article.headline,
            outlet: article.outlet,
            date: article.date,
            byline: article.byline,
            dateline_place: None,
            section: article.section,
            page: article.page,
            printed: None,
            credit: article.credit,
            url,
            record: None,
            hash: format!("blake3:{}", "0".repeat(64)),
            passages: passages.collect(),
        };
        Self { stored, length, lengths, terms, forms, small, capitals, telling }
    }

    /// The words of which a test means one.
    fn words_told_by(&self, test: &Test) -> &BTreeSet<String> {
        match test {
            Test::InCapitals(_) | Test::Signed(_) => &self.capitals,
            Test::WithCapital(_) => &self.telling,
            _ => &self.forms,
        }
    }

    fn dates(&self) -> Option<(i64, i64)> {
        self.stored.date.as_ref().map(|field| field.value.bounds())
    }

    /// The words of names, a list each.
    fn names(&self, name: Name, analyzer: &Analyzer) -> Vec<Vec<String>> {
        words_of_names(&self.stored, name, analyzer)
    }

    fn words_of(&self, name: Name, analyzer: &Analyzer) -> BTreeSet<String> {
        self.names(name, analyzer).concat().into_iter().collect()
    }

    fn positions(&self, atoms: &[Atom], wanted: impl Fn(usize) -> bool, analyzer: &Analyzer) -> Vec<Vec<u32>> {
        let mut found = vec![Vec::new(); atoms.len()];
        let headline = self.stored.headline.as_ref().map_or("", |field| field.value.as_str());
        let pages = std::iter::once(headline).chain(self.stored.passages.iter().map(|passage| passage.text.as_str()));
        find_in_pages(pages, atoms, &wanted, analyzer, &mut found);
        for (number, atom) in atoms.iter().enumerate().filter(|(number, _)| wanted(*number)) {
            let Some(name) = atom.name else { continue };
            for (page, words) in (0..).zip(self.names(name, analyzer)) {
                let here = (0..).zip(&words).filter(|(_, word)| atom.terms.contains(word));
                found[number].extend(here.map(|(at, _)| page * PASSAGE_POSITIONS + at));
            }
        }
        found
    }
}

impl Backend for Memory {
    type Words = ();
    /// Its number in the list.
    type Article = usize;
    type Reader<'a> = Look<'a>;

    fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    fn collection(&self) -> Collection {
        let tokens: u64 = self.articles.iter().map(|held| u64::from(held.length)).sum();
        let articles = self.articles.len() as u64;
        Collection { articles, average_length: tokens as f32 / articles as f32 }
    }

    fn words_like(&self, like: Like<'_>, name: Option<Name>, offer: &mut Offer<'_>) -> Result<()> {
        self.note("words_like");
        let mut words: BTreeMap<String, u64> = BTreeMap::new();
        for held in &self.articles {
            let here = name.map_or_else(|| held.forms.clone(), |name| held.words_of(name, &self.analyzer));
            here.into_iter().for_each(|word| *words.entry(word).or_default() += 1);
        }
        // in any order
        for (word, articles) in words.iter().rev().filter(|(word, _)| is_like(like, word)) {
            offer(word, *articles, &|| *articles);
        }
        Ok(())
    }

    fn look_up(&self, atoms: &[Atom]) -> Result<((), Vec<u64>)> {
        self.note("look_up");
        Ok(((), atoms.iter().map(|atom| self.articles_with_atom(atom)).collect()))
    }

    fn written(&self, forms: &[&str]) -> Result<Vec<Written>> {
        self.note("written");
        let count = |has: &dyn Fn(&Held) -> bool| self.articles.iter().filter(|held| has(held)).count() as u64;
        let written = |form: &&str| Written {
            articles: count(&|held| held.forms.contains(*form)),
            capital_only: count(&|held| held.telling.contains(*form) && !held.small.contains(*form)),
            unclear: count(&|held| {
                held.forms.contains(*form) && !held.small.contains(*form) && !held.telling.contains(*form)
            }),
        };
        Ok(forms.iter().map(written).collect())
    }

    fn families(&self, terms: &[&str]) -> Result<Vec<Vec<String>>> {
        self.note("families");
        let forms: BTreeSet<&String> = self.articles.iter().flat_map(|held| &held.forms).collect();
        let has = |form: &str, term: &str| self.analyzer.tokens(form).iter().any(|token| token.term == term);
        let family = |term: &&str| forms.iter().filter(|form| has(form, term)).map(|form| (*form).clone()).collect();
        Ok(terms.iter().map(family).collect())
    }

    fn articles_with(&self, terms: &[&str]) -> Result<Vec<u64>> {
        self.note("articles_with");
        let with = |term: &&str| self.articles.iter().filter(|held| held.terms.contains(*term)).count() as u64;
        Ok(terms.iter().map(with).collect())
    }

    /// All that match, whatever number is wanted.
    fn matching(&self, plan: &Plan<()>, wanted: Wanted) -> Result<Matching<usize>> {
        self.note("matching");
        let mut matching = Matching::default();
        let dates_alone = plan.compiled.is_wordless() && !plan.dates.is_open();
        let (from, to) = plan.dates.within.bounds();
        let lies_in = |(first, last): (i64, i64), range: &DateRange| {
            let (from, to) = range.bounds();
            from <= first && last <= to
        };
        for (number, held) in self.articles.iter().enumerate() {
            if !dates_alone && !self.matches(held, &plan.compiled) {
                continue;
            }
            match held.dates() {
                Some(date) if plan.dates.without.iter().any(|range| lies_in(date, range)) => continue,
                _ if plan.dates.within.is_open() => {}
                Some(date) if lies_in(date, &plan.dates.within) => {}
                Some((first, last)) if last < from || to < first => continue,
                _ => {
                    matching.tally.left_out += u64::from(wanted.count);
                    continue;
                }
            }
            matching.tally.kept += u64::from(wanted.count);
            let is_undated = wanted.order.is_by_date() && held.dates().is_none();
            matching.tally.undated += u64::from(wanted.count && is_undated);
            matching.articles.push(number);
        }
        matching.articles.sort_by_key(|&number| {
            let (first, id) = (self.articles[number].dates().map(|(first, _)| first), &self.articles[number].stored.id);
            match wanted.order {
                Order::Best => (0, id),
                Order::Id => (0, id),
                Order::Newest => (first.map_or(i64::MAX, |first| -first), id),
                Order::Oldest => (first.unwrap_or(i64::MAX), id),
            }
        });
        Ok(matching)
    }

    fn reader<'a>(&'a self, plan: &'a Plan<()>, needed: Vec<bool>) -> Result<Look<'a>> {
        Ok(Look { memory: self, plan, needed, last: Cell::new(0), found: Vec::new() })
    }

    fn place(&self, article: &usize) -> u64 {
        // some order that is nobody else's
        (*article as u64 * 31) % 1009
    }

    fn ids(&self, articles: &[&usize]) -> Result<Vec<String>> {
        self.note("ids");
        Ok(articles.iter().map(|&&number| self.articles[number].stored.id.0.clone()).collect())
    }

    fn dates(&self, articles: &[&usize]) -> Result<Vec<Option<(i64, i64)>>> {
        self.note("dates");
        Ok(articles.iter().map(|&&number| self.articles[number].dates()).collect())
    }

    fn newest(&self) -> Result<Option<i64>> {
        self.note("newest");
        Ok(self.articles.iter().filter_map(|held| held.dates()).map(|(first, _)| first).max())
    }

    fn span(&self) -> Result<Option<(i64, i64)>> {
        self.note("span");
        let dates = || self.articles.iter().filter_map(Held::dates);
        Ok(dates().map(|(first, _)| first).min().zip(dates().map(|(_, last)| last).max()))
    }

    fn stored(&self, wanted: &[(&usize, &[u32])]) -> Result<Vec<Option<StoredArticle>>> {
        self.note("stored");
        let read = |(number, passages): &(&usize, &[u32])| {
            let mut stored = self.articles[**number].stored.clone();
            let unwanted = (1..).zip(&mut stored.passages).filter(|(number, _)| !passages.contains(number));
            unwanted.for_each(|(_, passage)| passage.text.clear());
            Some(stored)
        };
        Ok(wanted.iter().map(read).collect())
    }
}

/// Looks into articles; refuses to go back.
pub struct Look<'a> {
    memory: &'a Memory,
    plan: &'a Plan<()>,
    needed: Vec<bool>,
    last: Cell<u64>,
    found: Vec<Vec<u32>>,
}

impl Look<'_> {
    fn at(&self, article: usize) -> &Held {
        let place = self.memory.place(&article);
        assert!(self.last.replace(place) <= place, "asked out of the order of places");
        &self.memory.articles[article]
    }
}

impl Reader<usize> for Look<'_> {
    fn positions(&mut self, article: &usize) -> Result<&[Vec<u32>]> {
        let atoms = &self.plan.compiled.atoms;
        self.found = self.at(*article).positions(atoms, |atom| self.needed[atom], &self.memory.analyzer);
        Ok(&self.found)
    }

    fn has(&self, article: &usize, atom: usize) -> bool {
        let forms = &self.plan.compiled.atoms[atom].terms;
        forms.iter().any(|form| self.at(*article).forms.contains(form))
    }

    fn lengths(&mut self, article: &usize, passages: &mut Vec<u64>) -> Result<u32> {
        let held = self.at(*article);
        passages.extend(&held.lengths);
        Ok(held.length)
    }
}
