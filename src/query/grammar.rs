//! temp
use super::tree::*;
use crate::query::{DateRange, parse_day};
/// temp
pub fn plain(text: &str) -> Query {
    let clause = |word: &str| Clause { occur: Occur::Should, node: Node::Word(Word { text: word.to_owned(), form: Form::Any }) };
    Query { root: Node::Clauses(text.split_whitespace().map(clause).collect()), ..Query::default() }
}
/// temp
pub fn read(text: &str, _today: jiff::civil::Date) -> Query { plain(text) }
impl Query {
    /// temp
    /// # Errors
    /// temp
    pub fn restrict(&mut self, _outlet: Option<&str>, after: Option<&str>, before: Option<&str>) -> crate::Result<()> {
        let dates = DateRange {
            after: after.map(|day| parse_day("--after", day)).transpose()?,
            before: before.map(|day| parse_day("--before", day)).transpose()?,
        };
        self.dates = self.dates.narrow(dates);
        Ok(())
    }
    /// temp
    pub fn is_empty(&self) -> bool { matches!(&self.root, Node::Clauses(c) if c.is_empty()) && self.dates.is_open() }
}
impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{}", self.root) }
}

/// temp
pub fn parse(text: &str) -> Query { read(text, jiff::Zoned::now().date()) }
