//! The words of a query as they were typed: which may be names, which are in capitals, which have one on purpose, and which
//! have signs.

use crate::analysis::{AnalyzedToken, Analyzer, Capital, with_signs};
use crate::matching::TypedWord;
use crate::query::tree::{Form, Node, Word};
use crate::query::{is_month, is_stopword, without_addresses};

/// Words up to which a query that has all of them with a capital is no title: titles have function words with one too.
pub(super) const SHORT: usize = 3;
/// Words from which a query is a text, which holds titles and sentences that no stop told apart: "Construction The Use of".
const TEXT: usize = 16;

/// A word typed of which all forms are meant.
pub(super) struct TypedText<'n> {
    pub text: &'n str,
    /// Whether it has a capital that is not that of a sentence.
    pub inside: bool,
    /// Whether that is on purpose, were it a function word.
    pub on_purpose: bool,
}

/// The words below a node that stand for all their forms, in order.
pub(super) fn typed_texts(root: &Node, shouting: bool) -> Vec<TypedText<'_>> {
    let mut texts: Vec<&str> = Vec::new();
    collect(root, &mut |text| texts.push(text));
    let is_small = |text: &&str| text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let short = texts.len() <= SHORT;
    let is_title = !texts.iter().any(is_small);
    let typed = |place: usize| {
        let text = texts[place];
        let starts = place == 0 || texts[place - 1].ends_with(['.', '?', '!', ':', '"', '”']);
        let inside = !shouting && !starts && Capital::of(text).is_some();
        // titles seldom end in a function word: `Prime Minister May`, `FBI May 2016`
        let next = texts.get(place + 1);
        let ends = next.is_none_or(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        let on_purpose = !shouting && (2..TEXT).contains(&texts.len()) && if is_title { short || ends } else { inside };
        TypedText { text, inside, on_purpose }
    };
    (0..texts.len()).map(typed).collect()
}

/// The words of phrases, and those that are to be near others, which stand for all their forms: none of them is passed over.
pub(super) fn beside_texts(root: &Node) -> Vec<TypedText<'_>> {
    let mut texts: Vec<&str> = Vec::new();
    collect_beside(root, false, &mut texts);
    texts.into_iter().map(|text| TypedText { text, inside: false, on_purpose: false }).collect()
}

fn collect_beside<'n>(node: &'n Node, is_beside: bool, texts: &mut Vec<&'n str>) {
    let any = |word: &&'n Word| word.form == Form::Any;
    match node {
        Node::Word(word) => texts.extend(Some(word).filter(|_| is_beside).filter(any).map(|word| word.text.as_str())),
        Node::Phrase(phrase) => texts.extend(phrase.words.iter().filter(any).map(|word| word.text.as_str())),
        Node::Near(near) => [&near.left, &near.right].into_iter().for_each(|node| collect_beside(node, true, texts)),
        Node::Same(nodes) => nodes.iter().for_each(|node| collect_beside(node, true, texts)),
        Node::In(field, _) if field.is_of_names() => {}
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| collect_beside(node, is_beside, texts)),
        Node::Clauses(clauses) => clauses.iter().for_each(|clause| collect_beside(&clause.node, is_beside, texts)),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => collect_beside(node, is_beside, texts),
    }
}

/// Calls `each` with the words below a node that stand for all their forms in the text, but for those of a phrase and
/// those that are to be near others.
fn collect<'n>(node: &'n Node, each: &mut impl FnMut(&'n str)) {
    match node {
        Node::Word(word) if word.form == Form::Any => each(&word.text),
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Same(_) => {}
        Node::In(field, _) if field.is_of_names() => {}
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| collect(node, each)),
        Node::Clauses(clauses) => clauses.iter().for_each(|clause| collect(&clause.node, each)),
        Node::Not(node) | Node::In(_, node) | Node::Boost(_, node) => collect(node, each),
    }
}

/// The words of what was typed that an archive may write in a way of their own. Beside others with a capital a word without
/// one is no name.
pub(super) fn typed_words(
    typed: &TypedText<'_>,
    analyzer: &Analyzer,
    shouting: bool,
    beside_capitals: bool,
) -> Vec<TypedWord> {
    let text = without_addresses(typed.text);
    let word = |(token, form): (AnalyzedToken, String)| {
        let written = &text[token.start..token.end];
        let (in_capitals, capital) = (is_in_capitals(written, shouting), Capital::of(written));
        let function = is_stopword(analyzer.language(), &form);
        // `march` is no name, though most write March
        let typed_so = capital.is_some() || !(beside_capitals || is_month(analyzer.language(), &form));
        let may_be_name =
            typed_so && !function && form.chars().nth(1).is_some() && form.chars().all(char::is_alphabetic);
        let with_capital = function && typed.on_purpose && capital == Some(Capital::First);
        let signed = signed(text, &token, &form);
        let tells = in_capitals || may_be_name || with_capital || signed.is_some();
        tells.then_some(TypedWord { form, stem: token.term, in_capitals, function, with_capital, signed })
    };
    analyzer.words(text).into_iter().filter_map(word).collect()
}

/// A folded word with the signs that were typed with it.
pub(super) fn signed(text: &str, token: &AnalyzedToken, form: &str) -> Option<String> {
    let mut signed = String::new();
    with_signs(text, (token.start, token.end), form, &mut signed).then_some(signed)
}

/// Whether a word is meant to be in capitals: typed so, where not the whole query is, or as letters with dots.
pub(super) fn is_in_capitals(written: &str, shouting: bool) -> bool {
    has_dots(written) || (!shouting && Capital::of(written) == Some(Capital::All))
}

/// Whether a word is letters with dots: `U.S.`, `u.s`.
pub(super) fn has_dots(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && written.contains('.') && !written.contains(|c: char| c.is_numeric())
}
