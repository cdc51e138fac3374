//! Random articles and queries over a small vocabulary, so that they meet often.

use std::collections::HashMap;
use std::sync::LazyLock;

use rand::Rng;
use rand::rngs::StdRng;

/// Words, each line the forms that have one stem, but for the two of `polish`.
const WORDS: &[&[&str]] = &[
    &["venue", "venues", "Venue"],
    &["summit", "summits", "Summit"],
    &["talk", "talks", "talked", "talking"],
    &["Polish"],
    &["polish", "polished"],
    &["Helsinki", "Helsinky"],
    &["São"],
    &["Zürich", "Zurich"],
    &["sanction", "sanctions", "sanctioned"],
    &["sandal"],
    &["minister", "ministers"],
    &["border", "borders"],
    &["harbour"],
    &["ferry"],
    &["winter"],
    &["lamp", "lamps"],
    &["damp"],
];

/// What a folded word's forms have in common; `polish` and `Polish` have one stem.
pub fn stem(folded: &str) -> Option<usize> {
    static STEMS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
        let numbered = WORDS.iter().enumerate().map(|(line, forms)| (if line == 4 { 3 } else { line }, forms));
        numbered.flat_map(|(line, forms)| forms.iter().map(move |form| (plain(form), line))).collect()
    });
    STEMS.get(folded).copied()
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('ã', "a").replace('ü', "u")
}

fn word(random: &mut StdRng) -> &'static str {
    let forms = WORDS[random.random_range(0..WORDS.len())];
    forms[random.random_range(0..forms.len())]
}

/// Articles as JSON lines.
pub fn articles(random: &mut StdRng, count: usize) -> String {
    let mut lines = String::new();
    for n in 0..count {
        let headline: Vec<&str> = (0..random.random_range(2..7)).map(|_| word(random)).collect();
        let paragraphs: Vec<String> = (0..random.random_range(1..5)).map(|_| paragraph(random)).collect();
        let record = serde_json::json!({
            "id": format!("a{n:02}"), "headline": headline.join(" "), "body": paragraphs.join("\n\n"),
        });
        lines.push_str(&format!("{record}\n"));
    }
    lines
}

fn paragraph(random: &mut StdRng) -> String {
    let words: Vec<&str> = (0..random.random_range(4..60)).map(|_| word(random)).collect();
    let mut text = String::new();
    for (n, word) in words.iter().enumerate() {
        text.push_str(word);
        let ends = n + 1 == words.len() || random.random_range(0..9) == 0;
        text.push_str(if ends { ". " } else { " " });
    }
    text.trim_end().to_owned()
}

/// A query as a person might type it, in all of the language.
pub fn query(random: &mut StdRng) -> String {
    match random.random_range(0..10) {
        0 => clauses(random),
        1 => format!("{} {}", positional(random, 2), clauses(random)),
        2 => format!("headline:{} {}", positional_group(random), asked(random)),
        _ => boolean(random, 3),
    }
}

fn clauses(random: &mut StdRng) -> String {
    let clause = |random: &mut StdRng| {
        let sign = ["", "", "+", "-"][random.random_range(0..4)];
        format!("{sign}{}", group(random, 1))
    };
    (0..random.random_range(1..4)).map(|_| clause(random)).collect::<Vec<_>>().join(" ")
}

fn boolean(random: &mut StdRng, depth: usize) -> String {
    if depth == 0 {
        return positional(random, 1);
    }
    match random.random_range(0..6) {
        0 => format!("{} AND {}", group(random, depth - 1), group(random, depth - 1)),
        1 => format!("{} OR {}", group(random, depth - 1), group(random, depth - 1)),
        2 => format!("{} AND NOT {}", group(random, depth - 1), group(random, depth - 1)),
        3 => format!("{} SAME {}", positional_group(random), positional_group(random)),
        _ => positional(random, 2),
    }
}

fn group(random: &mut StdRng, depth: usize) -> String {
    if random.random() { asked(random) } else { format!("({})", boolean(random, depth)) }
}

fn positional_group(random: &mut StdRng) -> String {
    match random.random_range(0..3) {
        0 => asked(random),
        1 => phrase(random),
        _ => format!("({})", positional(random, 1)),
    }
}

fn positional(random: &mut StdRng, depth: usize) -> String {
    match random.random_range(0..if depth > 0 { 5 } else { 2 }) {
        0 => asked(random),
        1 => phrase(random),
        2 => format!("({} OR {}) NEAR/{} {}", asked(random), phrase(random), distance(random), asked(random)),
        3 => format!("{} PRE/{} {}", phrase(random), distance(random), positional_group(random)),
        _ => format!("{} NEAR/{} ({})", asked(random), distance(random), positional(random, depth - 1)),
    }
}

fn distance(random: &mut StdRng) -> u32 {
    random.random_range(1..6)
}

fn phrase(random: &mut StdRng) -> String {
    let words: Vec<String> = (0..random.random_range(2..4)).map(|_| word(random).to_owned()).collect();
    let slop = ["", "", "~1", "~3"][random.random_range(0..4)];
    format!("\"{}\"{slop}", words.join(" "))
}

/// A word, as it is, or by one of the signs.
fn asked(random: &mut StdRng) -> String {
    let word = word(random);
    match random.random_range(0..12) {
        0 => format!("={word}"),
        1 => format!("{}*", word.chars().take(4).collect::<String>()),
        2 => format!("{word}~1"),
        3 => {
            let mut letters: Vec<char> = word.chars().collect();
            letters[2] = '?';
            letters.into_iter().collect()
        }
        _ => word.to_owned(),
    }
}
