//! Articles that are changed: fields must follow what the text says, and stay where nothing they hang on has moved.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::support::{LEAD, SECOND, THIRD, Values, of_bytes, of_text, values};

/// An article with everything that moves about in the tests below.
const PAGE: &str = "Skip to content

Kell Bay Times

Home > News > Islands

Harbour council votes to melt the ice with salt

By Anna Kowal

Published: Wed, 27 Jun 2018 14:05 GMT

KELL, June 27 (Reuters) - The harbour council voted on Wednesday to melt the ice in the northern channel with salt, against the advice of its own engineer.

The vote came after a night in which forty people slept in the waiting room of the ferry port.

A tug waits at the northern mole (file photo)

“We have run out of other ideas,” the chairman, Piet Maas, told a meeting that had been called at an hour's notice.

Read more: How much salt is in the sea

What the engineer says

The engineer, Runa Solberg, said that salt would cost more than the ferry earned in a winter,

Advertisement

and that the fish would not forgive it.

With reporting by AFP

© 2018 Kell Bay Times. All rights reserved.";

fn page(text: &str) -> Values {
    values(&of_text(text).article)
}

#[test]
fn the_page_is_read_as_it_stands() {
    let found = page(PAGE);
    assert_eq!(found.headline.as_deref(), Some("Harbour council votes to melt the ice with salt"));
    assert_eq!(found.outlet.as_deref(), Some("Kell Bay Times"));
    assert_eq!(found.date.as_deref(), Some("2018-06-27T14:05+00:00"));
    assert_eq!(found.byline.as_deref(), Some("Anna Kowal"));
    assert_eq!(found.place.as_deref(), Some("Kell"));
    assert_eq!(found.credit, ["Reuters", "AFP"]);
    assert_eq!(found.body.len(), 5, "{:#?}", found.body);
    assert!(found.body[4].ends_with("in a winter, and that the fish would not forgive it."));
}

#[test]
fn fields_follow_names_months_years_and_outlets() {
    for (from, to, field) in [
        ("Kell Bay Times", "The Ostrand Courier", "outlet"),
        ("Kell Bay Times", "Radio Meridian", "outlet"),
        ("Anna Kowal", "Lena Ortiz and Tom Reid", "byline"),
        ("Anna Kowal", "JUHANI RASK", "byline"),
        ("KELL,", "PORT ELLERY,", "place"),
    ] {
        let found = page(&PAGE.replace(from, to));
        let told = match field {
            "outlet" => found.outlet,
            "byline" => found.byline,
            _ => found.place,
        };
        let wanted = to.trim_end_matches(',');
        assert_eq!(told.map(|t| t.to_lowercase()), Some(wanted.to_lowercase()), "{to}");
    }
    for (from, to, date) in [
        ("27 Jun 2018", "3 Feb 2021", "2021-02-03T14:05+00:00"),
        ("27 Jun 2018", "31 December 1999", "1999-12-31T14:05+00:00"),
        ("Wed, 27 Jun 2018 14:05 GMT", "27 juin 2018", "2018-06-27"),
        ("Wed, 27 Jun 2018 14:05 GMT", "27. Juni 2018 14:05 MESZ", "2018-06-27T14:05+02:00"),
        ("Published: Wed, 27 Jun 2018 14:05 GMT", "27.06.2018 | 18:40", "2018-06-27T18:40"),
    ] {
        assert_eq!(page(&PAGE.replace(from, to)).date.as_deref(), Some(date), "{to}");
    }
}

#[test]
fn line_ends_and_character_sets_change_nothing() {
    let wanted = page(PAGE);
    let le: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = [0xFE, 0xFF].into_iter().chain(PAGE.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let legacy = encoding_rs::WINDOWS_1252.encode(PAGE).0.into_owned();
    for bytes in [PAGE.replace('\n', "\r\n").into_bytes(), PAGE.replace('\n', "\r").into_bytes(), le, be, legacy] {
        assert_eq!(values(&of_bytes("a.txt", &bytes).1.article), wanted);
    }
    let bom = [b"\xEF\xBB\xBF", PAGE.as_bytes()].concat();
    assert_eq!(values(&of_bytes("a.txt", &bom).1.article), wanted);
}

#[test]
fn one_paragraph_a_line_without_blank_lines_reads_the_same_body() {
    let wanted = page(PAGE);
    let found = page(&PAGE.replace("\n\n", "\n"));
    assert_eq!((&found.body, &found.headline), (&wanted.body, &wanted.headline));
}

#[test]
fn hard_wrapped_text_reads_the_same_body() {
    let wanted = page(PAGE);
    for width in [60, 72, 88] {
        let wrapped: Vec<String> =
            PAGE.split("\n\n").map(|p| textwrap::fill(p, textwrap::Options::new(width).break_words(false))).collect();
        let found = page(&wrapped.join("\n\n"));
        assert_eq!(found.headline, wanted.headline, "{width}");
        assert_eq!(found.body, wanted.body, "{width}");
    }
}

#[test]
fn a_page_break_in_mid_sentence_is_mended() {
    let text = "The last ferry to the outer islands will stay in port until the ice in the\nstrait breaks, the harbour office told the people who had waited since Monday\nunder the eyes of the first officer of the icebreaker Haldvik, of the Coastal\n\nhttps://www.kellbaytimes.example/ferry\n\u{c}2\n\nGuard of the province.\n\nSome forty of them spent the night in the waiting room, where the church had\nput up beds, a stove and a table with soup and the daily intelligence, or inter-\nnational news at least.";
    let found = page(text);
    assert_eq!(found.body.len(), 2, "{:#?}", found.body);
    assert!(found.body[0].ends_with("of the Coastal Guard of the province."));
    assert!(found.body[1].ends_with("or inter-national news at least."));
}

#[test]
fn a_list_of_related_articles_may_stand_above_the_text() {
    let list =
        "Related news\nTug sold to a museum\nIslands 26 June 23:15\nSalt price doubles in a week\nTrade 25 June 08:40";
    let above = PAGE.replacen("Home > News > Islands", list, 1);
    let (wanted, found) = (page(PAGE), page(&above));
    assert_eq!((found.headline, found.body, found.date), (wanted.headline, wanted.body, wanted.date));
    let unheaded = list.replace("Related news\n", "") + "\nMayor opens a bridge\nTown 24 June 10:00";
    let found = page(&format!("{PAGE}\n\n{unheaded}"));
    assert_eq!(found.body.len(), 5, "{:#?}", found.body);
}

#[test]
fn trigger_words_in_prose_stay_in_the_body() {
    for prose in [
        "Related news from the mainland said that the council there had tried salt and had given it up.",
        "The newsletter of the guild, which few subscribe to, had asked for an icebreaker since the autumn.",
        "Follow the channel north on any chart and you will find the place where the last ferry was lost.",
    ] {
        let text = PAGE.replacen("What the engineer says", &format!("{prose}\n\nWhat the engineer says"), 1);
        assert!(page(&text).body.iter().any(|block| block == prose), "{prose}");
    }
}

#[test]
fn moved_furniture_takes_its_label_along() {
    let credit = "With reporting by AFP";
    let moved = PAGE
        .replace(&format!("{credit}\n\n"), "")
        .replace("What the engineer", &format!("{credit}\n\nWhat the engineer"));
    let (wanted, found) = (page(PAGE), page(&moved));
    assert_eq!((found.credit, found.body), (wanted.credit, wanted.body));
    let copyright = "© 2018 Kell Bay Times. All rights reserved.";
    let moved = format!("{copyright}\n\n{}", PAGE.replace(copyright, ""));
    assert_eq!(page(&moved).body, page(PAGE).body);
}

#[test]
fn the_shared_articles_follow_their_changes() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(files) = fs::read_dir(&seeds) else { return };
    for file in files.filter_map(Result::ok).filter(|f| f.path().extension().is_some_and(|e| e == "txt")) {
        let text = fs::read_to_string(file.path()).unwrap_or_else(|e| panic!("{e}"));
        let wanted = page(&text);
        let crlf = page(&text.replace('\n', "\r\n"));
        assert_eq!(crlf, wanted);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(values(&of_bytes("a.txt", &wide).1.article), wanted);
        let changes = [("2018-06", "2031-10"), ("2018", "2031"), ("June", "October"), ("Bolton", "Marlowe")];
        let change = |t: &String| changes.iter().fold(t.clone(), |t, (from, to)| t.replace(from, to));
        let renamed = page(&change(&text));
        assert_eq!(renamed.headline, wanted.headline.as_ref().map(change));
        assert_eq!(renamed.body, wanted.body.iter().map(change).collect::<Vec<_>>());
        assert_eq!(renamed.date, wanted.date.as_ref().map(change));
        assert_eq!((renamed.outlet, renamed.credit), (wanted.outlet, wanted.credit));
    }
}

#[test]
fn a_long_text_takes_time_in_proportion() {
    let paragraph = format!(
        "{LEAD}\n\nDetails unclear\n\n{SECOND}\n\nRead more: Ice\n\n{THIRD}\n\nSubscribe to our newsletter\n\n"
    );
    let time = |megabytes: usize| {
        let text = paragraph.repeat(megabytes * 1_000_000 / paragraph.len());
        let start = Instant::now();
        of_text(&text);
        start.elapsed().as_secs_f64()
    };
    time(1);
    let small = (0..3).map(|_| time(1)).fold(f64::MAX, f64::min);
    let large = time(10);
    // A quadratic step would make it a hundred times as long.
    assert!(large < small * 45.0 + 0.5, "1 MB {small:.3} s, 10 MB {large:.3} s");
}

#[test]
fn a_list_that_is_the_articles_own_is_kept() {
    let places: Vec<String> = (1..=24).map(|n| format!("Pier {n}: {} Harbour Street", 100 + n)).collect();
    let text = format!("{PAGE}\n\nAdvertisement\n\n{}\n\nAdvertisement", places.join("\n\n"));
    let found = page(&text);
    assert!(places.iter().all(|place| found.body.contains(place)), "{:#?}", found.body);
}
