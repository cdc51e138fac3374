//! The text of an expression -> its parts.

use std::fmt::Write;

/// The most characters of an expression.
pub const MAX_EXPRESSION: usize = 200;
/// The most characters that it may be fitted by side by side, repetitions written out.
pub const MAX_PLACES: usize = 127;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegexError {
    /// Where: byte offset in the expression, 0-based.
    pub at: usize,
    pub why: String,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    One(Letters),
    /// One behind the other.
    Row(Vec<Expression>),
    Either(Vec<Expression>),
    /// At least so often, and at most where there is a number.
    Repeated(Box<Expression>, usize, Option<usize>),
}

/// Which characters fit a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letters {
    /// First and last of each stretch.
    pub stretches: Vec<(char, char)>,
    /// Whether all others fit.
    pub others: bool,
}

impl Letters {
    fn only(c: char) -> Self {
        Self { stretches: vec![(c, c)], others: false }
    }

    pub fn have(&self, c: char) -> bool {
        self.stretches.iter().any(|(first, last)| (*first..=*last).contains(&c)) != self.others
    }
}

/// Reads a whole expression.
pub(super) fn parse(text: &str) -> Result<Expression, RegexError> {
    if text.chars().count() > MAX_EXPRESSION {
        return Err(RegexError { at: 0, why: format!("it has more than {MAX_EXPRESSION} characters") });
    }
    let mut reader = ExpressionReader { text, at: 0, depth: 0 };
    let part = reader.either()?;
    match reader.peek() {
        None => Ok(part),
        Some(c) => Err(reader.error(format!("{c} closes nothing"))),
    }
}

struct ExpressionReader<'a> {
    text: &'a str,
    at: usize,
    /// How many parentheses are open.
    depth: usize,
}

impl ExpressionReader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn error(&self, why: impl Into<String>) -> RegexError {
        RegexError { at: self.at, why: why.into() }
    }

    fn either(&mut self) -> Result<Expression, RegexError> {
        let mut branches = vec![self.row()?];
        while self.take('|') {
            branches.push(self.row()?);
        }
        Ok(if branches.len() > 1 { Expression::Either(branches) } else { branches.remove(0) })
    }

    fn row(&mut self) -> Result<Expression, RegexError> {
        let mut parts = Vec::new();
        // words are fitted as a whole: what asks for their ends says nothing
        let is_whole = self.depth == 0;
        if is_whole {
            self.take('^');
        }
        while !matches!(self.peek(), None | Some('|' | ')')) {
            if is_whole && matches!(self.text.as_bytes()[self.at..], [b'$'] | [b'$', b'|', ..]) {
                self.next();
                break;
            }
            let one = self.one()?;
            parts.push(self.repeated(one)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expression::Row(parts) })
    }

    fn one(&mut self) -> Result<Expression, RegexError> {
        let start = self.at;
        let at = |why: &str| RegexError { at: start, why: why.to_owned() };
        Ok(match self.next() {
            Some('(') => {
                self.depth += 1;
                let inside = self.either()?;
                self.depth -= 1;
                return if self.take(')') { Ok(inside) } else { Err(at("( is not closed")) };
            }
            Some('[') => Expression::One(self.class().ok_or_else(|| at("[ is not closed, or is empty"))?),
            Some('.') => Expression::One(Letters { stretches: Vec::new(), others: true }),
            Some('\\') => Expression::One(self.escaped()?),
            Some('*' | '+' | '?' | '{') => return Err(at("there is nothing to repeat")),
            Some(c) => Expression::One(Letters::only(c)),
            None => return Err(at("something is missing")),
        })
    }

    fn escaped(&mut self) -> Result<Letters, RegexError> {
        match self.next() {
            Some('d') => Ok(Letters { stretches: vec![('0', '9')], others: false }),
            Some(c) if !c.is_alphanumeric() => Ok(Letters::only(c)),
            _ => Err(self.error("of letters behind a backslash \\d alone is understood")),
        }
    }

    /// What stands in brackets, the first of which was read.
    fn class(&mut self) -> Option<Letters> {
        let others = self.take('^');
        let mut stretches = Vec::new();
        loop {
            let first = match self.next()? {
                ']' => break,
                '\\' => self.next()?,
                c => c,
            };
            let is_stretch = self.text[self.at..].starts_with('-') && !self.text[self.at + 1..].starts_with(']');
            if !is_stretch {
                stretches.push((first, first));
                continue;
            }
            self.next();
            let last = match self.next()? {
                '\\' => self.next()?,
                c => c,
            };
            stretches.push((first.min(last), first.max(last)));
        }
        (!stretches.is_empty()).then_some(Letters { stretches, others })
    }

    fn repeated(&mut self, mut part: Expression) -> Result<Expression, RegexError> {
        loop {
            let (least, most) = match self.peek() {
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('?') => (0, Some(1)),
                Some('{') => self.numbers()?,
                _ => return Ok(part),
            };
            self.next();
            part = Expression::Repeated(Box::new(part), least, most);
        }
    }

    /// `{2}`, `{2,}`, `{2,4}`, up to its last sign.
    fn numbers(&mut self) -> Result<(usize, Option<usize>), RegexError> {
        let start = self.at;
        let bad = || RegexError { at: start, why: format!("{{ }} takes one number or two, up to {MAX_PLACES}") };
        let length = self.text[start..].find('}').ok_or_else(bad)?;
        let inside = &self.text[start + 1..start + length];
        let number = |text: &str| text.parse().ok().filter(|number: &usize| *number <= MAX_PLACES).ok_or_else(bad);
        let (least, most) = match inside.split_once(',') {
            None => (number(inside)?, Some(number(inside)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        self.at += length;
        if most.is_some_and(|most| most < least.max(1)) { Err(bad()) } else { Ok((least, most)) }
    }
}

impl Expression {
    /// A sign that every word which fits would have to have, and no word has: the signs of ASCII stand between words, but for
    /// the point of a number.
    pub fn needed_sign(&self) -> Option<char> {
        match self {
            Self::One(letters) => letters.only_sign(),
            Self::Row(parts) => parts.iter().find_map(Self::needed_sign),
            Self::Either(parts) if parts.iter().all(|part| part.needed_sign().is_some()) => {
                parts.first()?.needed_sign()
            }
            Self::Repeated(part, 1.., _) => part.needed_sign(),
            Self::Either(_) | Self::Repeated(..) => None,
        }
    }

    /// The part for words that were folded.
    pub fn folded(&self, fold: &dyn Fn(char) -> String) -> Self {
        let all = |parts: &[Self]| parts.iter().map(|part| part.folded(fold)).collect();
        match self {
            Self::One(letters) => letters.folded(fold),
            Self::Row(parts) => Self::Row(all(parts)),
            Self::Either(parts) => Self::Either(all(parts)),
            Self::Repeated(part, least, most) => Self::Repeated(Box::new(part.folded(fold)), *least, *most),
        }
    }

    /// Writes the part as Lucene reads it.
    pub fn write(&self, text: &mut String) {
        match self {
            Self::One(letters) => letters.write(text),
            Self::Row(parts) if parts.is_empty() => text.push_str("()"),
            Self::Row(parts) => parts.iter().for_each(|part| part.write_closed(text)),
            Self::Either(parts) => {
                text.push('(');
                for (place, part) in parts.iter().enumerate() {
                    text.push_str(if place > 0 { "|" } else { "" });
                    part.write(text);
                }
                text.push(')');
            }
            Self::Repeated(part, least, most) => {
                part.write_closed(text);
                // writing to a string fails on nothing
                let _ = match most {
                    Some(most) => write!(text, "{{{least},{most}}}"),
                    None => write!(text, "{{{least},}}"),
                };
            }
        }
    }

    fn write_closed(&self, text: &mut String) {
        let is_closed = matches!(self, Self::One(_) | Self::Either(_));
        text.push_str(if is_closed { "" } else { "(" });
        self.write(text);
        text.push_str(if is_closed { "" } else { ")" });
    }
}

impl Letters {
    /// The first of the signs that they are, where they are nothing else.
    fn only_sign(&self) -> Option<char> {
        let is_sign = |&(first, last): &(char, char)| first == last && first.is_ascii_punctuation() && first != '.';
        let are_signs = !self.others && self.stretches.iter().all(is_sign);
        self.stretches.first().filter(|_| are_signs).map(|(first, _)| *first)
    }

    /// A stretch keeps its ends where they are not one letter folded.
    fn folded(&self, fold: &dyn Fn(char) -> String) -> Expression {
        let as_one = |c: char| {
            let folded = fold(c);
            let mut chars = folded.chars();
            chars.next().filter(|_| chars.next().is_none()).unwrap_or(c)
        };
        if let (&[(c, last)], false) = (self.stretches.as_slice(), self.others)
            && c == last
        {
            let mut folded: Vec<Expression> = fold(c).chars().map(|c| Expression::One(Self::only(c))).collect();
            return match folded.len() {
                0 => Expression::One(self.clone()),
                1 => folded.remove(0),
                _ => Expression::Row(folded),
            };
        }
        let stretch = |&(first, last): &(char, char)| match (as_one(first), as_one(last)) {
            (f, l) if f <= l => (f, l),
            _ => (first, last),
        };
        Expression::One(Self { stretches: self.stretches.iter().map(stretch).collect(), others: self.others })
    }

    fn write(&self, text: &mut String) {
        match (self.stretches.as_slice(), self.others) {
            ([], _) => text.push('.'),
            (&[(c, last)], false) if c == last => write_letter(text, c),
            (stretches, others) => {
                text.push_str(if others { "[^" } else { "[" });
                for &(first, last) in stretches {
                    write_letter(text, first);
                    if first < last {
                        text.push('-');
                        write_letter(text, last);
                    }
                }
                text.push(']');
            }
        }
    }
}

/// A letter that means itself.
fn write_letter(text: &mut String, c: char) {
    if !c.is_alphanumeric() {
        text.push('\\');
    }
    text.push(c);
}
