//! Dates with units behind their figures, as in Chinese, Japanese and Korean: `2018年6月27日`, `平成30年6月`, `2018년 6월 27일`.

use std::sync::LazyLock;

use super::cursor::Reader;
use super::parts::{LAST_YEAR, Parts};
use super::tokens::TokenKind;
use crate::lexicon::ERAS;

/// An era: its names, the year before its first, its last year.
struct Era {
    names: Vec<&'static str>,
    before: i16,
    last: u32,
}

static ERA: LazyLock<Vec<Era>> = LazyLock::new(|| {
    ERAS.read(|row| {
        let [names, before, last] = row.exactly()?;
        let before = before.parse().map_err(|_| format!("\"{before}\" is no year"))?;
        let last = match last {
            "-" => 199,
            number => number.parse().map_err(|_| format!("\"{number}\" is no year"))?,
        };
        Ok(Era { names: names.split('/').collect(), before, last })
    })
});

impl Reader<'_> {
    /// Year, month and day; a month without its day where it may stand alone; a day without its year.
    pub(super) fn with_units(&mut self, loose: bool) -> Option<Parts> {
        let year = self.attempt(Self::year_with_unit);
        let month = self.number(1..=2).filter(|month| (1..=12).contains(month))? as i8;
        self.word(&["月", "월"]).then_some(())?;
        let day = self.attempt(|r| {
            let day = r.number(1..=2).filter(|day| (1..=31).contains(day))? as i8;
            r.word(&["日", "号", "號", "일"]).then_some(day)
        });
        (day.is_some() || (loose && year.is_some())).then_some(Parts { year, month, day, swapped: false })
    }

    fn year_with_unit(&mut self) -> Option<i16> {
        let year = match self.attempt(Self::year) {
            Some(year) => year,
            None => return self.year_of_era(),
        };
        self.word(&["年", "년"]).then_some(year)
    }

    /// `平成30年`, `令和元年`.
    fn year_of_era(&mut self) -> Option<i16> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Word)?;
        let (era, rest) =
            ERA.iter().find_map(|era| Some((era, era.names.iter().find_map(|name| token.text.strip_prefix(name))?)))?;
        self.at += 1;
        if rest == "元年" {
            return Some(era.before + 1);
        }
        let year = self.number(1..=3).filter(|year| rest.is_empty() && (1..=era.last).contains(year))?;
        self.word(&["年"]).then_some(era.before + year as i16).filter(|year| *year <= LAST_YEAR)
    }
}
