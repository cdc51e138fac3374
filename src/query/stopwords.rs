//! English words that carry little evidence in a question: function words, dropped from a ranked query unless nothing else
//! is left, and words of small meaning, which count half.
//!
//! Both follow the list of the SMART system (Salton 1971, "The SMART Retrieval System"), which drops them all. Half is
//! better than nothing where a few hundred short texts are searched, and such words do mean something in a headline.

/// Function words, question words and their contractions, folded, sorted.
#[rustfmt::skip]
const STOPWORDS: &[&str] = &[
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

/// Words of small meaning, folded, sorted.
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

/// What a word of small meaning counts beside another.
const WEAK_WEIGHT: f32 = 0.5;

/// Whether a folded word is dropped. A word typed in capitals among others that are not (`US`, `IT`, `WHO`) never is.
pub(crate) fn is_stopword(folded: &str) -> bool {
    STOPWORDS.binary_search(&folded).is_ok()
}

/// What a folded word that is not dropped counts, 1 for most.
pub(crate) fn weight(folded: &str) -> f32 {
    if WEAK.binary_search(&folded).is_ok() { WEAK_WEIGHT } else { 1.0 }
}

/// Whether a folded word says by itself what a text is about: neither a function word nor of small meaning.
pub(crate) fn is_telling(folded: &str) -> bool {
    !is_stopword(folded) && weight(folded) == 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_apart() {
        assert!(STOPWORDS.is_sorted() && WEAK.is_sorted());
        assert!(WEAK.iter().all(|word| !is_stopword(word)));
    }
}
