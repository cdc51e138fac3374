use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::*;
use crate::analysis::Analyzer;

const TEXTS: [(&str, &str); 3] = [("a", "Lamps in the harbour"), ("b", "A lamp, THE lamps"), ("c", "fog: harbour fog")];

/// What is written after these calls, or why it is not. `a` analyzes the text a, `a'` does so with the tokenizer of
/// another segment, `a-` breaks off behind its first word, `=a` adds the article a to the segment.
fn written(calls: &str) -> Result<String, Mismatch> {
    let handover = Handover::default();
    let texts = TEXTS.map(|(name, text)| {
        let mut text = text.to_owned();
        (name, handover.mark(&mut text), text)
    });
    let mut ours = Analyzer::default().passage_tokenizer(handover.clone());
    let mut others = ours.clone();
    let mut writer = FormsWriter::new(Burden::default(), handover);
    for call in calls.split(' ') {
        let called = call.trim_matches(['=', '\'', '-']);
        let (_, ticket, text) = texts.iter().find(|(name, ..)| *name == called).expect("a text");
        if call.starts_with('=') {
            writer.add(writer.document_ends.len() as DocId, *ticket)?;
            continue;
        }
        let tokenizer = if call.ends_with('\'') { &mut others } else { &mut ours };
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() && !call.ends_with('-') {}
    }
    writer.finish()?;
    let mut lines = Vec::new();
    let each = writer.each(&writer.sorted(), |word, docs, _| {
        lines.push(format!("{word} {docs:?}"));
        Ok(())
    });
    each.map(|()| lines.join(", ")).map_err(|_| Mismatch::Missing)
}

#[test]
fn words_are_claimed_by_their_article_whatever_the_order_of_calls() {
    use Mismatch::{Missing, OtherOrder, OtherSegment, Twice, Unclaimed};
    let right = "a [1], fog [2], harbour [0, 2], in [0], lamp [1], lamps [0, 1], the [0, 1]";
    for (calls, expected) in [
        // as tantivy does
        ("a =a b =b c =c", Ok(right)),
        // what is analyzed ahead is still the article's own
        ("a b c =a =b =c", Ok(right)),
        ("a b =a c =b =c", Ok(right)),
        // another segment's calls in between are its own
        ("c' a b =a =b c =c", Err(Twice)),
        ("c' a =a b =b", Ok("a [1], harbour [0], in [0], lamp [1], lamps [0, 1], the [0, 1]")),
        ("b a =a =b", Err(OtherSegment)),
        ("a b c =a =c =b", Err(OtherOrder)),
        ("a =b", Err(Missing)),
        ("=a a", Err(Missing)),
        ("a- =a", Err(Missing)),
        ("a =a =a", Err(Missing)),
        ("a =a =b b", Err(Missing)),
        ("a a =a", Err(Twice)),
        ("a a' =a", Err(Twice)),
        ("a =a b' =b", Err(OtherSegment)),
        ("a' =a b =b", Err(OtherSegment)),
        ("a =a b", Err(Unclaimed)),
        ("a =a a", Err(Unclaimed)),
        ("a b =a", Err(Unclaimed)),
        ("b- a =a", Err(OtherSegment)),
        ("a =a c- b =b", Err(OtherOrder)),
    ] {
        assert_eq!(written(calls), expected.map(str::to_owned), "{calls}");
    }
}

#[test]
fn documents_keep_their_numbers() {
    let handover = Handover::default();
    let mut text = "Lamps".to_owned();
    let ticket = handover.mark(&mut text);
    let mut tokenizer = Analyzer::default().passage_tokenizer(handover.clone());
    let mut stream = tokenizer.token_stream(&text);
    while stream.advance() {}
    assert_eq!(FormsWriter::new(Burden::default(), handover).add(1, ticket), Err(Mismatch::OtherOrder));
}
