//! Tokens -> a syntax tree.

mod times;

use super::around::Around;
use super::date::DateFilter;
use super::lexer::{MAX_DISTANCE, MAX_WORDS};
use super::nearness::{Joined, Joint, join};
use super::normal;
use super::notes::Notes;
use super::parsed::Query;
use super::token::{Kind, QueryToken};
use super::tree::{Clause, Form, Node, Occur, QueryField, Word};
use crate::article::{host, path};

/// Reads repaired tokens: the rules of [`grammar`](super::grammar), a method each.
pub(super) struct Parser<'a> {
    tokens: Vec<QueryToken<'a>>,
    at: usize,
    notes: Notes,
    dates: DateFilter,
    around: Vec<Around>,
    /// Where the last date stood.
    date_at: Option<usize>,
    /// The field whose value is read.
    field: Option<QueryField>,
    /// How many negations what is read stands in.
    nots: usize,
    /// How many words more the query may have.
    room: usize,
}

/// What stands behind signs; none where it says nothing, as a date does.
struct Signed {
    occur: Occur,
    node: Option<Node>,
    at: usize,
}

impl Signed {
    /// As a side of AND or OR.
    fn side(self) -> Option<Node> {
        if self.occur == Occur::MustNot { self.node.map(normal::not) } else { self.node }
    }
}

impl<'a> Parser<'a> {
    pub fn new(tokens: Vec<QueryToken<'a>>, notes: Notes) -> Self {
        let words: usize = tokens.iter().map(|token| token.kind.words()).sum();
        let room = MAX_WORDS.saturating_sub(words);
        let (dates, around) = (DateFilter::default(), Vec::new());
        Self { tokens, at: 0, notes, dates, around, date_at: None, field: None, nots: 0, room }
    }

    /// All of it.
    pub fn query(mut self) -> Query {
        let root = self.clauses().unwrap_or_default();
        let (dates, around, notes) = (self.dates, self.around, self.notes.finish());
        Query { root, dates, around, notes, time_words: Vec::new(), doubt: None }
    }

    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let found = self.peek() == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Where the next token stands, and how it was typed.
    fn place(&self) -> (usize, &'a str) {
        self.tokens.get(self.at).map_or((0, ""), |token| (token.at, token.typed))
    }

    /// Everything up to a closing parenthesis or the end.
    fn clauses(&mut self) -> Option<Node> {
        let mut clauses = Vec::new();
        while self.peek().is_some_and(|kind| *kind != Kind::Close) {
            let before = self.at;
            let Signed { occur, node, .. } = self.any();
            clauses.extend(node.map(|node| Clause { occur, node }));
            // what no rule takes, such as a boost of nothing
            self.at += usize::from(self.at == before);
        }
        normal::clauses(clauses)
    }

    fn any(&mut self) -> Signed {
        let dates = self.date_at;
        let first = self.all();
        if self.peek() != Some(&Kind::Or) {
            return first;
        }
        let at = first.at;
        let mut sides = vec![first];
        while self.take(&Kind::Or) {
            sides.push(self.all());
        }
        if let Some(plus) = sides.iter().find(|side| side.occur == Occur::Must) {
            self.notes.tell(plus.at, "+ says nothing beside OR: passed over; +(… OR …) asks for one of them");
        }
        self.tell_dates(dates, "OR");
        let node = normal::any(sides.into_iter().filter_map(Signed::side).collect());
        Signed { occur: Occur::Should, node, at }
    }

    fn all(&mut self) -> Signed {
        let first = self.signed();
        if self.peek() != Some(&Kind::And) {
            return first;
        }
        let at = first.at;
        let mut sides = vec![first];
        while self.take(&Kind::And) {
            sides.push(self.signed());
        }
        let node = normal::all(sides.into_iter().filter_map(Signed::side).collect());
        Signed { occur: Occur::Should, node, at }
    }

    fn signed(&mut self) -> Signed {
        let (at, _) = self.place();
        let (nots, plus) = self.signs();
        self.nots += nots;
        let node = self.same();
        self.nots -= nots;
        let occur = match (nots % 2, plus) {
            (1, _) => Occur::MustNot,
            (_, true) => Occur::Must,
            _ => Occur::Should,
        };
        Signed { occur, node, at }
    }

    /// How many negations stand here, and whether a `+` does.
    fn signs(&mut self) -> (usize, bool) {
        let (at, _) = self.place();
        let (mut nots, mut plus) = (0, false);
        while let Some(kind @ (Kind::Plus | Kind::Minus | Kind::Not)) = self.peek() {
            if *kind == Kind::Plus {
                plus = true
            } else {
                nots += 1
            }
            self.at += 1;
        }
        if nots > 1 {
            self.notes.tell(at, "two negations take each other away");
        }
        (nots, plus)
    }

    fn same(&mut self) -> Option<Node> {
        self.chain(Self::near, |kind| (*kind == Kind::Same).then_some(Joint::Same))
    }

    fn near(&mut self) -> Option<Node> {
        self.chain(Self::boosted, |kind| match *kind {
            Kind::Near { within, ordered } => Some(Joint::Near { within, ordered }),
            _ => None,
        })
    }

    /// Operands joined from the left; each oddity of the chain is told once.
    fn chain(&mut self, operand: fn(&mut Self) -> Option<Node>, joint: fn(&Kind) -> Option<Joint>) -> Option<Node> {
        let dates = self.date_at;
        let (mut told, mut operator) = (Vec::new(), None);
        let mut left = operand(self);
        while let Some(joint) = self.peek().and_then(joint) {
            let (at, typed) = self.place();
            let joint = self.within_bounds(joint);
            self.at += 1;
            left = match (left, self.negatable(operand)) {
                (Some(left), Some(right)) => {
                    let Joined { node, odd } = join(left, right, joint, &mut self.room);
                    if let Some(odd) = odd.filter(|odd| !told.contains(odd)) {
                        told.push(odd);
                        self.notes.tell(at, odd.text(typed));
                    }
                    Some(node)
                }
                (left, right) => left.or(right),
            };
            operator = Some(typed);
        }
        if let Some(operator) = operator {
            self.tell_dates(dates, operator);
        }
        left
    }

    fn within_bounds(&mut self, joint: Joint) -> Joint {
        let Joint::Near { within, ordered } = joint else { return joint };
        let read = within.clamp(1, MAX_DISTANCE);
        if read != within {
            let (at, typed) = self.place();
            let name = if ordered { "PRE" } else { "NEAR" };
            let bounds = format!("1 is side by side, {MAX_DISTANCE} a whole passage");
            self.notes.tell(at, format!("{typed} is read as {name}/{read}: {bounds}"));
        }
        Joint::Near { within: read, ordered }
    }

    /// The right side of an operator that takes no negation, if one stands there all the same.
    fn negatable(&mut self, operand: fn(&mut Self) -> Option<Node>) -> Option<Node> {
        let (nots, _) = self.signs();
        self.nots += nots;
        let node = operand(self);
        self.nots -= nots;
        if nots % 2 == 1 { node.map(normal::not) } else { node }
    }

    fn tell_dates(&mut self, before: Option<usize>, operator: &str) {
        if let Some(at) = self.date_at.filter(|_| self.date_at != before) {
            self.notes.tell(at, format!("a date holds for the whole query, not for a side of {operator}"));
        }
    }

    fn boosted(&mut self) -> Option<Node> {
        let mut node = self.primary();
        while let Some(&Kind::Boost(times)) = self.peek() {
            node = node.map(|node| normal::boost(times, node));
            self.at += 1;
        }
        node
    }

    fn primary(&mut self) -> Option<Node> {
        let (at, typed) = self.place();
        let node = match self.peek()? {
            Kind::Word(word) => {
                let word = word.clone();
                self.tell_path(at, &word);
                normal::word(word)
            }
            Kind::Phrase(phrase) => normal::phrase(phrase.clone()),
            Kind::Nothing => None,
            &Kind::Date(range) => self.date(range, at, typed),
            &Kind::Around(around) => self.around(around, at),
            Kind::Open => {
                self.at += 1;
                let node = self.clauses();
                self.take(&Kind::Close);
                return node;
            }
            &Kind::Field(field) => return self.in_field(field),
            _ => return None,
        };
        self.at += 1;
        node
    }

    /// Tells of what stands behind a host.
    fn tell_path(&mut self, at: usize, word: &Word) {
        if self.field == Some(QueryField::Site)
            && matches!(word.form, Form::Any | Form::Exact)
            && host(&word.text).is_some()
            && let Some(path) = path(&word.text)
        {
            self.notes.tell(at, format!("site: takes a host: {path} is passed over"));
        }
    }

    fn in_field(&mut self, named: QueryField) -> Option<Node> {
        let outer = self.field;
        let field = outer.unwrap_or(named);
        // parentheses that stand too deep leave several names in a row
        while let Some(&Kind::Field(inner)) = self.peek() {
            if inner != field {
                let (at, typed) = self.place();
                self.notes.tell(at, format!("{typed} stands inside {}: it is passed over", field.name()));
            }
            self.at += 1;
        }
        let (at, _) = self.place();
        let (nots, _) = self.signs();
        if nots == 1 {
            self.notes.tell(at, format!("the - belongs before the name: read as -{}:", field.name()));
        }
        self.nots += nots;
        self.field = Some(field);
        let has_value = matches!(self.peek(), Some(Kind::Word(_) | Kind::Phrase(_) | Kind::Nothing | Kind::Open));
        let value = if has_value { self.primary() } else { None };
        self.field = outer;
        self.nots -= nots;
        let node = if outer.is_none() { value.map(|node| normal::inside(field, node)) } else { value };
        if nots % 2 == 1 { node.map(normal::not) } else { node }
    }
}
