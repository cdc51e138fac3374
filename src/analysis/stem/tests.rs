use proptest::prelude::*;

use super::super::{Analyzer, Handover, Language};

fn term(language: Language, word: &str) -> String {
    let terms: Vec<String> = Analyzer::new(language).tokens(word).into_iter().map(|token| token.term).collect();
    terms.join("_")
}

/// Language, words that share a term.
const MEET: &[(Language, &str)] = &[
    (Language::Arabic, "رئيس الرئيس رئيسا"),
    (Language::Arabic, "مُعَلِّم معلم المعلم"),
    (Language::Catalan, "elecció eleccions"),
    (Language::Catalan, "política polític polítics"),
    (Language::Czech, "volby voleb volbách"),
    (Language::Czech, "vláda vlády vládě vládou"),
    (Language::Danish, "båd båden både bådene"),
    (Language::Dutch, "huis huizen"),
    (Language::Dutch, "coördinator coordinator"),
    (Language::English, "venue venues Venue’s"),
    (Language::Estonian, "linna linnas linnad"),
    (Language::Finnish, "kylä kylän kylässä kylät kylassa"),
    (Language::Finnish, "talo talot talon talossa taloissa"),
    (Language::Finnish, "presidentti presidentin presidenttiä"),
    (Language::French, "élection élections Elections"),
    (Language::French, "arrêté arrêtée arrêtés arrêter"),
    (Language::French, "européen européenne européens Européennes"),
    (Language::German, "Haus Häuser Häusern Hauses Hausern"),
    (Language::German, "Straße Straßen Strasse STRASSEN"),
    (Language::German, "Köln Koeln Koln"),
    (Language::Greek, "κυβέρνηση κυβέρνησης κυβερνήσεις ΚΥΒΕΡΝΗΣΗ"),
    (Language::Hindi, "सरकार सरकारें सरकारों"),
    (Language::Hungarian, "kormány kormányt kormánynak kormanyok"),
    (Language::Indonesian, "pemilihan memilih dipilih pilih"),
    (Language::Italian, "elezione elezioni"),
    (Language::Italian, "arrestato arrestata arrestati"),
    (Language::Lithuanian, "rinkimai rinkimų rinkimuose"),
    (Language::None, "Łódź lodz"),
    (Language::Norwegian, "skole skolen skoler skolene"),
    (Language::Persian, "دولت دولت‌ها"),
    (Language::Polish, "wybory wyborów wyborach"),
    (Language::Polish, "rząd rządu rządem rzadowi"),
    (Language::Portuguese, "político política políticos politico"),
    (Language::Romanian, "guvern guvernul guvernului"),
    (Language::Romanian, "preşedinte președinte presedinte"),
    (Language::Russian, "санкция санкции санкций санкциями"),
    (Language::Russian, "тёмный темный тёмного"),
    (Language::Russian, "самолёт самолеты САМОЛЁТА"),
    (Language::Spanish, "económico económica economía"),
    (Language::Spanish, "sanción sanciones sancion"),
    (Language::Swedish, "flykting flyktingar flyktingarna"),
    (Language::Turkish, "ışık ışıklar ışığı IŞIK"),
    (Language::Turkish, "İstanbul İstanbul’da İSTANBUL istanbul"),
];

/// Language, words that do not share a term, though one could wish it: so that a better stemmer is noticed.
const MISS: &[(Language, &str, &str)] = &[
    (Language::Finnish, "Helsinki", "Helsingissä"),
    (Language::Finnish, "hallitus", "hallituksen"),
    (Language::French, "arrêtée", "arretee"),
    (Language::Arabic, "حكومة", "والحكومة"),
    (Language::Portuguese, "eleição", "eleições"),
    (Language::Turkish, "ışıklar", "isiklar"),
];

#[test]
fn forms_of_a_word_share_its_term() {
    for &(language, words) in MEET {
        let terms: Vec<String> = words.split(' ').map(|word| term(language, word)).collect();
        assert!(terms.iter().all(|t| *t == terms[0] && !t.is_empty()), "{language}: {words}: {terms:?}");
    }
    for &(language, one, other) in MISS {
        assert_ne!(term(language, one), term(language, other), "{language}: {one} and {other} meet now");
    }
}

#[test]
fn words_that_are_no_words_of_the_language_keep_their_form() {
    for language in Language::all() {
        for word in ["2018", "v1.2.3", "北", "a", "10th2"] {
            assert_eq!(term(language, word), word, "{language}");
        }
    }
}

#[test]
fn a_word_may_have_its_own_term() {
    for &(language, words) in MEET {
        let analyzer = Analyzer::new(language);
        for word in words.split(' ') {
            let folded = analyzer.folded(word).concat();
            assert!(analyzer.may_have(&folded, &term(language, word)), "{language}: {word}");
        }
    }
    let english = Analyzer::new(Language::English);
    for word in "dying skies lies tied ying yying sayings idly cry crying sky skis hoping hopped yes ice icy".split(' ')
    {
        assert!(english.may_have(word, &term(Language::English, word)), "{word}");
    }
}

proptest! {
    #[test]
    fn an_english_word_may_have_its_own_term(word in "[a-z]{1,7}(ing|ed|ies|ly|ational|ization|y|s|es|e|ied|ying|biliti|bility|fulness|ously|iveness|ator|logy|ment|)(s|ly|ed|)") {
        let english = Analyzer::new(Language::English);
        prop_assert!(english.may_have(&word, &term(Language::English, &word)));
    }
}

#[test]
fn an_apostrophe_parts_words_where_the_language_elides() {
    for (language, text, terms) in [
        (Language::French, "l’Europe d'État aujourd’hui", "l europ d etat aujourd hui"),
        (Language::Italian, "dell'Unione l’Italia", "dell union l ital"),
        (Language::English, "O'Brien don’t", "obrien dont"),
    ] {
        let found: Vec<String> = Analyzer::new(language).tokens(text).into_iter().map(|token| token.term).collect();
        assert_eq!(found.join(" "), terms, "{language}");
    }
}

#[test]
fn indexing_and_querying_give_the_same_terms() {
    use tantivy::tokenizer::{TokenStream, Tokenizer};
    for &(language, words) in MEET {
        let analyzer = Analyzer::new(language);
        let (mut field, mut passages) = (analyzer.field_tokenizer(), analyzer.passage_tokenizer(Handover::default()));
        let queried: Vec<String> = analyzer.tokens(words).into_iter().map(|token| token.term).collect();
        let (mut one, mut other) = (Vec::new(), Vec::new());
        let mut stream = field.token_stream(words);
        while stream.advance() {
            one.push(stream.token().text.clone());
        }
        let text = format!("\u{1e}{words}");
        let mut stream = passages.token_stream(&text);
        while stream.advance() {
            other.push(stream.token().text.clone());
        }
        assert_eq!((&one, &other), (&queried, &queried), "{language}");
    }
}
