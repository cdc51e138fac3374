use jiff::civil::{Date, date};

use super::*;
use crate::article::NewsDate;

/// A Thursday.
const TODAY: Date = Date::constant(2018, 6, 28);

fn read(text: &str) -> String {
    read_in(text, TODAY.into())
}

fn read_in(text: &str, context: DateContext) -> String {
    match clause("date", text, context) {
        None => "none".to_owned(),
        Some((range, swapped)) => {
            let end = |date: Option<NewsDate>| date.map(|d| d.to_string()).unwrap_or_default();
            let turned = if swapped { " turned" } else { "" };
            format!("{}..{}{turned}", end(range.after), end(range.before))
        }
    }
}

#[test]
fn words_of_a_month_or_a_day_are_words_of_a_time() {
    for (typed, words) in [
        ("jobs report May 2016", &["May", "2016"][..]),
        ("Supreme Court June 26, 2015 ruling", &["June", "26,", "2015"]),
        ("shutdown 2013", &[]),
        ("may brexit", &[]),
        ("\"May 2016\" jobs", &[]),
    ] {
        let query = crate::query::read(typed, TODAY);
        assert_eq!(typed_dates(&query.root, false, TODAY.into()).words, words, "{typed}");
    }
}

#[test]
fn dates_are_read_as_people_say_them() {
    for (text, range) in [
        ("2018-06-27T22:36+04:00", "2018-06-27T22:36+04:00..2018-06-27T22:36+04:00"),
        ("today", "2018-06-28..2018-06-28"),
        ("Yesterday", "2018-06-27..2018-06-27"),
        ("this week", "2018-06-25..2018-07-01"),
        ("last week", "2018-06-18..2018-06-24"),
        ("last-week", "2018-06-18..2018-06-24"),
        ("this month", "2018-06..2018-06"),
        ("last month", "2018-05..2018-05"),
        ("last year", "2017..2017"),
        ("last 7 days", "2018-06-22..2018-06-28"),
        ("past week", "2018-06-22..2018-06-28"),
        ("past 30 days", "2018-05-30..2018-06-28"),
        ("past month", "2018-05-29..2018-06-28"),
        ("the last 2 years", "2016-06-29..2018-06-28"),
        ("3 days ago", "2018-06-25..2018-06-25"),
        ("thursday", "2018-06-28..2018-06-28"),
        ("Friday", "2018-06-22..2018-06-22"),
        ("last thursday", "2018-06-21..2018-06-21"),
        ("june", "2018-06..2018-06"),
        ("last june", "2017-06..2017-06"),
        ("july", "2017-07..2017-07"),
        ("Sept. 2017", "2017-09..2017-09"),
        ("27 June 2018", "2018-06-27..2018-06-27"),
        ("June 27th, 2018", "2018-06-27..2018-06-27"),
        ("29 june", "2017-06-29..2017-06-29"),
        ("may 2", "2018-05-02..2018-05-02"),
        ("yesterday..today", "2018-06-27..2018-06-28"),
        ("last week..", "2018-06-18.."),
        ("..june 2018", "..2018-06"),
        ("2018-06-28..2018-06-25", "2018-06-25..2018-06-28 turned"),
        (">2018", "2019.."),
        (">=2018", "2018.."),
        ("<2018-06", "..2018-05"),
        ("<= june 2018", "..2018-06"),
        (">last week", "2018-06-25.."),
        ("<2018-06-27T10:00", "..2018-06-27T09:59"),
        ("[2018 TO 2019]", "2018..2019"),
        ("{2016 TO 2019}", "2017..2018"),
        ("{2016 TO 2019]", "2017..2019"),
        ("[* TO 2019}", "..2018"),
        ("[2018 to *]", "2018.."),
        ("[last week TO today]", "2018-06-18..2018-06-28"),
        ("[2019 TO 2018}", "2019..2019 turned"),
        ("{2018 TO 2019}", "2019..2018"),
    ] {
        assert_eq!(read(text), range, "{text}");
    }
}

#[test]
fn names_of_months_are_the_archives_and_english_ones() {
    for (language, text, range) in [
        ("german", "Juni 2018", "2018-06..2018-06"),
        ("german", "27. Juni 2018", "2018-06-27..2018-06-27"),
        ("german", "jänner", "2018-01..2018-01"),
        ("german", "march 2018", "2018-03..2018-03"),
        ("german", "Mittwoch", "2018-06-27..2018-06-27"),
        ("spanish", "27 de junio de 2018", "2018-06-27..2018-06-27"),
        ("spanish", "junio de 2018", "2018-06..2018-06"),
        ("spanish", "27 de junio", "2018-06-27..2018-06-27"),
        ("spanish", "junio del 2018", "2018-06..2018-06"),
        ("portuguese", "junho de 2018", "2018-06..2018-06"),
        ("portuguese", "1 de junho de 2018", "2018-06-01..2018-06-01"),
        ("catalan", "juny de 2018", "2018-06..2018-06"),
        ("catalan", "27 d'abril de 2018", "2018-04-27..2018-04-27"),
        ("catalan", "abril de 2018..maig de 2018", "2018-04..2018-05"),
        ("russian", "27 июня 2018 г.", "2018-06-27..2018-06-27"),
        ("polish", "27 czerwca 2018 roku", "2018-06-27..2018-06-27"),
        ("german", "27.06.2018", "2018-06-27..2018-06-27"),
        ("german", "7.6.2018..27.06.2018", "2018-06-07..2018-06-27"),
        ("german", "06.2018", "2018-06..2018-06"),
        ("german", "32.06.2018", "none"),
        ("english", "27.06.2018", "2018-06-27..2018-06-27"),
        ("french", "05/06/2018", "2018-06-05..2018-06-05"),
        ("dutch", "05-06-2018", "2018-06-05..2018-06-05"),
        ("english", "05/06/2018", "none"),
        ("english", "27/06/2018", "2018-06-27..2018-06-27"),
        ("english", "06/27/2018", "2018-06-27..2018-06-27"),
        ("hungarian", "2018.06.27.", "2018-06-27..2018-06-27"),
        ("none", "2018/6/27", "2018-06-27..2018-06-27"),
        ("portuguese", "set 2017", "2017-09..2017-09"),
        ("french", "1er août 2017", "2017-08-01..2017-08-01"),
        ("hungarian", "2018. június 27.", "2018-06-27..2018-06-27"),
        ("russian", "июнь 2018", "2018-06..2018-06"),
        ("none", "2018年6月27日", "2018-06-27..2018-06-27"),
        ("english", "2018년 6월", "2018-06..2018-06"),
        ("english", "set 2017", "none"),
        ("french", "des 2017", "none"),
    ] {
        let context = DateContext { today: TODAY, language: language.parse().expect("a language") };
        assert_eq!(read_in(text, context), range, "{language}: {text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    let texts = [
        "",
        "..",
        ">",
        "<soon",
        ">9999",
        "<0000",
        "[2018]",
        "[* TO *]",
        "[2018 TO soon]",
        "soon",
        "last",
        "last 0 days",
        "last 9999 years",
        "ju",
    ];
    for text in texts.into_iter().chain(["june 31", "30 2018", "last few days", "2018-13", "next week"]) {
        assert_eq!(read(text), "none", "{text}");
    }
    for odd in ["june 0000", "0 june", "99999999999999 days ago", "0000-01-01..0000", "last week..soon"] {
        read(odd);
    }
}

#[test]
fn a_time_that_is_preferred_may_have_a_half_life() {
    for (text, expected) in [
        ("2018-06", "2018-06"),
        ("june 2018", "2018-06"),
        ("2018-06~10", "2018-06~10"),
        ("2018-06..2018-08~7.5", "2018-06..2018-08~7.5"),
        ("[2018 TO 2019]~90", "2018..2019~90"),
        ("2018..", "2018.."),
        ("2018-06-28..2018-06-25~2", "2018-06-25..2018-06-28~2"),
        ("soon", "none"),
        ("2018-06~10^0.5", "2018-06~10^0.5"),
        ("june 2018^2", "2018-06^2"),
        ("2018^1", "2018"),
        ("2018^0.5~10", "none"),
        ("2018^0", "none"),
        ("2018~0", "none"),
        ("2018~", "none"),
        ("2018~-3", "none"),
        ("2018~x", "none"),
        ("2018~1e3", "none"),
        ("{2018 TO 2019}", "none"),
    ] {
        let read = read_around(text, TODAY.into()).map_or("none".to_owned(), |around| around.to_string());
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn dates_among_words_are_told_from_numbers() {
    for (language, typed, expected) in [
        ("english", "government shutdown 2013", "2013"),
        ("english", "2013", "2013"),
        ("english", "jobs report May 2020", "2020-05"),
        ("english", "jobs report, May 2020?", "2020-05"),
        ("english", "impeachment 18 December 2019 vote", "2019-12-18"),
        ("english", "impeachment December 18th, 2019", "2019-12-18"),
        ("english", "storm 2018-06-27", "2018-06-27"),
        ("english", "storm 2018-06-27T22:36", "2018-06-27"),
        ("english", "storm 06/2018", "2018-06"),
        ("english", "+storm +2017", "2017"),
        ("english", "storm AND 2017", "2017"),
        ("english", "Brexit 2016 2017 2016", "2016 2017"),
        ("english", "storm 2022", "2022"),
        ("english", "storm 2023 1799", ""),
        ("english", "storm May yesterday last week", ""),
        ("english", "storm \"2013\" =2014 -2015", ""),
        ("english", "storm (2013 OR 2014)", ""),
        ("english", "storm^2 2013^2", ""),
        ("english", "1,000 2000s 12013 last 2000 days F-2013", "2000"),
        ("german", "Hochwasser Juni 2013", "2013-06"),
        ("german", "Hochwasser 27.06.2013", "2013-06-27"),
        ("german", "Hochwasser 27. Juni 2013", "2013-06-27"),
        ("spanish", "cumbre 27 de junio de 2018", "2018-06-27"),
        ("english", "cumbre 27 de junio de 2018", "2018-06-27"),
        ("russian", "саммит июнь 2018", "2018-06"),
        ("japanese", "首脳会談 2018年6月27日", "2018-06-27"),
        ("english", "storm 2013 around:2018~5", "2018"),
    ] {
        let language = language.parse().unwrap_or_default();
        let query = crate::query::read(typed, DateContext { today: date(2021, 6, 28), language });
        let found: Vec<String> = query.around.iter().map(|around| around.time_named()).collect();
        assert_eq!(found.join(" "), expected, "{typed}");
    }
}
