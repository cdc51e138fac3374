use super::*;
use crate::analysis::Analyzer;

#[test]
fn what_is_typed_is_read_as() {
    for (typed, read) in [
        ("Helsinki venue", "Helsinki venue"),
        ("+summit -football", "+summit -football"),
        ("\"news conference\" Bolton", "\"news conference\" Bolton"),
        ("-\"world cup\"", "-\"world cup\""),
        ("headline:summit outlet:\"Radio Meridian\"", "headline:summit outlet:\"Radio Meridian\""),
        ("-headline:summit credit:reuters", "-headline:summit credit:reuters"),
        ("+headline:summit", "headline:summit"),
        ("summit - venue", "summit venue"),
        ("+ - \"\" !?", ""),
        ("US-Russia U.S.", "US-Russia U.S."),
        ("date:2018-06-25..2018-06-28 talks", "talks date:2018-06-25..2018-06-28"),
        ("after:2018-06 before:2018-07", "date:2018-06..2018-07"),
        ("date:2018-06", "date:2018-06"),
        ("after:soon", "after:soon"),
        ("foo:bar http://example.org/a", "foo:bar http://example.org/a"),
        ("headline: summit", "headline: summit"),
        ("“news conference” today", "\"news conference\" today"),
        ("\"open quote", "\"open quote\""),
        ("one\"two three\"four", "one \"two three\" four"),
        ("   ", ""),
    ] {
        assert_eq!(parse(typed).to_string(), read, "{typed}");
    }
}

#[test]
fn what_is_read_reads_the_same_again() {
    for typed in ["+a -b \"c d\" headline:e outlet:\"f g\" after:2018", "x \"y", "a:b"] {
        let once = parse(typed).to_string();
        assert_eq!(parse(&once).to_string(), once);
    }
}

#[test]
fn a_reading_that_is_not_the_obvious_one_is_told() {
    assert!(parse("plain words \"and a phrase\"").notes.is_empty());
    assert_eq!(parse("\"open").notes, ["a quote is not closed, read as if it closed at the end"]);
    assert_eq!(parse("after:soon").notes, ["\"soon\" is no date, read as words"]);
}

#[test]
fn plain_words_carry_no_signs() {
    let query = plain("Why did -Trump say \"no\" headline:x?");
    assert!(query.clauses.iter().all(|c| c.occur == Occur::Should && !c.phrase && c.target == Target::Text));
}

/// Leaves as `must+`, `-not`, phrase in quotes, `^weight` where it is not 1.
fn read(text: &str) -> String {
    let leaf = |l: &Leaf| {
        let sign = match l.occur {
            Occur::Should => "",
            Occur::Must => "+",
            Occur::MustNot => "-",
        };
        let scope = if l.scope == Scope::Headline { "headline:" } else { "" };
        let weight = if l.weight == 1.0 { String::new() } else { format!("^{:.1}", l.weight) };
        format!("{sign}{scope}{}{weight}", l.terms.join("_"))
    };
    leaves(&parse(text), &Analyzer::default()).iter().map(leaf).collect::<Vec<_>>().join(" ")
}

#[test]
fn clauses_become_terms_of_the_index() {
    for (typed, expected) in [
        ("Helsinki venues", "helsinki venu"),
        ("who said that the summit was in Helsinki?", "summit helsinki"),
        ("who is it", "who is it"),
        ("the US and us", "us"),
        ("WHO IS IN THE US SENATE", "senat"),
        ("what they said", "what they said"),
        ("recent help for useful things", "recent help^0.5 use^0.5 thing^0.5"),
        ("help", "help"),
        ("\"the who\"", "the_who"),
        ("full-scale +full-scale", "full scale +full_scale"),
        ("state-of-the-art rules", "state art rule"),
        ("东京 塔", "东_京 塔"),
        ("trump putin trump", "trump^1.8 putin"),
        ("headline:\"Trump Putin\" -nato", "+headline:trump_putin -nato"),
        ("outlet:meridian the", "the"),
        ("#FreeIran now https://t.co/x1", "freeiran free iran"),
        ("by @USArmy", "usarmi us armi"),
        ("https://t.co/x1", "https t co x1"),
    ] {
        assert_eq!(read(typed), expected, "{typed}");
    }
}

#[test]
fn nonsense_is_read_in_linear_time() {
    for unit in ["\"", "(", "a:(^", "+-", "headline:", "-\"a "] {
        let query = parse(&unit.repeat(100_000));
        assert!(query.to_string().len() <= 2 * unit.len() * 100_000);
    }
}
