//! The query language: what a person types -> a syntax tree. The tree's `Display` writes it in the language again, and
//! what it writes reads as the same tree.
//!
//! ```text
//! query    = { clause }
//! clause   = any
//! any      = all { "OR" all }
//! all      = signed { "AND" signed }
//! signed   = { "+" | "-" | "NOT" } same
//! same     = near { "SAME" near }
//! near     = boosted { ( "NEAR" | "PRE" ) [ "/" n ] boosted }
//! boosted  = primary { "^" number }
//! primary  = "(" query ")"
//!          | field ":" value
//!          | date ":" range
//!          | "around" ":" range [ "~" days ] [ "^" number ]
//!          | [ "=" ] word [ "~" [ n ] ]
//!          | "/" expression "/"
//!          | [ "=" ] quote { word } quote [ "~" [ n ] ]
//! value    = a word, a phrase or "(" query ")"
//! field    = "headline" | "outlet" | "credit" | "byline" | "section" | "page" | "site"
//! date     = "date" | "after" | "before"
//! word     = characters other than blanks, quotes and parentheses, at least one a letter or a digit
//! quote    = '"' | '“' | '”' | '„' | '«' | '»'
//! ```
//!
//! What stands lower binds tighter: `trump putin OR medvedev` is `trump (putin OR medvedev)`, `a OR b AND c` is
//! `a OR (b AND c)`, `-a NEAR/3 b` is `-(a NEAR/3 b)`. Operators count in capitals only, but for those of other
//! systems. Signs, fields and `^`, `~` stand without a blank beside what they belong to.
//!
//! | typed | read as |
//! |---|---|
//! | `a b` | ranked: the more of them, the rarer, the nearer together, the better |
//! | `+a` | only articles with it, headline included |
//! | `-a`, `NOT a` | only articles without it, headline included |
//! | `a AND b` | both, anywhere in the article |
//! | `a OR b` | one of them at least |
//! | `"a b"` | side by side, in one passage or in the headline |
//! | `"a b"~3` | the same with at most 3 other words between them, all gaps taken together; `~` is `~1` |
//! | `a NEAR/8 b` | the second within 8 words of the first, in either order; side by side is 1, and 8 where no number stands |
//! | `a PRE/8 b` | the same, the first one first |
//! | `a SAME b` | in one passage |
//! | `=Polish`, `="Polish border"` | as written, not in other forms |
//! | `sanction*`, `*anov`, `Aver?anov`, `?uay` | `*` any letters or none, `?` exactly one; in quotes too: `"old qu*"` |
//! | `/colou?rs?/` | words that the regular expression fits as a whole |
//! | `Averyanof~1`, `~2`, `~` | at most 1 or 2 letters more, less, other or swapped; `~` is `~1` |
//! | `headline:a`, `headline:(a OR b)` | in the headline; `outlet:`, `credit:` and `byline:` in the names of outlet, agencies and authors |
//! | `section:sport`, `page:B22` | in the part of the paper that is called so, on the printed page of that number, where the source states it |
//! | `site:bbc.co.uk` | articles whose address is at this host or below it |
//! | `date:2018-06`, `date:2018..`, `after:june`, `before:"last week"` | see [`calendar`]; ends are inclusive |
//! | `date:>2018`, `date:<=2018-06`, `date:[2018 TO 2019}` | the same, as other systems write it |
//! | `-date:2018`, `NOT date:2018` | without the articles of that time; those without a date stay |
//! | `around:2022-07`, `around:2022-07..2022-09~10` | articles of that time rise: those ten days away by half as much |
//! | `a^2`, `(a b)^0.5` | counts so many times as much, from 0.001 to 1000 |
//! | `\OR`, `\-5`, `what\*` | a backslash makes the sign behind it, or the operator, part of an ordinary word |
//!
//! **Clauses.** A clause that speaks of fields only is a must where nothing else is said. A `+` or `-` counts where
//! something stands directly behind it and nothing or a `(` before; two together are a dash.
//!
//! **Nearness.** `NEAR` and `PRE` take words, phrases, each other (`a NEAR/3 b NEAR/3 c` groups to the left), and groups
//! of such joined by `OR`. `(a AND b) NEAR/3 c` is `(a NEAR/3 c) AND (b NEAR/3 c)`, and so with `SAME`. Both sides in one
//! field are near each other in that field; a boost on one side counts for the whole. What has no place in a passage (a
//! negation, a boost within a group, clauses with signs, two different fields) makes the operator `AND`.
//!
//! **Wildcards.** `*` and `?` count beside letters and digits, but not before a combining mark, which has its letter,
//! and not where an address has them, which is told of `*`; at the end of a word only `*` does, since a question ends with `?`. One
//! alone is passed over and told, but for the `?` that ends a question. A hyphened
//! word with a wildcard (`US-Russ*`) is a phrase of its parts. A pattern stands for the 256 words that most articles
//! have, and a note says so where there are more.
//!
//! **Regular expressions** know `.`, `[a-z]`, `[^a-z]`, `( | )`, `*`, `+`, `?`, `{2,4}`, `\d` and a backslash before a
//! sign. They fit whole words as the archive has them, in small letters and without accents, and have no blanks and no
//! quotes: `^` and `$` at their ends and `i` behind them say nothing more. No word has a sign in it, but for the point of a number:
//! an expression that asks for one is told, and one that does not end. Limits: [`MAX_EXPRESSION`] characters, [`MAX_PLACES`] with repetitions written out, [`MAX_STATES`] states;
//! what is beyond is told.
//!
//! **Operators of other systems** (Nexis, Westlaw, Factiva, ProQuest, EBSCO, Google, Lucene) are read as ours: between
//! two operands `w/5`, `/5`, `n/5`, `near/5`, `NEAR5`, `AROUND(5)`, `NEAR(5)` are `NEAR/5`; `pre/5`, `p/5`, `onear/5` are `PRE/5`;
//! `&&`, `||`, `ANDNOT`, `BUTNOT` and `BUT NOT` are `AND`, `OR` and `AND NOT`; `!a` is `-a`. What loses some of its meaning is
//! told: `ADJ3` and `NEXT/3` are `PRE/3`; `w/s`, `pre/s`, `n/p`, `/s` and `/p` are `SAME`; `w/seg` is `AND`. So is what is passed over
//! (`ATLEAST5`, `&`, `|`, the `>` of `wc > 500`, the `%` of `%"a"`), and what stays a word: `NOT/5`, `XOR`, `+3` and `+s` between operands, and `and`, `or`,
//! `not` in small letters beside operators. `and/or`, `24/7` and `AT&T` are words. `N5` and `W5` may be words, as `N95`
//! is: they are `NEAR/6` and `PRE/6` (the words between are counted) where the archive has no such word, which a search
//! asks first ([`Query::settled`]); `\N5` is the word.
//!
//! **Truncation of other systems.** `sanction!` and `sanction$2` are `sanction*`, in quotes too, and told. At the end of a sentence
//! (before a capital, or at the end of several words) `!` is a mark, unless `+`, `-`, a field, `~` or `^` stands beside the
//! word. A word with a capital keeps its sign (`Yahoo!`), which is told where it ends no sentence.
//!
//! **Signs of other systems** before a word (`~a`, `%a`, `^a`, `|a`, `&a`, `!!a`) and behind it (`a|`, `a~b`, `a~-1`) are told, and part of
//! the word. `#a`, `@a`, `$100` and `%5` are words.
//!
//! **Fields of other systems** stand before `:`, `=` or `(`: `title:`, `intitle:`, `hl=`, `hd=` and `HEADLINE(` are
//! `headline:`; `author:`, `au=` and `BYLINE(` are `byline:`; `source:` and `publication(` are `outlet:`; `SECTION(`
//! and `se=` are `section:`, `pg=` is `page:`. `pd=2018`, `YR(2018)`,
//! `DATE(aft 2018)`, `date>2018`, `date > 2018` and `date bef 2018` are `date:` with the comparison that they name. `body:` and
//! `text:` are passed over, and a note says so. Of any other name in one case, of two letters or more, a note tells that there is no
//! such field: before `:` or `=` and a value, before `<` or `>` and a number, in capitals before `(`. A blank behind the colon,
//! `//` or an `@` makes it text. A name directly behind another one is told, and a word.
//!
//! **Dates** hold for the whole query wherever they stand, all at once. One among other things that are excluded is read as
//! words.
//!
//! **Times preferred.** `around:` leaves nothing out. Where it stands nowhere, the dates count so that the words name by
//! themselves: a year from 1800 to the next (half as much), a month or a day of one (`jobs report May 2020`). They stay words too. What is
//! in quotes, behind `=`, negated or joined by `OR` names none. Of several times the nearest to an article counts.
//!
//! **Words** keep what stands inside and around them (`C++`, `U.S.`, `#g20`, `foo:bar`, `it's`); the analyzer takes it off.
//! A word in quotes follows the same rules, but for parentheses, `+`, `-`, fields, operators and boosts, which are text.
//! Quotes open and close in any pairing; `'` is an apostrophe. Where words are ranked, the parts of `full-scale` count each
//! by itself, and text without spaces counts by pairs of its characters; everywhere else they stand side by side.
//!
//! **Names and capitals.** A word stands for all its forms (`venue` for `venues`), but for a name: a word that the archive
//! writes nearly always with a capital, and its other forms mostly without, stands for itself (`Locke`, not "locked"), and
//! a note names the other forms where many articles have them. In a query with capitals a word without one is no name. `US`,
//! `IT` and `WHO` in capitals, and `u.s.` with dots, mean the word in capitals where the archive has it so. A function word
//! that is given a capital inside a query of fifteen words at most, or in a query of three words at most that have one each,
//! means the word with a capital, in articles that have one inside a sentence: `Prime Minister May`, `Will Smith`, `vitamin A`.
//! Signs beside a word count where an article has them so (`$100`, `.com`, `C++`); `AT&T` is a phrase of its parts. In a query
//! of one word the articles with the form typed come first. Phrases and what is near something have all forms.
//!
//! **Names** of outlet, agencies and authors have no other forms, and case and accents do not matter in them, not even
//! after `=`. What holds inside one passage holds inside one name. A name that must be there narrows what the words
//! find; it does not stand in for one of them.
//!
//! **Everything is answered.** A quote or parenthesis that is not closed closes at the end, one that closes nothing is
//! passed over, an operator without a side is a word, of two operators in a row the first counts, and an unknown `field:`
//! is words. `:)` is a face. A headline in capitals (three of its words side by side, no signs) has no operators. What was read otherwise
//! than typed is told in [`Query::notes`]; lone punctuation is passed over silently.
//!
//! **Limits.** [`MAX_BYTES`] bytes; [`MAX_WORDS`] words; parentheses [`MAX_DEPTH`] deep; [`MAX_NEARS`] of `NEAR`, `PRE` and `SAME` in one
//! expression, and as many pairs where one is distributed; distances up to [`MAX_DISTANCE`]; 20 notes. What is beyond is
//! told. Reading takes time linear in the text.

pub use super::lexer::{MAX_BYTES, MAX_DISTANCE, MAX_WORDS};
pub use super::nearness::MAX_NEARS;
pub use super::regex::{MAX_EXPRESSION, MAX_PLACES, MAX_STATES};
pub use super::repair::MAX_DEPTH;

#[cfg(doc)]
use super::calendar;
use super::calendar::DateContext;
use super::doubt::Doubt;
use super::lexer::tokens;
use super::notes::Notes;
use super::parsed::Query;
use super::parser::Parser;
use super::repair::Repaired;
use super::tree::{Clause, Note, Occur, Word};
use super::{normal, repair};

/// Reads a query in the language of this module. Every text is one; `context` says what its
/// date words count from and whose names of months count.
pub fn read(text: &str, context: impl Into<DateContext>) -> Query {
    let context = context.into();
    let mut query = read_as_stated(text, context);
    query.prefer_typed(false, context);
    query
}

/// The same, but that dates among the words are words alone.
pub(super) fn read_as_stated(text: &str, context: DateContext) -> Query {
    read_with(text, context, &[])
}

/// The same, where of the words that may be operators `operators` are.
pub(super) fn read_with(text: &str, context: DateContext, operators: &[&str]) -> Query {
    let (text, is_cut) = within_bounds(text);
    let mut most = MAX_DEPTH;
    loop {
        let mut notes = Notes::default();
        if is_cut {
            notes.tell(text.len(), too_long());
        }
        let typed = tokens(text, context, &mut notes);
        let typed_depth = repair::depth(&typed);
        let Repaired { tokens: repaired, doubtful } = repair::repair(typed, text.len(), most, operators, &mut notes);
        let mut query = Parser::new(repaired, notes).query();
        query.doubt = Doubt::of(text, context, doubtful);
        if typed_depth <= SURELY_READ_AGAIN {
            return query;
        }
        // what is printed of it has parentheses of its own around operators, and is to be read again
        let printed = repair::depth(&tokens(&query.to_string(), context, &mut Notes::default()));
        let excess = printed.saturating_sub(MAX_DEPTH);
        if excess == 0 || most == 0 {
            return query;
        }
        most = most.saturating_sub(excess);
    }
}

/// How deep typed parentheses may stand so that those of what is printed surely do not stand deeper than [`MAX_DEPTH`].
const SURELY_READ_AGAIN: usize = MAX_DEPTH / 4;

/// What is read of a text, and whether that is not all: up to the last blank that keeps within [`MAX_BYTES`].
fn within_bounds(text: &str) -> (&str, bool) {
    if text.len() <= MAX_BYTES {
        return (text, false);
    }
    let head = &text[..text.floor_char_boundary(MAX_BYTES)];
    (&head[..head.rfind(char::is_whitespace).unwrap_or(head.len())], true)
}

fn too_long() -> String {
    format!("only the first {MAX_BYTES} bytes are read")
}

/// Takes every word as a word, whatever signs it carries: for questions, titles and tweets.
pub fn plain(text: &str) -> Query {
    let (text, is_cut) = within_bounds(text);
    let notes = is_cut.then(|| Note { at: text.len(), text: too_long() }).into_iter().collect();
    let words = text.split_whitespace().filter_map(|typed| normal::word(Word::new(typed)));
    let clauses = words.map(|node| Clause { occur: Occur::Should, node }).collect();
    Query { root: normal::clauses(clauses).unwrap_or_default(), notes, ..Query::default() }
}
