//! Random articles and queries over a small vocabulary, so that they meet often.

use rand::Rng;
use rand::rngs::StdRng;

use super::vocabulary::{CREDITS, OUTLETS, Vocabulary, is_alone};

/// Dates of articles, as fine as they are known.
const DATES: &[&str] = &[
    "2017",
    "2018",
    "2018-05",
    "2018-06",
    "2018-06-01",
    "2018-06-26",
    "2018-06-27T09:30",
    "2018-06-27T23:59:30+04:00",
    "2018-07-02",
];
/// Dates that are asked for.
const RANGES: &[&str] = &[
    "date:2018",
    "date:2018-06",
    "date:2018-06-27",
    "date:2018-06-27T09:30",
    "date:2018-05..2018-06-26",
    "date:2018-06-02..",
    "after:2018",
    "after:2018-06-01",
    "after:2018-06-27T10:00",
    "before:2017",
    "before:2018-06",
    "before:2018-06-27",
    "after:2018-05-31 before:2018-07-01",
    "date:2016",
];

/// Makes articles and queries of one language.
pub struct Random<'v> {
    pub random: StdRng,
    pub vocabulary: &'v Vocabulary,
}

impl Random<'_> {
    /// Articles as JSON lines.
    pub fn articles(&mut self, count: usize) -> String {
        (0..count).map(|n| format!("{}\n", self.article(n))).collect()
    }

    fn article(&mut self, number: usize) -> serde_json::Value {
        let headline = self.words(2, 7).join(" ");
        let mut paragraphs: Vec<String> = (0..=self.below(4)).map(|_| self.paragraph()).collect();
        let credits = (0..self.below(3)).map(|_| self.one_of(CREDITS)).collect::<Vec<_>>();
        if !credits.is_empty() {
            paragraphs.push(format!("With files from {}", credits.join(" and ")));
        }
        let outlet = self.maybe(OUTLETS);
        let date = self.maybe(DATES);
        let body = paragraphs.join("\n\n");
        serde_json::json!({ "id": format!("a{number:02}"), "headline": headline, "body": body, "outlet": outlet, "date": date })
    }

    fn paragraph(&mut self) -> String {
        let words = self.words(4, 60);
        let mut text = String::new();
        for (n, word) in words.iter().enumerate() {
            text.push_str(word);
            let ends = n + 1 == words.len() || self.below(9) == 0;
            text.push_str(if ends { ". " } else { " " });
        }
        text.trim_end().to_owned()
    }

    /// A query as a person might type it, in all of the language.
    pub fn query(&mut self) -> String {
        let mut parts = match self.below(12) {
            0 | 1 => vec![self.clauses()],
            2 => vec![self.positional(2), self.clauses()],
            3 => vec![format!("headline:{}", self.in_headline()), self.asked()],
            4 => vec![],
            _ => vec![self.boolean(3)],
        };
        if parts.is_empty() || self.below(5) == 0 {
            parts.push(format!("{}{}", self.one_of(&["", "", "", "+", "-", "NOT "]), self.name()));
        }
        if self.below(4) == 0 {
            let at = self.below(parts.len() + 1);
            parts.insert(at, self.one_of(RANGES).to_owned());
        }
        parts.join(" ")
    }

    fn clauses(&mut self) -> String {
        let mut clauses = Vec::new();
        for _ in 0..=self.below(3) {
            clauses.push(format!("{}{}", self.one_of(&["", "", "+", "-"]), self.group(1)));
        }
        clauses.join(" ")
    }

    fn boolean(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.positional(1);
        }
        let deeper = depth - 1;
        match self.below(9) {
            0 => format!("{} AND {}", self.group(deeper), self.group(deeper)),
            1 => format!("{} OR {}", self.group(deeper), self.group(deeper)),
            2 => format!("{} AND NOT {}", self.group(deeper), self.group(deeper)),
            3 => format!("{} SAME {}", self.positional_group(), self.positional_group()),
            4 => format!("{} OR NOT ({} AND NOT {})", self.asked(), self.group(deeper), self.group(deeper)),
            5 => format!("{} (-{} {})", self.asked(), self.group(deeper), self.group(deeper)),
            6 => format!("({})^{}", self.boolean(deeper), self.boost()),
            _ => self.positional(2),
        }
    }

    fn group(&mut self, depth: usize) -> String {
        match self.below(8) {
            0 => self.name(),
            1 => format!("headline:{}", self.in_headline()),
            2..5 => self.asked(),
            _ => format!("({})", self.boolean(depth)),
        }
    }

    fn positional_group(&mut self) -> String {
        match self.below(3) {
            0 => self.asked(),
            1 => self.phrase(),
            _ => format!("({})", self.positional(1)),
        }
    }

    fn positional(&mut self, depth: usize) -> String {
        match self.below(if depth > 0 { 5 } else { 2 }) {
            0 => self.asked(),
            1 => self.phrase(),
            2 => format!("({} OR {}) NEAR/{} {}", self.asked(), self.phrase(), self.distance(), self.asked()),
            3 => format!("{} PRE/{} {}", self.phrase(), self.distance(), self.positional_group()),
            _ => format!("{} NEAR/{} ({})", self.asked(), self.distance(), self.positional(depth - 1)),
        }
    }

    /// What may stand behind `headline:`.
    fn in_headline(&mut self) -> String {
        match self.below(6) {
            0 => self.asked(),
            1 => format!("({} SAME {})", self.asked(), self.positional_group()),
            2 => format!("({} AND NOT {})", self.asked(), self.asked()),
            3 => format!("({} -{})", self.asked(), self.asked()),
            4 => format!("({} {})", self.asked(), self.asked()),
            _ => self.positional_group(),
        }
    }

    /// Something in the names of outlet or agencies.
    fn name(&mut self) -> String {
        let (field, names) = if self.below(3) == 0 { ("credit", CREDITS) } else { ("outlet", OUTLETS) };
        let name = self.one_of(names);
        let words: Vec<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
        let word = self.one_of(&words);
        let other = self.one_of(&words);
        let distance = self.distance();
        match self.below(11) {
            0 | 1 => format!("{field}:\"{name}\""),
            2 => format!("{field}:={word}"),
            3 => format!("{field}:{}*", word.chars().take(3).collect::<String>()),
            4 => format!("{field}:{word}~1"),
            5 => format!("{field}:({word} OR {other})"),
            6 => format!("{field}:({word} NEAR/{distance} {other})"),
            7 => format!("{field}:\"{word} {other}\"~{distance}"),
            8 => format!("{field}:({word} -{other})"),
            9 => format!("{field}:({word} AND NOT {other})"),
            _ => format!("{field}:{word}"),
        }
    }

    fn phrase(&mut self) -> String {
        let words = self.words(2, 4);
        format!("\"{}\"{}", words.join(" "), self.one_of(&["", "", "~1", "~3"]))
    }

    /// A word, as it is, or by one of the signs.
    fn asked(&mut self) -> String {
        let word = self.word();
        let letters: Vec<char> = word.chars().collect();
        let has_wildcards = letters.len() > 3 && !letters.iter().copied().any(is_alone);
        match self.below(13) {
            0 => format!("={word}"),
            1 if has_wildcards => format!("{}*", letters[..4].iter().collect::<String>()),
            2 => format!("{word}~1"),
            3 if has_wildcards => [&letters[..2], &['?'], &letters[3..]].concat().into_iter().collect(),
            4 => format!("{word}^{}", self.boost()),
            _ => word.to_owned(),
        }
    }

    fn words(&mut self, least: usize, most: usize) -> Vec<&'static str> {
        (0..self.random.random_range(least..most)).map(|_| self.word()).collect()
    }

    fn word(&mut self) -> &'static str {
        let forms = self.one_of(self.vocabulary.words);
        self.one_of(forms)
    }

    fn distance(&mut self) -> u32 {
        self.random.random_range(1..6)
    }

    fn boost(&mut self) -> &'static str {
        self.one_of(&["0.5", "2", "7"])
    }

    fn below(&mut self, count: usize) -> usize {
        self.random.random_range(0..count)
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One of them, or nothing.
    fn maybe(&mut self, of: &[&'static str]) -> Option<&'static str> {
        (self.below(4) > 0).then(|| self.one_of(of))
    }
}
