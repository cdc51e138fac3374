//! Random queries, each with what it means.

use rand::Rng;

use super::dates::Range;
use super::meaning::{Field, Form, Meaning, Part, Said, Sign};
use super::random::Random;
use super::vocabulary::{BYLINES, CREDITS, OUTLETS, is_alone};

/// Dates that are asked for; both ends are included.
const RANGES: &[Range] = &[
    Range { text: "date:2018", from: "2018", to: "2018" },
    Range { text: "date:2018-06", from: "2018-06", to: "2018-06" },
    Range { text: "date:2018-06-27", from: "2018-06-27", to: "2018-06-27" },
    Range { text: "date:2018-06-27T09:30", from: "2018-06-27T09:30", to: "2018-06-27T09:30" },
    Range { text: "date:2018-05..2018-06-26", from: "2018-05", to: "2018-06-26" },
    Range { text: "date:2018-06-02..", from: "2018-06-02", to: "" },
    Range { text: "after:2018", from: "2018", to: "" },
    Range { text: "after:2018-06-01", from: "2018-06-01", to: "" },
    Range { text: "after:2018-06-27T10:00", from: "2018-06-27T10:00", to: "" },
    Range { text: "before:2017", from: "", to: "2017" },
    Range { text: "before:2018-06", from: "", to: "2018-06" },
    Range { text: "before:2018-06-27", from: "", to: "2018-06-27" },
    Range { text: "after:2018-05-31 before:2018-07-01", from: "2018-05-31", to: "2018-07-01" },
    Range { text: "date:>2017", from: "2018", to: "" },
    Range { text: "date:<2018-06", from: "", to: "2018-05" },
    Range { text: "date:[2018-05 TO 2018-06-27}", from: "2018-05", to: "2018-06-26" },
    Range { text: "date:2016", from: "2016", to: "2016" },
];
/// Signs of a clause.
const SIGNS: &[(&str, Sign)] = &[("", Sign::May), ("", Sign::May), ("+", Sign::Must), ("-", Sign::MustNot)];

impl Random<'_> {
    /// A query as a person might type it, in all of the language.
    pub fn query(&mut self) -> Said {
        let mut parts: Vec<(Sign, Part)> = match self.below(12) {
            0 | 1 => self.clauses(),
            2 => {
                let first = (Sign::May, self.positional(2));
                [vec![first], self.clauses()].concat()
            }
            3 => vec![(Sign::May, self.in_headline()), (Sign::May, self.asked())],
            4 => vec![],
            _ => vec![(Sign::May, self.boolean(3))],
        };
        if parts.is_empty() || self.below(5) == 0 {
            let (mark, sign) =
                self.one_of(&[SIGNS[0], SIGNS[0], SIGNS[0], SIGNS[2], SIGNS[3], ("NOT ", Sign::MustNot)]);
            let (text, meaning) = self.name();
            parts.push((sign, (format!("{mark}{text}"), meaning)));
        }
        let mut texts: Vec<String> = parts.iter().map(|(_, (text, _))| text.clone()).collect();
        let range = (self.below(4) == 0).then(|| &RANGES[self.below(RANGES.len())]);
        if let Some(range) = range {
            texts.insert(self.below(texts.len() + 1), range.text.to_owned());
        }
        let meaning = Meaning::clauses(parts.into_iter().map(|(sign, (_, meaning))| (sign, meaning)).collect());
        Said { text: texts.join(" "), meaning, range }
    }

    fn clauses(&mut self) -> Vec<(Sign, Part)> {
        let mut clauses = Vec::new();
        for _ in 0..=self.below(3) {
            let (mark, sign) = self.one_of(SIGNS);
            let (text, meaning) = self.group(1);
            clauses.push((sign, (format!("{mark}{text}"), meaning)));
        }
        clauses
    }

    fn boolean(&mut self, depth: usize) -> Part {
        if depth == 0 {
            return self.positional(1);
        }
        let deeper = depth - 1;
        match self.below(9) {
            0 => {
                let and = self.one_of(&["AND", "&&"]);
                self.both(deeper, and, |a, b| Meaning::All(vec![a, b]))
            }
            1 => {
                let or = self.one_of(&["OR", "||"]);
                self.both(deeper, or, |a, b| Meaning::Any(vec![a, b]))
            }
            2 => {
                let without = self.one_of(&["AND NOT", "BUT NOT", "ANDNOT", "&& NOT"]);
                self.both(deeper, without, |a, b| Meaning::All(vec![a, Meaning::not(b)]))
            }
            3 => {
                let (left, right) = (self.positional_group(), self.positional_group());
                (format!("{} SAME {}", left.0, right.0), Meaning::same(left.1, right.1))
            }
            4 => {
                let (first, second) =
                    (self.asked(), self.both(deeper, "AND NOT", |a, b| Meaning::All(vec![a, Meaning::not(b)])));
                let meaning = Meaning::Any(vec![first.1, Meaning::not(second.1)]);
                (format!("{} OR NOT ({})", first.0, second.0), meaning)
            }
            5 => {
                let (first, without, with) = (self.asked(), self.group(deeper), self.group(deeper));
                let inner = Meaning::clauses(vec![(Sign::MustNot, without.1), (Sign::May, with.1)]);
                let meaning = Meaning::clauses(vec![(Sign::May, first.1), (Sign::May, inner)]);
                (format!("{} (-{} {})", first.0, without.0, with.0), meaning)
            }
            6 => {
                let ((text, meaning), (times, count)) = (self.boolean(depth), self.boost());
                (format!("({text})^{times}"), Meaning::boosted(count, meaning))
            }
            _ => self.positional(2),
        }
    }

    fn both(&mut self, depth: usize, operator: &str, join: fn(Meaning, Meaning) -> Meaning) -> Part {
        let (left, right) = (self.group(depth), self.group(depth));
        (format!("{} {operator} {}", left.0, right.0), join(left.1, right.1))
    }

    fn group(&mut self, depth: usize) -> Part {
        match self.below(8) {
            0 => self.name(),
            1 => self.in_headline(),
            2..5 => self.asked(),
            _ => in_parentheses(self.boolean(depth)),
        }
    }

    fn positional_group(&mut self) -> Part {
        match self.below(3) {
            0 => self.asked(),
            1 => self.phrase(),
            _ => in_parentheses(self.positional(1)),
        }
    }

    fn positional(&mut self, depth: usize) -> Part {
        let within = self.distance();
        // as several systems write it; in some the words between are counted
        let (spelling, before) = (self.below(4), within - 1);
        let near = |left: Part, operator: &str, right: Part| {
            let ordered = operator == "PRE";
            let typed = match (spelling, ordered) {
                (0, false) => format!("w/{within}"),
                (1, false) => format!("N{before}"),
                (0, true) => format!("pre/{within}"),
                (1, true) => format!("W{before}"),
                _ => format!("{operator}/{within}"),
            };
            let meaning = Meaning::near(left.1, right.1, within, ordered);
            (format!("{} {typed} {}", left.0, right.0), meaning)
        };
        match self.below(if depth > 0 { 5 } else { 2 }) {
            0 => self.asked(),
            1 => self.phrase(),
            2 => {
                let (one, other) = (self.asked(), self.phrase());
                let either = (format!("({} OR {})", one.0, other.0), Meaning::Any(vec![one.1, other.1]));
                near(either, "NEAR", self.asked())
            }
            3 => near(self.phrase(), "PRE", self.positional_group()),
            _ => near(self.asked(), "NEAR", in_parentheses(self.positional(depth - 1))),
        }
    }

    /// Something in the headline.
    fn in_headline(&mut self) -> Part {
        let (first, second) = (self.asked(), self.asked());
        let (text, meaning) = match self.below(6) {
            0 => first,
            1 => {
                let (text, meaning) = self.positional_group();
                (format!("({} SAME {text})", first.0), Meaning::same(first.1, meaning))
            }
            2 => {
                let meaning = Meaning::All(vec![first.1, Meaning::not(second.1)]);
                (format!("({} AND NOT {})", first.0, second.0), meaning)
            }
            3 => {
                let meaning = Meaning::clauses(vec![(Sign::May, first.1), (Sign::MustNot, second.1)]);
                (format!("({} -{})", first.0, second.0), meaning)
            }
            4 => {
                let meaning = Meaning::clauses(vec![(Sign::May, first.1), (Sign::May, second.1)]);
                (format!("({} {})", first.0, second.0), meaning)
            }
            _ => self.positional_group(),
        };
        let name = self.one_of(&["headline", "headline", "title", "TITLE"]);
        (format!("{name}:{text}"), Meaning::within(Field::Headline, meaning))
    }

    /// Something in the names of outlet or agencies.
    fn name(&mut self) -> Part {
        let (field, names, of) = match self.below(5) {
            0 => ("credit", CREDITS, Field::Credit),
            1 => ("byline", BYLINES, Field::Byline),
            2 => ("author", BYLINES, Field::Byline),
            3 => ("source", OUTLETS, Field::Outlet),
            _ => ("outlet", OUTLETS, Field::Outlet),
        };
        let name = self.one_of(names);
        let words: Vec<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
        let (word, other, distance) = (self.one_of(&words), self.one_of(&words), self.distance());
        let [plain, second] = [word, other].map(|word| Meaning::word(word, Form::Any));
        let begin: String = word.chars().take(3).collect();
        let (text, meaning) = match self.below(11) {
            0 | 1 => (format!("\"{name}\""), Meaning::phrase(&name.split(' ').collect::<Vec<_>>(), 0)),
            2 => (format!("={word}"), Meaning::word(word, Form::Exact)),
            3 => (format!("{begin}*"), Meaning::pattern(&format!("{begin}*"))),
            4 => (format!("{word}~1"), Meaning::word(word, Form::Typo(1))),
            5 => (format!("({word} OR {other})"), Meaning::Any(vec![plain, second])),
            6 => (format!("({word} NEAR/{distance} {other})"), Meaning::near(plain, second, distance, false)),
            7 => (format!("\"{word} {other}\"~{distance}"), Meaning::phrase(&[word, other], distance)),
            8 => {
                let clauses = vec![(Sign::May, plain), (Sign::MustNot, second)];
                (format!("({word} -{other})"), Meaning::clauses(clauses))
            }
            9 => (format!("({word} AND NOT {other})"), Meaning::All(vec![plain, Meaning::not(second)])),
            _ => (word.to_owned(), plain),
        };
        (format!("{field}:{text}"), Meaning::within(of, meaning))
    }

    fn phrase(&mut self) -> Part {
        let words = self.words(2, 4);
        let (slop, others) = self.one_of(&[("", 0), ("", 0), ("~1", 1), ("~3", 3)]);
        (format!("\"{}\"{slop}", words.join(" ")), Meaning::phrase(&words, others))
    }

    /// A word, as it is, or by one of the signs.
    fn asked(&mut self) -> Part {
        let word = self.word();
        let letters: Vec<char> = word.chars().collect();
        let has_wildcards = letters.len() > 3 && !letters.iter().copied().any(is_alone);
        let pattern = |text: String| (text.clone(), Meaning::pattern(&text));
        match self.below(13) {
            0 => (format!("={word}"), Meaning::word(word, Form::Exact)),
            1 if has_wildcards => {
                let count = 1 + self.below(4);
                pattern(format!("{}*", letters[..count].iter().collect::<String>()))
            }
            5 if has_wildcards && !is_mark(letters[1]) => {
                pattern(format!("?{}", letters[1..].iter().collect::<String>()))
            }
            6 if has_wildcards && !letters.iter().any(|&c| is_mark(c) || c == '-') => self.expression(&letters),
            2 => (format!("{word}~1"), Meaning::word(word, Form::Typo(1))),
            3 if has_wildcards && !is_mark(letters[3]) => {
                pattern([&letters[..2], &['?'], &letters[3..]].concat().into_iter().collect())
            }
            4 => {
                let (times, count) = self.boost();
                (format!("{word}^{times}"), Meaning::boosted(count, Meaning::word(word, Form::Any)))
            }
            _ => (word.to_owned(), Meaning::word(word, Form::Any)),
        }
    }

    /// A regular expression that means what a pattern means.
    fn expression(&mut self, letters: &[char]) -> Part {
        let (first, rest) = (letters[..2].iter().collect::<String>(), letters.len() - 2);
        let (text, pattern) = match self.below(3) {
            0 => (format!("/{first}.*/"), format!("{first}*")),
            1 => (format!("/{first}.{{{rest}}}/"), format!("{first}{}", "?".repeat(rest))),
            _ => (format!("/(q|{first}).+/"), format!("{first}?*")),
        };
        (text, Meaning::word(pattern, Form::Wildcard))
    }

    fn distance(&mut self) -> usize {
        self.random.random_range(1..6)
    }

    fn boost(&mut self) -> (&'static str, f32) {
        self.one_of(&[("0.5", 0.5), ("2", 2.0), ("7", 7.0)])
    }
}

fn in_parentheses((text, meaning): Part) -> Part {
    (format!("({text})"), meaning)
}

/// Whether a character belongs to the letter before it, which no wildcard stands for.
fn is_mark(c: char) -> bool {
    ('\u{64b}'..='\u{652}').contains(&c)
}
