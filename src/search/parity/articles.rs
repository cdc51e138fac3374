//! Made articles: the same every time.

use jiff::civil::date;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::article::{Article, ArticleId, Block, BlockKind, Confidence, Field, Fragment, NewsDate, Precision, Span};

const WORDS: &[&str] = &[
    "summit",
    "summits",
    "Helsinki",
    "venue",
    "venues",
    "Bolton",
    "Lavrov",
    "Putin",
    "Vladimir",
    "Moscow",
    "Moscows",
    "sanction",
    "sanctions",
    "sanctioned",
    "Averyanov",
    "Averianov",
    "Polish",
    "polish",
    "the",
    "of",
    "and",
    "to",
    "news",
    "conference",
    "date",
    "location",
    "football",
    "talks",
    "talk",
    "full-scale",
    "against",
    "minister",
    "said",
    "paper",
    "harbour",
    "lamp",
    "lamps",
    "border",
    "treaty",
    "signed",
    "café",
    "Zürich",
    "2018",
    "O'Brien",
    "U.S.",
    "US",
    "us",
    "May",
    "may",
    "Will",
    "will",
    "$100",
    "100",
    "C++",
    "C",
    ".com",
    "AT&T",
    "Locke",
    "locked",
    "locks",
];
const OUTLETS: &[&str] = &["Radio Meridian", "Ostrand Daily", "The Moscow Times", "Radio Ostrand"];
const BYLINES: &[&str] = &["Ada Okafor", "Lena Marsh and Ada Okafor", "J. Marten"];
const SECTIONS: &[&str] = &["Sport", "Foreign Desk; Part 2"];
const CREDITS: &[&str] = &["Reuters", "Associated Press", "Agence France-Presse"];

/// So many articles, each with an id.
pub fn articles(count: usize) -> Vec<(ArticleId, Article)> {
    let mut maker = Maker { random: StdRng::seed_from_u64(20_180_627) };
    let mut made: Vec<(ArticleId, Article)> = (0..count).map(|n| maker.article(n)).collect();
    // the same article under other ids, so that ids must tell
    for n in (0..count).step_by(8) {
        made[n].1 = made[count / 2].1.clone();
    }
    made
}

/// An article of one paragraph for each of these texts, with an id each.
pub fn of_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(ArticleId, Article)> {
    let article = |(number, text): (usize, &str)| {
        let fragment = Fragment { at: 0, span: Span::new(0, text.len()), line: 1 };
        let fragments = [fragment].into_iter().collect();
        let paragraph = Block { kind: BlockKind::Paragraph, text: text.to_owned(), fragments, opens: None };
        (ArticleId(format!("a{number:04}")), Article { body: vec![paragraph], ..Article::default() })
    };
    texts.enumerate().map(article).collect()
}

/// The address of every third article.
pub fn address_of(id: &ArticleId) -> Option<String> {
    let host = ["www.meridian.example", "news.meridian.example:8080", "ostrand.example"];
    let number = id.0.bytes().map(usize::from).sum::<usize>();
    (number % 3 == 0).then(|| format!("https://{}/2018/{}", host[number / 3 % host.len()], id.0))
}

struct Maker {
    random: StdRng,
}

impl Maker {
    fn article(&mut self, number: usize) -> (ArticleId, Article) {
        let headline = (self.below(12) > 0).then(|| given(self.words(2, 8)));
        let outlet = (self.below(4) > 0).then(|| given(self.one_of(OUTLETS).to_owned()));
        let byline = (self.below(3) > 0).then(|| given(self.one_of(BYLINES).to_owned()));
        let section = (self.below(3) > 0).then(|| given(self.one_of(SECTIONS).to_owned()));
        let page = (self.below(3) > 0).then(|| given(format!("B{}", self.below(9))));
        let credit = (0..self.below(3)).map(|_| self.one_of(CREDITS).to_owned()).collect();
        let body = (0..=self.below(7)).map(|_| self.block()).collect();
        let date = self.date();
        let article = Article { headline, outlet, date, byline, section, page, credit, body, ..Article::default() };
        // ids that do not come in the order of the articles
        (ArticleId(format!("a{:03}", (number * 37) % 997)), article)
    }

    fn block(&mut self) -> Block {
        let kind = if self.below(6) == 0 { BlockKind::Subhead } else { BlockKind::Paragraph };
        let text = match kind {
            BlockKind::Subhead => self.words(2, 5),
            BlockKind::Paragraph => {
                let sentences: Vec<String> = (0..=self.below(6)).map(|_| format!("{}.", self.words(4, 24))).collect();
                sentences.join(" ")
            }
        };
        let fragments =
            [Fragment { at: 0, span: Span::new(0, text.len()), line: 1 + self.below(40) as u32 }].into_iter().collect();
        Block { kind, text, fragments, opens: None }
    }

    fn date(&mut self) -> Option<Field<NewsDate>> {
        let precision = match self.below(6) {
            0 => return None,
            1 => Precision::Year,
            2 => Precision::Month,
            3 => Precision::Minute,
            _ => Precision::Day,
        };
        let day = date(2017 + self.below(2) as i16, 5 + self.below(2) as i8, 20 + self.below(10) as i8);
        Some(given(NewsDate::new(day.at(self.below(24) as i8, 30, 0, 0), precision, None)))
    }

    fn words(&mut self, least: usize, most: usize) -> String {
        (0..self.random.random_range(least..most)).map(|_| self.one_of(WORDS)).collect::<Vec<&str>>().join(" ")
    }

    fn one_of(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    fn below(&mut self, count: usize) -> usize {
        self.random.random_range(0..count)
    }
}

fn given<T>(value: T) -> Field<T> {
    Field { value, confidence: Confidence::Given, rule: "record".into(), lines: None, alternatives: Vec::new() }
}
