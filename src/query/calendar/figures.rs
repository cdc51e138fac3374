//! Dates in figures, without the name of a month.

use crate::article::NewsDate;

/// `2018年6月27日`, `2018년 6월`: figures before units.
pub(super) fn with_units(text: &str) -> Option<NewsDate> {
    if text.is_ascii() {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let units: String = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    let known = matches!(units.as_str(), "年" | "年月" | "年月日" | "年月号" | "年月號" | "년" | "년월" | "년월일");
    let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    (known && parts.len() == units.chars().count()).then(|| padded.join("-").parse().ok()).flatten()
}

/// `27.06.2018`, `27/6/2018`, `2018/06/27`, `06.2018`: figures alone. Dots stand behind the day first everywhere; by others
/// `day_first` tells, which is the archive's language, or a figure above 12.
pub(super) fn in_figures(text: &str, day_first: bool) -> Option<NewsDate> {
    let text = text.trim().trim_end_matches('.');
    let sign = ['.', '/', '-'].into_iter().find(|sign| text.contains(*sign))?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let count = |part: &str| part.parse::<u16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let two = |part: &str| count(part).filter(|_| part.len() <= 2);
    let is_year = |part: &str| part.len() == 4 && count(part).is_some();
    let (year, month, day) = match parts[..] {
        [month, year] if is_year(year) && sign != '-' => return format!("{year}-{:02}", two(month)?).parse().ok(),
        [year, month, day] if is_year(year) => (year, two(month)?, two(day)?),
        [one, other, year] if is_year(year) => {
            let (one, other) = (two(one)?, two(other)?);
            let day_first = sign == '.' || one > 12 || day_first;
            match day_first || other > 12 || one == other {
                true if day_first && other <= 12 => (year, other, one),
                true => (year, one, other),
                false => return None,
            }
        }
        _ => return None,
    };
    format!("{year}-{month:02}-{day:02}").parse().ok()
}
