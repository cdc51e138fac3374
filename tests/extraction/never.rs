//! A field that the text does not give is null. Each test fails when its rule breaks.

use super::support::{HEADLINE, LEAD, SECOND, THIRD, of_bytes, of_text, values};

fn article(lines: &[&str]) -> super::support::Values {
    values(&of_text(&lines.join("\n\n")).article)
}

fn record(json: &str) -> super::support::Values {
    values(&of_bytes("a.jsonl", json.as_bytes()).1.article)
}

#[test]
fn an_outlet_named_in_prose_is_no_outlet() {
    let told =
        "The treaty was first described in The Daily Telegraph, and PressTV reported it a day later, Reuters said.";
    let found = article(&[HEADLINE, LEAD, told, THIRD]);
    assert_eq!((found.outlet, found.credit), (None, vec![]));
}

#[test]
fn the_date_of_a_related_article_is_not_the_articles() {
    let found = article(&[
        HEADLINE,
        LEAD,
        SECOND,
        "Related stories\nIcebreaker sold to a collector\n27 June 2018\nStrait freezes over\n26 June 2018 08:15",
    ]);
    assert_eq!(found.date, None);
}

#[test]
fn a_day_in_prose_or_without_a_year_is_no_date() {
    let told = "The channel was last closed on 14 February 2012, when the guild counted eleven ships in the ice.";
    assert_eq!(article(&[HEADLINE, LEAD, told]).date, None);
    assert_eq!(article(&[HEADLINE, "June 27", LEAD, SECOND]).date, None);
    assert_eq!(article(&[HEADLINE, &format!("OSLO, June 27 (AP) — {LEAD}"), SECOND]).date, None);
}

#[test]
fn the_time_of_an_update_is_not_the_publication() {
    let text = [HEADLINE, "Updated: 28 June 2018 09:00 GMT", LEAD, SECOND].join("\n\n");
    let extraction = of_text(&text);
    assert!(extraction.article.date.is_none());
    assert!(
        extraction.warnings.iter().any(|w| w.to_string().contains("2018-06-28T09:00")),
        "{:?}",
        extraction.warnings
    );
    let both = ["Published: 27 June 2018", "Updated: 28 June 2018"].join("\n");
    let date = of_text(&[HEADLINE, &both, LEAD, SECOND].join("\n\n")).article.date.expect("a date");
    assert_eq!(date.value.to_string(), "2018-06-27");
    assert_eq!(date.alternatives.len(), 1);
}

#[test]
fn a_date_gains_no_precision_and_no_zone() {
    assert_eq!(article(&[HEADLINE, "27 June 2018 22:36 IST", LEAD, SECOND]).date.as_deref(), Some("2018-06-27T22:36"));
    let text = [HEADLINE, LEAD, SECOND, "© 2018 The Harbour Gazette. All rights reserved."].join("\n\n");
    let date = of_text(&text).article.date.expect("a year");
    assert_eq!((date.value.to_string().as_str(), date.rule.as_ref()), ("2018", "copyright-year"));
    assert_eq!(date.confidence, dateline::article::Confidence::Low);
    assert_eq!(article(&[HEADLINE, LEAD, SECOND, "© 2009-2018 The Harbour Gazette"]).date, None);
}

#[test]
fn two_publication_dates_that_differ_are_none() {
    let text = [HEADLINE, "27 June 2018", "Published: 2 July 2018", LEAD, SECOND].join("\n\n");
    let extraction = of_text(&text);
    assert!(extraction.article.date.is_none());
    let told = extraction.warnings.iter().map(ToString::to_string).collect::<String>();
    assert!(told.contains("2018-06-27") && told.contains("2018-07-02"), "{told}");
}

#[test]
fn figures_that_read_both_ways_wait_for_another_date() {
    assert_eq!(article(&[HEADLINE, "05/06/2018", LEAD, SECOND]).date, None);
    let settled = article(&[HEADLINE, "05/06/2018 10:30", "Updated: 5 June 2018", LEAD, SECOND]);
    assert_eq!(settled.date.as_deref(), Some("2018-06-05T10:30"));
}

#[test]
fn the_lead_is_no_headline() {
    assert_eq!(article(&[LEAD, SECOND, THIRD]).headline, None);
    let wrapped = "The last ferry to the outer islands will stay in port until the ice in the\nstrait breaks, the harbour office told the people who had been waiting since\nMonday for a passage.\n\nSome forty of them spent the night in the waiting room, where the church had\nput up beds, a stove and a table with soup.";
    let found = values(&of_text(wrapped).article);
    assert_eq!((found.headline, found.body.len()), (None, 2));
}

#[test]
fn two_outlets_of_equal_rank_are_none() {
    let text = ["Kell Bay Times", "The Harbour Gazette", HEADLINE, LEAD, SECOND].join("\n\n");
    let extraction = of_text(&text);
    assert!(extraction.article.outlet.is_none());
    let told = extraction.warnings.iter().map(ToString::to_string).collect::<String>();
    assert!(told.contains("Kell Bay Times") && told.contains("The Harbour Gazette"), "{told}");
}

#[test]
fn a_wire_agency_is_no_outlet_unless_the_record_says_so() {
    let found = article(&[
        HEADLINE,
        &format!("OSLO (Reuters) - {LEAD}"),
        SECOND,
        "Copyright 2018 The Associated Press. All rights reserved.",
    ]);
    assert_eq!(found.outlet, None);
    assert_eq!(found.credit, ["Reuters", "The Associated Press"]);
    let given = record(&format!("{{\"outlet\":\"Reuters\",\"title\":\"T\",\"text\":\"OSLO (Reuters) - {LEAD}\"}}"));
    assert_eq!(given.outlet.as_deref(), Some("Reuters"));
}

#[test]
fn a_person_to_follow_is_no_outlet_and_no_topic_is_an_author() {
    assert_eq!(article(&[HEADLINE, LEAD, SECOND, "Follow Anna Kowal on Twitter: @annakowal"]).outlet, None);
    assert_eq!(article(&[HEADLINE, LEAD, SECOND, "Follow Anna on Twitter"]).outlet, None);
    // what was cut off in front
    for line in ["ollow us. Sign up", "ollow ", "é ollow Trend on Twitter", "\u{feff}ollow us on Telegram"] {
        assert_eq!(article(&[HEADLINE, LEAD, SECOND, line]).outlet, None, "{line:?}");
    }
    let told = "Odile Brandt, the mayor, said she would not send for an icebreaker before the council had met.";
    assert_eq!(article(&[HEADLINE, "Odile Brandt", LEAD, told]).byline, None);
}

#[test]
fn a_dash_in_the_text_is_no_dateline() {
    let lead = "Vienna – the old imperial city on the Danube – was named as a place to meet by two of the envoys.";
    let found = article(&[HEADLINE, lead, SECOND]);
    assert_eq!((found.place, found.body[0].as_str()), (None, lead));
    let second = "Oslo – The ferry to the islands was the last to leave before the ice closed in behind it.";
    assert_eq!(article(&[HEADLINE, LEAD, SECOND, second]).place, None);
}

#[test]
fn a_given_date_that_cannot_be_read_is_told_and_null() {
    let found =
        of_bytes("a.jsonl", format!("{{\"title\":\"T\",\"date\":\"next week\",\"text\":\"{LEAD}\"}}").as_bytes()).1;
    assert!(found.article.date.is_none());
    assert!(found.warnings.iter().any(|w| w.to_string().contains("next week")));
    for (given, told) in [
        ("2018-06-27", "2018-06-27"),
        ("Wed, 27 Jun 2018 14:05:00 +0200", "2018-06-27T14:05:00+02:00"),
        ("June 27, 2018", "2018-06-27"),
        ("20180627", "2018-06-27"),
    ] {
        let found = record(&format!("{{\"title\":\"T\",\"date\":\"{given}\",\"text\":\"{LEAD}\"}}"));
        assert_eq!(found.date.as_deref(), Some(told));
    }
    let found = record(&format!("{{\"title\":\"T\",\"date\":\"0001-01-01\",\"text\":\"{LEAD}\"}}"));
    assert_eq!(found.date, None);
}

#[test]
fn a_records_text_is_never_dropped_whole() {
    let found = record("{\"title\":\"T\",\"text\":\"Advertisement\"}");
    assert_eq!(found.body, ["Advertisement"]);
    let found = record("{\"title\":\"T\",\"text\":\"Advertisement\\n\\nSign up for our newsletter\"}");
    assert_eq!(found.body.len(), 2);
    let found = record("{\"text\":\"digital memory with random access described\"}");
    assert_eq!((found.headline, found.body.len()), (None, 1));
}

#[test]
fn a_records_own_fields_win_and_what_the_text_says_stays_visible() {
    let text = format!("{HEADLINE}\\n\\nBy Tom Reid\\n\\nKELL (CNN) - {LEAD}\\n\\nRead more: Ice\\n\\n{SECOND}");
    let json = format!(
        "{{\"title\":\"{HEADLINE}\",\"outlet\":\"Kestrel\",\"date\":\"2018-06-27\",\"byline\":\"By Anna Kowal\",\"text\":\"{text}\"}}"
    );
    let extraction = of_bytes("a.jsonl", json.as_bytes()).1;
    let found = values(&extraction.article);
    assert_eq!(found.body, [LEAD, SECOND]);
    assert_eq!((found.outlet.as_deref(), found.byline.as_deref()), (Some("Kestrel"), Some("Anna Kowal")));
    let outlet = extraction.article.outlet.expect("an outlet");
    assert_eq!(outlet.alternatives.iter().map(|a| a.value.as_str()).collect::<Vec<_>>(), ["CNN"]);
}
