//! Where the words of a scanned text stand on printed pages.

use serde::{Deserialize, Serialize};

use super::place::Span;

/// A printed page, by its picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePicture {
    /// The file of the picture, as the source names it; of one that it does not name, the file of the words.
    pub image: String,
    /// What places on it are measured in, as the source calls it: `pixel`, `mm10` (tenths of a millimetre), `inch1200`.
    pub unit: String,
}

/// A block of a printed page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageBlock {
    /// Place of its page among the pages, 0-based.
    pub page: u32,
    /// What the source calls it; empty where it has no name.
    pub id: String,
}

/// A word, or the part of one that stands on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxedWord {
    /// Its bytes in the text: half-open, 0-based.
    pub text: Span,
    /// Place of its block among the blocks, 0-based.
    pub block: u32,
    /// Left, top, width and height, in the page's own units from its upper left corner.
    pub area: [i32; 4],
    /// How sure the program was that read it, in hundredths.
    pub confidence: Option<u8>,
}

/// Where the words of a text stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedText {
    /// The pages.
    pub pages: Vec<PagePicture>,
    /// Their blocks.
    pub blocks: Vec<PageBlock>,
    /// The words, in the order of the text.
    pub words: Vec<BoxedWord>,
}

/// Where the words of an article's passages stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedArticle {
    /// The pages.
    pub pages: Vec<PagePicture>,
    /// Their blocks.
    pub blocks: Vec<PageBlock>,
    /// The passages of the article.
    pub passages: Vec<PrintedPassage>,
}

/// Where the words of a passage stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedPassage {
    /// The mean of the words' confidence, in hundredths; none where no word has one.
    pub confidence: Option<u8>,
    /// Its words, by bytes of the passage.
    pub words: Vec<BoxedWord>,
}

/// A mean confidence below which many words are misread.
pub const LEAST_CONFIDENCE: u8 = 60;

/// A stretch of text on a printed page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageBox {
    /// Its bytes in the text: half-open, 0-based.
    pub span: Span,
    /// The file of the page's picture.
    pub image: String,
    /// The block.
    pub block: String,
    /// Left, top, width and height, in the page's own units.
    #[serde(rename = "box")]
    pub area: [i32; 4],
    /// The same as a fragment of IIIF and of Media Fragments: `xywh=168,280,90,34`.
    pub fragment: String,
}

impl PrintedPassage {
    /// Of these words, whose confidence goes into the mean.
    pub fn of(words: Vec<BoxedWord>) -> Self {
        let known: Vec<u32> = words.iter().filter_map(|word| word.confidence.map(u32::from)).collect();
        let confidence = (!known.is_empty()).then(|| (known.iter().sum::<u32>() / known.len() as u32) as u8);
        let words = words.into_iter().map(|word| BoxedWord { confidence: None, ..word }).collect();
        Self { confidence, words }
    }
}

impl PrintedArticle {
    /// The boxes of the words that stretches of a passage (0-based) touch; a word cut at a line's end has two.
    pub fn boxes(&self, passage: usize, stretches: &[Span]) -> Vec<PageBox> {
        let words = self.passages.get(passage).map_or(&[][..], |passage| &passage.words);
        let touched =
            |word: &&BoxedWord| stretches.iter().any(|span| span.start < word.text.end && word.text.start < span.end);
        words.iter().filter(touched).filter_map(|word| self.boxed(word)).collect()
    }

    fn boxed(&self, word: &BoxedWord) -> Option<PageBox> {
        let block = self.blocks.get(word.block as usize)?;
        let page = self.pages.get(block.page as usize)?;
        let [x, y, width, height] = word.area;
        Some(PageBox {
            span: word.text,
            image: page.image.clone(),
            block: block.id.clone(),
            area: word.area,
            fragment: format!("xywh={x},{y},{width},{height}"),
        })
    }

    /// The blocks that a passage (0-based) stands in, in the order of its words.
    pub fn blocks_of(&self, passage: usize) -> Vec<&PageBlock> {
        let words = self.passages.get(passage).map_or(&[][..], |passage| &passage.words);
        let mut blocks: Vec<u32> = words.iter().map(|word| word.block).collect();
        blocks.dedup();
        let mut blocks: Vec<&PageBlock> =
            blocks.into_iter().filter_map(|block| self.blocks.get(block as usize)).collect();
        // blocks without a name are one
        blocks.dedup();
        blocks
    }
}
