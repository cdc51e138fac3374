//! Words that carry little evidence in a question: function words, dropped from a ranked query unless nothing else is left,
//! and words of small meaning, which count half.
//!
//! The English lists follow that of the SMART system (Salton 1971, "The SMART Retrieval System"), which drops them all. Half
//! is better than nothing where a few hundred short texts are searched, and such words do mean something in a headline. The
//! lists of the other languages are our own. A language that has none keeps all its words.

use crate::analysis::Language;

/// Whether a folded word is one. A word typed in capitals among others that are not (`US`, `IT`, `WHO`) never is.
pub(crate) fn is_stopword(language: Language, folded: &str) -> bool {
    list(language).binary_search(&folded).is_ok()
}

/// What a folded word that is not dropped counts, 1 for most.
pub(crate) fn weight(language: Language, folded: &str) -> f32 {
    if language == Language::English && WEAK.binary_search(&folded).is_ok() { WEAK_WEIGHT } else { 1.0 }
}

/// Whether a folded word says by itself what a text is about: neither a function word nor of small meaning.
pub(crate) fn is_telling(language: Language, folded: &str) -> bool {
    !is_stopword(language, folded) && weight(language, folded) == 1.0
}

/// What a word of small meaning counts beside another.
const WEAK_WEIGHT: f32 = 0.5;

/// English words of small meaning, folded, sorted.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "according", "actually", "almost", "along", "already", "although", "always", "among", "amongst", "anyone",
    "anything", "around", "aside", "ask", "asking", "away", "became", "become", "becomes", "beside", "besides",
    "beyond", "came", "cannot", "certain", "certainly", "clearly", "come", "comes", "concerning", "consider",
    "considering", "contain", "containing", "contains", "corresponding", "currently", "described", "despite",
    "different", "done", "eg", "else", "elsewhere", "enough", "especially", "etc", "even", "everything", "everywhere",
    "exactly", "example", "except", "far", "few", "first", "following", "follows", "former", "furthermore",
    "generally", "given", "gives", "go", "goes", "going", "gone", "gotten", "happens", "hardly", "help", "hence",
    "however", "ie", "immediate", "inasmuch", "indeed", "indicate", "indicated", "indicates", "instead", "keep",
    "know", "known", "knows", "last", "lately", "later", "latter", "least", "less", "likely", "little", "look",
    "looking", "looks", "mainly", "maybe", "mean", "meanwhile", "merely", "moreover", "mostly", "namely", "near",
    "nearly", "necessary", "need", "needs", "neither", "never", "nevertheless", "next", "none", "nothing", "obviously",
    "often", "ok", "okay", "onto", "otherwise", "ought", "outside", "overall", "particular", "particularly", "perhaps",
    "please", "plus", "possible", "presumably", "probably", "provides", "quite", "rather", "really", "reasonably",
    "regarding", "regardless", "regards", "relatively", "respectively", "saw", "saying", "says", "second", "see",
    "seeing", "seem", "seemed", "seeming", "seems", "seen", "sensible", "serious", "seriously", "several", "somebody",
    "somehow", "someone", "something", "sometimes", "somewhat", "somewhere", "soon", "specified", "specify",
    "specifying", "sure", "take", "taken", "tell", "tends", "thank", "thanks", "thereby", "therefore", "thing",
    "things", "think", "thorough", "thoroughly", "though", "three", "throughout", "thru", "thus", "together", "took",
    "toward", "towards", "tried", "tries", "truly", "try", "trying", "twice", "two", "unfortunately", "unless",
    "unlikely", "unto", "use", "used", "useful", "uses", "using", "usually", "various", "want", "wants", "way",
    "welcome", "went", "whatever", "whence", "whenever", "whereas", "whereby", "wherein", "wherever", "whither",
    "whole", "willing", "wish", "wonder", "yes", "zero",
];

fn list(language: Language) -> &'static [&'static str] {
    match language {
        Language::Danish => DANISH,
        Language::Dutch => DUTCH,
        Language::English => ENGLISH,
        Language::Finnish => FINNISH,
        Language::French => FRENCH,
        Language::German => GERMAN,
        Language::Italian => ITALIAN,
        Language::Norwegian => NORWEGIAN,
        Language::Portuguese => PORTUGUESE,
        Language::Russian => RUSSIAN,
        Language::Spanish => SPANISH,
        Language::Swedish => SWEDISH,
        _ => &[],
    }
}

const DANISH: &[&str] = &[
    "af", "alle", "at", "blev", "da", "de", "dem", "den", "denne", "der", "deres", "det", "dette", "dig", "din",
    "disse", "du", "efter", "eller", "en", "er", "et", "for", "fra", "ham", "han", "hans", "har", "havde", "hun",
    "hvad", "hvem", "hver", "hvilken", "hvis", "hvor", "hvordan", "hvorfor", "hvornar", "i", "ikke", "ind", "jeg",
    "jer", "kan", "kunne", "man", "med", "men", "mig", "min", "mod", "nar", "ned", "nu", "og", "ogsa", "om", "op",
    "os", "over", "pa", "sa", "sig", "sin", "skal", "som", "til", "ud", "under", "vaere", "var", "ved", "vi", "vil",
];

const DUTCH: &[&str] = &[
    "aan", "al", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "door", "een", "en", "er", "had", "hebben",
    "heeft", "het", "hij", "hoe", "hun", "ik", "in", "is", "je", "kan", "maar", "me", "met", "mij", "mijn", "na",
    "naar", "niet", "nog", "of", "om", "ook", "op", "over", "te", "tegen", "toen", "tot", "u", "uit", "van", "voor",
    "waar", "waarom", "waren", "was", "wat", "welke", "werd", "wie", "wij", "wordt", "ze", "zich", "zij", "zijn", "zo",
    "zonder", "zou",
];

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "am", "an", "and", "another", "any", "are", "arent",
    "as", "at", "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "cant", "could",
    "couldnt", "did", "didnt", "do", "does", "doesnt", "doing", "dont", "down", "during", "each", "either", "ever",
    "every", "for", "from", "further", "get", "got", "had", "hadnt", "has", "hasnt", "have", "havent", "having", "he",
    "her", "here", "herself", "hes", "him", "himself", "his", "how", "i", "if", "im", "in", "into", "is", "isnt", "it",
    "its", "itself", "ive", "just", "let", "like", "many", "may", "me", "might", "mine", "more", "most", "much",
    "must", "my", "myself", "no", "nor", "not", "now", "of", "off", "on", "once", "one", "only", "or", "other",
    "others", "our", "ours", "out", "over", "own", "per", "said", "same", "say", "shall", "she", "shes", "should",
    "shouldnt", "since", "so", "some", "still", "such", "than", "that", "thats", "the", "their", "theirs", "them",
    "themselves", "then", "there", "theres", "these", "they", "theyre", "this", "those", "through", "to", "too",
    "under", "until", "up", "upon", "us", "very", "via", "was", "wasnt", "we", "well", "were", "weve", "what", "whats",
    "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without",
    "wont", "would", "wouldnt", "yet", "you", "your", "youre", "yours",
];

const FINNISH: &[&str] = &[
    "ehka", "ei", "eivat", "etta", "han", "hanen", "he", "heidan", "ja", "jo", "joka", "joko", "jonka", "jos", "jossa",
    "jotka", "kanssa", "koska", "kuin", "kuinka", "kuka", "kun", "kuten", "me", "mika", "miksi", "milloin", "mina",
    "missa", "mista", "mita", "mitka", "mukaan", "mutta", "myos", "ne", "niin", "noin", "nyt", "ole", "oli", "olisi",
    "olivat", "olla", "on", "ovat", "se", "seka", "sen", "siita", "sina", "sita", "tai", "tama", "taman", "te", "vaan",
    "vai", "vain",
];

const FRENCH: &[&str] = &[
    "a", "au", "aux", "avec", "c", "ce", "ces", "cet", "cette", "comme", "comment", "d", "dans", "de", "des", "donc",
    "dont", "du", "elle", "elles", "en", "est", "et", "etait", "etre", "eu", "il", "ils", "j", "je", "l", "la", "le",
    "les", "leur", "leurs", "lui", "m", "ma", "mais", "me", "meme", "mes", "mon", "n", "ne", "nos", "notre", "nous",
    "on", "ont", "ou", "par", "pas", "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "quelles", "quels",
    "qui", "quoi", "s", "sa", "sans", "se", "ses", "si", "son", "sont", "sur", "t", "ta", "te", "tes", "ton", "tu",
    "un", "une", "vos", "votre", "vous", "y",
];

const GERMAN: &[&str] = &[
    "aber", "als", "am", "an", "auch", "auf", "aus", "bei", "bin", "bis", "da", "damit", "das", "dass", "dem", "den",
    "denn", "der", "des", "die", "dies", "diese", "dieser", "dieses", "doch", "du", "durch", "ein", "eine", "einem",
    "einen", "einer", "eines", "er", "es", "fur", "gegen", "hat", "hatte", "ich", "ihr", "ihre", "im", "in", "ist",
    "ja", "kann", "mit", "nach", "nicht", "noch", "nun", "nur", "ob", "oder", "ohne", "sein", "seine", "sich", "sie",
    "sind", "so", "uber", "um", "und", "uns", "unter", "vom", "von", "vor", "wann", "war", "waren", "warum", "was",
    "welche", "welcher", "welches", "wenn", "wer", "werden", "wie", "wieder", "wir", "wird", "wo", "wurde", "wurden",
    "zu", "zum", "zur", "zwischen",
];

const ITALIAN: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "alla", "alle", "allo", "anche", "c", "che", "chi", "ci", "come", "con", "cosa",
    "d", "da", "dagli", "dai", "dal", "dalla", "dalle", "dallo", "degli", "dei", "del", "dell", "della", "delle",
    "dello", "di", "dove", "e", "ed", "era", "essere", "fra", "gli", "ha", "hanno", "i", "il", "in", "io", "l", "la",
    "le", "lo", "ma", "mi", "n", "ne", "negli", "nei", "nel", "nell", "nella", "nelle", "nello", "noi", "non", "o",
    "per", "perche", "piu", "quale", "quali", "quando", "quanto", "questa", "queste", "questi", "questo", "s", "se",
    "si", "sono", "su", "sua", "sue", "sugli", "sui", "sul", "sull", "sulla", "sulle", "sullo", "suo", "suoi", "t",
    "ti", "tra", "tu", "un", "una", "uno", "v", "vi",
];

const NORWEGIAN: &[&str] = &[
    "alle", "at", "av", "ble", "da", "de", "dem", "den", "denne", "der", "deres", "det", "dette", "du", "eller", "en",
    "er", "et", "etter", "for", "fra", "ha", "han", "hans", "har", "hun", "hva", "hvem", "hver", "hvilken", "hvis",
    "hvor", "hvordan", "hvorfor", "i", "ikke", "inn", "jeg", "kan", "man", "med", "meg", "men", "min", "mot", "na",
    "nar", "og", "ogsa", "om", "opp", "oss", "over", "pa", "sa", "seg", "sin", "skal", "som", "til", "under", "ut",
    "vaere", "var", "ved", "vi", "vil",
];

const PORTUGUESE: &[&str] = &[
    "a", "ao", "aos", "as", "ate", "com", "como", "da", "das", "de", "dela", "dele", "do", "dos", "e", "ela", "ele",
    "eles", "em", "entre", "era", "essa", "esse", "esta", "este", "eu", "foi", "foram", "ha", "isso", "isto", "ja",
    "lhe", "mais", "mas", "me", "mesmo", "na", "nao", "nas", "nem", "no", "nos", "o", "onde", "os", "ou", "para",
    "pela", "pelas", "pelo", "pelos", "por", "porque", "quais", "qual", "quando", "que", "quem", "sao", "se", "sem",
    "ser", "seu", "seus", "so", "sua", "suas", "tambem", "te", "tem", "um", "uma", "voce",
];

const RUSSIAN: &[&str] = &[
    "а",
    "без",
    "бы",
    "был",
    "была",
    "были",
    "было",
    "быть",
    "в",
    "вам",
    "вас",
    "во",
    "вот",
    "все",
    "где",
    "да",
    "для",
    "до",
    "его",
    "ее",
    "если",
    "есть",
    "еще",
    "же",
    "за",
    "и",
    "из",
    "или",
    "им",
    "их",
    "к",
    "как",
    "какая",
    "какие",
    "какой",
    "когда",
    "которые",
    "который",
    "кто",
    "ли",
    "мы",
    "на",
    "над",
    "не",
    "нет",
    "ни",
    "но",
    "о",
    "об",
    "он",
    "она",
    "они",
    "оно",
    "от",
    "по",
    "под",
    "почему",
    "при",
    "с",
    "со",
    "так",
    "там",
    "то",
    "тоже",
    "только",
    "ты",
    "у",
    "уже",
    "чем",
    "что",
    "чтобы",
    "эта",
    "эти",
    "это",
    "этот",
    "я",
];

const SPANISH: &[&str] = &[
    "a", "al", "ante", "como", "con", "contra", "cual", "cuales", "cuando", "de", "del", "desde", "donde", "e", "el",
    "ella", "ellos", "en", "entre", "era", "es", "esa", "ese", "eso", "esta", "este", "esto", "fue", "fueron", "ha",
    "habia", "han", "hasta", "la", "las", "le", "les", "lo", "los", "mas", "me", "mi", "muy", "nada", "ni", "no",
    "nos", "o", "os", "otra", "otro", "para", "pero", "por", "porque", "que", "quien", "quienes", "se", "ser", "si",
    "sin", "sobre", "son", "su", "sus", "tambien", "te", "un", "una", "uno", "y", "ya", "yo",
];

const SWEDISH: &[&str] = &[
    "alla", "ar", "att", "av", "blev", "bli", "da", "dar", "de", "dem", "den", "denna", "deras", "dess", "det",
    "detta", "dig", "din", "du", "efter", "ej", "eller", "en", "er", "ett", "for", "fran", "ha", "hade", "han", "hans",
    "har", "hon", "hur", "i", "icke", "in", "inte", "jag", "kan", "man", "med", "men", "mig", "min", "mot", "nar",
    "ni", "nu", "och", "om", "oss", "over", "pa", "sa", "sedan", "sig", "sin", "ska", "som", "till", "under", "upp",
    "ut", "utan", "vad", "var", "varfor", "vem", "vi", "vid", "vilka", "vilken", "vilket",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn the_lists_are_sorted_and_folded() {
        for language in Language::all() {
            assert!(list(language).is_sorted(), "{language}");
            let folded = |word: &&&str| Analyzer::new(language).folded(word) == [**word];
            assert_eq!(list(language).iter().find(|word| !folded(word)), None, "{language}");
        }
    }
}
