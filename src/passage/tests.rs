use super::*;
use crate::article::{Article, Fragment};

fn block(kind: BlockKind, text: &str, at: usize, line: u32) -> Block {
    let fragments = [Fragment { at: 0, span: Span::new(at, at + text.len()), line }].into_iter().collect();
    Block { kind, text: text.to_string(), fragments, opens: None }
}

/// The passages of a body alone.
fn split_body(body: &[Block]) -> Vec<Passage> {
    split(&Article { body: body.to_vec(), ..Article::default() }, Language::default())
}

/// A record of paragraphs parted by a blank line, and its body.
fn body_of(paragraphs: &[&str]) -> (String, Vec<Block>) {
    let mut record = String::new();
    let mut body = Vec::new();
    for (n, text) in paragraphs.iter().enumerate() {
        body.push(block(BlockKind::Paragraph, text, record.len(), 2 * n as u32 + 1));
        record.push_str(text);
        record.push_str("\n\n");
    }
    (record, body)
}

fn words(count: usize) -> String {
    vec!["word"; count].join(" ")
}

#[test]
fn paragraphs_are_gathered_up_to_the_bounds() {
    // words of the paragraphs -> words of the passages
    for (given, expected) in [
        (vec![], vec![0]),
        (vec![10], vec![10]),
        (vec![50, 50, 50], vec![100, 50]),
        (vec![30, 30, 30, 30, 30, 30], vec![90, 90]),
        (vec![90, 10], vec![100]),
        (vec![159, 159], vec![159, 159]),
        (vec![400], vec![160, 160, 80]),
        (vec![70, 150], vec![70, 150]),
    ] {
        let texts: Vec<String> = given.iter().map(|&n| words(n)).collect();
        let (_, body) = body_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let got: Vec<usize> = split_body(&body).iter().map(|p| p.text.split_whitespace().count()).collect();
        assert_eq!(got, expected, "{given:?}");
    }
}

#[test]
fn a_long_paragraph_is_cut_at_sentences() {
    let sentence = format!("A {} end. ", words(28));
    let text = sentence.repeat(10).trim_end().to_string();
    let (record, body) = body_of(&[&text]);
    let passages = split_body(&body);
    assert!(passages.iter().all(|p| p.text.ends_with("end.")));
    assert!(passages.iter().all(|p| p.positions <= MAX_WORDS));
    assert!(!passages[0].continues && passages[1].continues);
    for passage in &passages {
        assert_eq!(passage.pieces.len(), 1, "sentences of one line are one stretch");
        assert_eq!(record[passage.pieces[0].range()], passage.text);
    }
}

#[test]
fn pieces_cut_the_record_into_the_passage() {
    let (record, body) = body_of(&["First one here.", "Second one. With two sentences.", "Third."]);
    let passages = split_body(&body);
    assert_eq!(passages.len(), 1);
    let cut: Vec<&str> = passages[0].pieces.iter().map(|p| &record[p.range()]).collect();
    assert_eq!(cut.join("\n"), passages[0].text);
    assert_eq!(passages[0].lines, Some(Lines { first: 1, last: 5 }));
}

#[test]
fn rejoined_lines_are_pieces_of_their_own() {
    let record = "The council met on\nMonday to vote.\n";
    let text = "The council met on Monday to vote.";
    let fragments = vec![
        Fragment { at: 0, span: Span::new(0, 18), line: 1 },
        Fragment { at: 19, span: Span::new(19, 34), line: 2 },
    ];
    let fragments = fragments.into_iter().collect();
    let body = [Block { kind: BlockKind::Paragraph, text: text.into(), fragments, opens: None }];
    let passages = split_body(&body);
    let cut: Vec<&str> = passages[0].pieces.iter().map(|p| &record[p.range()]).collect();
    assert_eq!(cut, ["The council met on", "Monday to vote."]);
}

#[test]
fn a_subhead_opens_a_passage_and_is_remembered() {
    let mut body = vec![block(BlockKind::Paragraph, &words(60), 0, 1)];
    body.push(block(BlockKind::Subhead, "What comes next", 400, 3));
    body.push(block(BlockKind::Paragraph, &words(70), 420, 5));
    let passages = split_body(&body);
    assert_eq!(passages.len(), 2);
    assert!(passages[1].text.starts_with("What comes next\n"));
    assert_eq!(passages[1].subheads, [0]);
}

#[test]
fn text_without_spaces_is_cut_between_characters() {
    let text = "东".repeat(1000);
    let (_, body) = body_of(&[&text]);
    let passages = split_body(&body);
    assert!(passages.iter().all(|p| p.positions <= MAX_POSITIONS));
    assert_eq!(passages.iter().map(|p| p.text.chars().count()).sum::<usize>(), 1000);
}

#[test]
fn no_passage_outgrows_its_positions_and_no_word_is_lost() {
    use proptest::prelude::*;
    let word = prop::sample::select(vec!["word", "U.S.", "full-scale", "东京", "end.", "“Yes.”", "7:30", "a"]);
    let paragraph = prop::collection::vec(word, 0..300).prop_map(|w| w.join(" "));
    proptest!(ProptestConfig::with_cases(200), |(texts in prop::collection::vec(paragraph, 0..12))| {
        let (record, body) = body_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let passages = split_body(&body);
        let given: Vec<&str> = texts.iter().flat_map(|t| t.split_whitespace()).collect();
        let kept: Vec<&str> = passages.iter().flat_map(|p| p.text.split_whitespace()).collect();
        prop_assert_eq!(given, kept);
        for passage in &passages {
            let exact = crate::analysis::Analyzer::default().tokens(&passage.text).len();
            prop_assert!(exact <= passage.positions && passage.positions <= MAX_POSITIONS);
            let cut: Vec<&str> = passage.pieces.iter().flat_map(|p| record[p.range()].split_whitespace()).collect();
            prop_assert_eq!(cut, passage.text.split_whitespace().collect::<Vec<_>>());
        }
    });
}
