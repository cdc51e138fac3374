//! Rust source -> the tokens of its code: no comments, no literals, nothing that only tests have.

/// A token of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    /// `::`
    Of,
    Sign(char),
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        if let Self::Word(word) = self { Some(word) } else { None }
    }
}

/// The tokens of a source text, and the modules that it declares for tests alone.
pub fn code(text: &str) -> (Vec<Token>, Vec<String>) {
    without_tests(tokens(text))
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        at = match c {
            '/' if next == Some('/') => find(&chars, at, |rest| rest[0] == '\n'),
            '/' if next == Some('*') => find(&chars, at + 2, |rest| rest.starts_with(&['*', '/'])) + 2,
            '"' => end_of_string(&chars, at + 1),
            '\'' if next == Some('\\') => find(&chars, at + 3, |rest| rest[0] == '\'') + 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => at + 3,
            'r' | 'b' if raw_string(&chars, at).is_some() => raw_string(&chars, at).expect("a raw string"),
            c if c.is_alphanumeric() || c == '_' => {
                let end = find(&chars, at, |rest| !(rest[0].is_alphanumeric() || rest[0] == '_'));
                tokens.push(Token::Word(chars[at..end].iter().collect()));
                end
            }
            ':' if next == Some(':') => {
                tokens.push(Token::Of);
                at + 2
            }
            c => {
                tokens.extend((!c.is_whitespace()).then_some(Token::Sign(c)));
                at + 1
            }
        };
    }
    tokens
}

/// The first place from `at` on whose rest is so, or the end.
fn find(chars: &[char], at: usize, is_so: impl Fn(&[char]) -> bool) -> usize {
    (at..chars.len()).find(|&at| is_so(&chars[at..])).unwrap_or(chars.len())
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    while let Some(&c) = chars.get(at) {
        match c {
            '"' => return at + 1,
            '\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

/// The end of a raw string (`r"…"`, `br#"…"#`) that begins here.
fn raw_string(chars: &[char], at: usize) -> Option<usize> {
    let start = if chars[at] == 'b' { at + 1 } else { at };
    let quote = find(chars, start + 1, |rest| rest[0] != '#');
    (chars.get(start) == Some(&'r') && chars.get(quote) == Some(&'"')).then(|| {
        let close: Vec<char> = std::iter::once('"').chain(chars[start + 1..quote].iter().copied()).collect();
        find(chars, quote + 1, |rest| rest.starts_with(&close)) + close.len()
    })
}

/// Takes out every item behind `#[cfg(test)]`.
fn without_tests(tokens: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    let mark: Vec<Token> = self::tokens("#[cfg(test)]");
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at..].starts_with(&mark) {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let end = end_of_item(&tokens, at + mark.len());
        let item = &tokens[at + mark.len()..end];
        if let Some(place) = item.iter().position(|token| token.word() == Some("mod")) {
            modules.extend(item.get(place + 1).and_then(Token::word).map(str::to_owned));
        }
        at = end;
    }
    (kept, modules)
}

/// Behind the `;` or the braces that end an item.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0;
    let mut is_use = false;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        is_use |= token.word() == Some("use");
        match token {
            Token::Sign('{' | '(' | '[') => depth += 1,
            Token::Sign('}' | ')' | ']') => {
                depth -= 1;
                if depth == 0 && *token == Token::Sign('}') && !is_use {
                    return at + 1;
                }
            }
            Token::Sign(';') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

#[test]
fn only_code_is_read() {
    let text = r##"
        //! crate::a
        use super::x; /* super::y */ const S: &str = "crate::z"; const R: &str = r#"crate::"q"#;
        fn f<'a>(c: char) -> &'a str { '"'; '\''; c }
        #[cfg(test)]
        mod tests { use super::gone; }
        #[cfg(test)]
        pub use tests::{A, B};
        struct Last;
    "##;
    let (tokens, modules) = code(text);
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    assert_eq!(words.join(" "), "use super x const S str const R str fn f a c char a str c struct Last");
    assert_eq!(modules, ["tests"]);
}
