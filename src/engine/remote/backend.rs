//! What a search asks of a cluster: candidates come with their texts, words are counted many at once.

use serde_json::{Value, json};

use super::ask::{ask, ask_frequency};
use super::candidate::{Candidate, TextReader};
use super::lexicon::wildcard_expression;
use super::read::RemoteArchive;
use super::schema::{CAPITALIZED, FORMS, TEXT, UNCLEAR};
use crate::analysis::Analyzer;
use crate::error::Result;
use crate::hit::StoredArticle;
use crate::matching::{Atom, Name};
use crate::search::{Backend, Collection, Like, Matching, Offer, Plan, Wanted, Written};

impl Backend for RemoteArchive {
    /// A cluster looks words up itself.
    type Words = ();
    type Article = Candidate;
    type Reader<'a> = TextReader<'a>;

    fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    fn collection(&self) -> Collection {
        Collection { articles: self.documents, average_length: self.average_length }
    }

    fn words_like(&self, like: Like<'_>, name: Option<Name>, offer: &mut Offer<'_>) -> Result<()> {
        let words = match like {
            Like::Pattern(pattern) => self.words_fitting(&wildcard_expression(pattern), name)?,
            Like::Fitting(regex) => self.words_fitting(&regex.for_lucene(), name)?,
            Like::Near(word, edits) => self.words_near(word, edits, name)?,
        };
        words.iter().for_each(|(word, articles)| offer(word, *articles, &|| *articles));
        Ok(())
    }

    fn look_up(&self, atoms: &[Atom]) -> Result<((), Vec<u64>)> {
        let asked: Vec<Vec<Value>> = atoms.iter().map(ask_frequency).collect();
        let counts = self.count(&asked.concat())?;
        let mut counts = counts.into_iter();
        Ok(((), asked.iter().map(|queries| counts.by_ref().take(queries.len()).sum()).collect()))
    }

    fn written(&self, forms: &[&str]) -> Result<Vec<Written>> {
        let ask = |form: &&str| [FORMS, CAPITALIZED, UNCLEAR].map(|field| json!({ "term": { field: form } }));
        let counts = self.count(&forms.iter().flat_map(ask).collect::<Vec<Value>>())?;
        let written = |counts: &[u64]| Written { articles: counts[0], capital_only: counts[1], unclear: counts[2] };
        Ok(counts.chunks_exact(3).map(written).collect())
    }

    fn families(&self, terms: &[&str]) -> Result<Vec<Vec<String>>> {
        terms.iter().map(|term| self.family(term)).collect()
    }

    fn articles_with(&self, terms: &[&str]) -> Result<Vec<u64>> {
        self.count(&terms.iter().map(|term| json!({ "term": { TEXT: term } })).collect::<Vec<Value>>())
    }

    fn matching(&self, plan: &Plan<()>, wanted: Wanted) -> Result<Matching<Candidate>> {
        let asked = ask(&plan.compiled, &plan.weights, &plan.dates);
        match asked.exact {
            true => self.told_by_itself(&asked.query, &plan.dates, wanted),
            false => self.told_by_texts(&asked.query, plan, wanted.order),
        }
    }

    fn reader<'a>(&'a self, plan: &'a Plan<()>, mut needed: Vec<bool>) -> Result<TextReader<'a>> {
        plan.compiled.leaves.iter().filter_map(|leaf| leaf.form).for_each(|form| needed[form] = true);
        Ok(TextReader::new(&plan.compiled.atoms, needed, &self.analyzer))
    }

    fn ids(&self, articles: &[&Candidate]) -> Result<Vec<String>> {
        Ok(articles.iter().map(|candidate| candidate.article.id.0.clone()).collect())
    }

    fn dates(&self, articles: &[&Candidate]) -> Result<Vec<Option<(i64, i64)>>> {
        Ok(articles.iter().map(|candidate| candidate.dates()).collect())
    }

    fn newest(&self) -> Result<Option<i64>> {
        Ok(self.newest)
    }

    fn span(&self) -> Result<Option<(i64, i64)>> {
        self.span_of_dates()
    }

    fn stored(&self, wanted: &[(&Candidate, &[u32])]) -> Result<Vec<Option<StoredArticle>>> {
        Ok(wanted.iter().map(|(candidate, _)| Some(candidate.article.clone())).collect())
    }
}
