use super::*;
use crate::query::Regex;
use crate::query::{parse, plain};

/// The lexicon of an archive without words.
pub(crate) struct NoWords;

impl Lexicon for NoWords {
    fn wildcard(&self, _: &str, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn fitting(&self, _: &Regex, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn typos(&self, _: &str, _: u8, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn writings(&self, words: &[TypedWord]) -> Result<Vec<WrittenAs>> {
        Ok(vec![WrittenAs::Common; words.len()])
    }
}

/// A lexicon of a few words.
struct Few;

impl Lexicon for Few {
    fn wildcard(&self, pattern: &str, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok(match pattern {
            "sanction*" => (vec!["sanctions".to_owned(), "sanctioned".to_owned()], false),
            "s*n" => (vec!["sun".to_owned()], true),
            _ => (Vec::new(), false),
        })
    }

    fn fitting(&self, _: &Regex, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn typos(&self, word: &str, edits: u8, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((vec![word.to_owned(), format!("{word}{edits}")], false))
    }

    fn writings(&self, words: &[TypedWord]) -> Result<Vec<WrittenAs>> {
        let writing = |word: &TypedWord| match word.form.as_str() {
            "locke" => WrittenAs::Name(vec!["locked".to_owned(), "lock".to_owned()]),
            "us" | "who" if word.in_capitals => WrittenAs::InCapitals,
            "may" | "a" if word.with_capital => WrittenAs::WithCapital,
            _ if word.signed.as_deref().is_some_and(|signed| signed != ".net") => WrittenAs::Signed,
            _ => WrittenAs::Common,
        };
        Ok(words.iter().map(writing).collect())
    }
}

/// A lexicon of words of four letters and more that were misread with a figure behind them.
struct Misreader;

impl Lexicon for Misreader {
    fn wildcard(&self, _: &str, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((vec!["sanctions".to_owned()], false))
    }

    fn fitting(&self, _: &Regex, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn typos(&self, word: &str, _: u8, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((vec![word.to_owned()], false))
    }

    fn writings(&self, words: &[TypedWord]) -> Result<Vec<WrittenAs>> {
        Few.writings(words)
    }

    fn misread(&self, words: &[(String, String)]) -> Result<Vec<Misreadings>> {
        let misread = |(term, form): &(String, String)| Misreadings {
            forms: vec![format!("{form}1")],
            terms: vec![format!("{term}1")],
            cut: term == "summit",
        };
        Ok(words.iter().map(misread).collect())
    }
}

/// Leaves in brackets, `-` the negated ones, `^weight` where it is not 1; words of a pattern between slashes.
fn shown(compiled: &Compiled) -> String {
    let leaf = |leaf: &Leaf| {
        let field = leaf.field.map_or(String::new(), |field| format!("{}:", field.name()));
        let sign = if leaf.negated { "-" } else { "" };
        let weight = if leaf.weight == 1.0 { String::new() } else { format!("^{}", leaf.weight) };
        format!("{sign}{field}{}{weight}", shape(&leaf.shape, &compiled.atoms))
    };
    compiled.leaves.iter().map(leaf).collect::<Vec<_>>().join(" ")
}

fn shape(made: &Shape, atoms: &[Atom]) -> String {
    let atom = |number: &usize| match &atoms[*number].test {
        Test::Any => atoms[*number].terms.join("/"),
        Test::Forms(forms) => format!("={}", forms.iter().cloned().collect::<Vec<_>>().join("/")),
        Test::Name(form, stem) => format!("{form}!{stem}"),
        Test::Written(word) => format!("=={word}"),
        Test::InCapitals(form) => form.to_uppercase(),
        Test::WithCapital(form) => format!("^{form}"),
        Test::Signed(form) => form.clone(),
    };
    let all = |shapes: &[Shape], between: &str| {
        format!("({})", shapes.iter().map(|one| shape(one, atoms)).collect::<Vec<_>>().join(between))
    };
    match made {
        Shape::Atom(number) => atom(number),
        Shape::Phrase { atoms, slop } => {
            format!("{}~{slop}", atoms.iter().map(atom).collect::<Vec<_>>().join("_")).replace("~0", "")
        }
        Shape::Near { left, right, within, ordered } => {
            let sign = if *ordered { '>' } else { '~' };
            format!("({} {sign}{within} {})", shape(left, atoms), shape(right, atoms))
        }
        Shape::Any(shapes) => all(shapes, "|"),
        Shape::Same(shapes) => all(shapes, "&"),
    }
}

fn compiled(query: &crate::query::Query) -> String {
    let compiled = compile(&query.root, &Analyzer::default(), &Few).map(|compiled| shown(&compiled));
    compiled.unwrap_or_else(|error| error.to_string())
}

#[test]
fn queries_become_terms_of_the_index() {
    for (typed, expected) in [
        ("Helsinki venues", "helsinki venu"),
        ("the US and us", "US"),
        ("Locke lock u.s. who", "locke!lock lock US"),
        ("Locke AND talks", "locke!lock talk"),
        ("Prime Minister May", "prime minist ^may"),
        ("May 2018", "^may 2018"),
        ("May resign", "resign"),
        ("What she said in May. May she resign", "^may^1.8 resign"),
        ("vitamin A or a pill", "vitamin ^a pill"),
        ("Theresa May And The Brexit Deal", "theresa brexit deal"),
        (&format!("Prime Minister May{}", " said".repeat(12)), "prime minist ^may"),
        (&format!("Prime Minister May{}", " said".repeat(13)), "prime minist"),
        ("C++ c $100 .NET .com", "c++ c $100 net .com"),
        ("+$100 -C# headline:C++", "$100 -c# headline:c++"),
        ("AT&T R&D, black&white", "at_t r_d black white"),
        ("\"Locke talks\" headline:Locke", "locke!lock_talk headline:locke!lock"),
        ("\"Locke\" OR (Locke NEAR/5 \"US talks\")", "locke!lock (locke!lock ~5 US_talk)"),
        ("WHO IS IN THE US TALKS", "talk"),
        ("US EU", "US eu"),
        ("WHO CHINA", "china"),
        ("UK Prime Minister May", "uk prime minist ^may"),
        ("FBI Apple May 2016", "fbi appl ^may 2016"),
        ("I-95 24/7 and/or H-1B 2018-06-27 1-800", "i_95 24_7 and_or h_1b 2018 06 27 1 800"),
        ("\"the who\"", "the_who"),
        ("full-scale +full-scale", "full scale full_scale"),
        ("full-scale", "full scale"),
        ("out-of-the-way", "way"),
        ("trump putin trump", "trump^1.8 putin"),
        ("headline:\"Trump Putin\" -nato", "headline:trump_putin -nato"),
        ("outlet:\"Radio Meridian\" sound", "outlet:radio_meridian sound"),
        ("\"date location\"~3", "date_locat~3"),
        ("Bolton NEAR/8 \"Sergey Lavrov\"", "(bolton ~8 sergey_lavrov)"),
        ("(moscow OR kremlin) PRE/3 said", "((moscow|kremlin) >3 said)"),
        ("summit SAME venue", "(summit&venu)"),
        ("outlet:=Meridian outlet:\"=Radio =BBC\"", "outlet:meridian outlet:radio_bbc"),
        ("=Polish =borders", "==Polish =borders"),
        ("sanction* Averyanof~1", "=sanctioned/sanctions =averyanof/averyanof1"),
        ("\"full scale\"^2 (a AND talks)^3", "full_scale^2 a^3 talk^3"),
        ("summit AND NOT (football OR hockey)", "summit -footbal -hockey"),
        ("NOT headline:summit", "-headline:summit"),
        // scripts without spaces: pairs of neighbours where words are ranked, all of them in a row where not
        ("东京塔 x", "东_京 京_塔 x"),
        ("\"东京塔\"", "东_京_塔"),
        ("京", "京"),
    ] {
        assert_eq!(compiled(&parse(typed)), expected, "{typed}");
    }
    assert_eq!(compiled(&plain("Why did -Trump say \"no\" headline:x?")), "trump headlin x");
}

#[test]
fn what_is_not_looked_for_as_it_was_typed_is_told() {
    for (query, expected) in [
        ("Theresa May And The Brexit", "passed over as function words: \"May\", \"And\", \"The\"; =May looks for one"),
        ("summit of the Two", ""),
        ("May And Will", "passed over as function words: \"And\", \"Will\"; =And looks for one"),
        (".NET talks", "no article has \".net\": read as \"net\""),
        ("$100 talks May 2018", ""),
    ] {
        let compiled = compile(&parse(query).root, &Analyzer::default(), &Few).expect("compiled");
        let notes: Vec<&str> = compiled.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes.join("; "), expected, "{query}");
    }
}

#[test]
fn a_pattern_that_fits_too_many_words_is_told() {
    let compiled = compile(&parse("s*n").root, &Analyzer::default(), &Few);
    let notes: Vec<String> = compiled.into_iter().flat_map(|c| c.notes).map(|note| note.text).collect();
    assert_eq!(notes, ["\"s*n\" fits too many words, the 1 most frequent are looked for"]);
}

#[test]
fn the_leaves_of_a_query_are_bounded() {
    let text = (0..3000).map(|n| format!("word{n} ")).collect::<String>();
    let leaves = compile(&plain(&text).root, &Analyzer::default(), &NoWords).map(|compiled| compiled.leaves.len());
    assert!(leaves.is_ok_and(|leaves| leaves == MAX_LEAVES));
}

#[test]
fn words_stand_for_what_they_were_misread_as_but_for_those_as_typed() {
    for (query, expected, told) in [
        ("venues Rome", "venu/venu1 rome/rome1", "\"venues\" as venues1; \"rome\" as rome1"),
        ("sum fee", "sum fee", ""),
        ("Locke talks", "lock/lock1 talk/talk1", "\"locke\" as locke1; \"talks\" as talks1"),
        ("\"news talks\" =Polish sanction* Moscow~1", "news_talk ==Polish =sanctions =moscow", ""),
        ("outlet:Meridian date2 -venue", "outlet:meridian date2 -venu/venu1", "\"venue\" as venue1"),
        ("Rome NEAR/3 venue", "(rome/rome1 ~3 venu/venu1)", "\"rome\" as rome1; \"venue\" as venue1"),
        ("summit summits", "summit/summit1", "\"summit\" as summit1, the likeliest of many"),
    ] {
        let compiled = compile(&parse(query).root, &Analyzer::default(), &Misreader).expect("compiled");
        assert_eq!(shown(&compiled), expected, "{query}");
        let notes: Vec<&str> = compiled.notes.iter().map(|note| note.text.as_str()).collect();
        let told = if told.is_empty() { String::new() } else { format!("also looked for as misread: {told}") };
        assert_eq!(notes.join(" // "), told, "{query}");
    }
}
