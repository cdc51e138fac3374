use super::*;

fn parse(text: &str) -> Result<Parsed<'_>, Lack> {
    let names = FieldNames::default();
    let fields = Object(&names).deserialize(&mut serde_json::Deserializer::from_str(text));
    fields.map_err(|e| Lack::NoText(e.to_string()))?.into_record(text)
}

#[test]
fn known_keys_are_taken_and_others_passed_over() {
    let line = r#"{"x":{"y":[1]},"id":7,"source":"Harbour Gazette","published":"2019-05-04","title":"Tide","author":["A B","C D"],"text":"One.\nTwo."}"#;
    let parsed = parse(line).unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(parsed.text, "One.\nTwo.");
    assert_eq!(parsed.given.id.as_deref(), Some("7"));
    assert_eq!(parsed.given.outlet.as_deref(), Some("Harbour Gazette"));
    assert_eq!(parsed.given.date.as_deref(), Some("2019-05-04"));
    assert_eq!(parsed.given.headline.as_deref(), Some("Tide"));
    assert_eq!(parsed.given.byline.as_deref(), Some("A B, C D"));
    assert_eq!(parsed.literals[0].start as usize, line.find("One").unwrap_or(0));
}

#[test]
fn a_text_without_escapes_is_borrowed_and_an_array_is_joined() {
    let parsed = parse(r#"{"body":"plain text"}"#).unwrap_or_else(|e| panic!("{e:?}"));
    assert!(matches!(parsed.text, Cow::Borrowed("plain text")));
    let parsed = parse(r#"{"body":["One.","","Tw\u00f6."]}"#).unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(parsed.text, "One.\n\nTwö.");
    assert_eq!(parsed.literals[1].at, 6);
}

#[test]
fn empty_is_absent_and_duplicates_do_no_harm() {
    let parsed =
        parse(r#"{"id":null,"outlet":"","date":"1999","date":"2001","text":"T."}"#).unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!((parsed.given.id, parsed.given.outlet), (None, None));
    assert_eq!(parsed.given.date.as_deref(), Some("2001"));
    for bad in [r#"{"id":1}"#, r#"{"text":{"a":1}}"#, r#"{"text":7}"#, r#"{"body":["a",1]}"#, r#"{"text":"  "}"#] {
        assert!(parse(bad).is_err(), "{bad}");
    }
    assert!(parse(r#"{"title":"Only a headline"}"#).is_ok());
}

#[test]
fn what_is_empty_is_told_from_what_goes_by_other_names() {
    for (text, key) in [
        ("{}", None),
        (r#"{"id":1,"url":"http://a.example/","date":"Wed, 27 Jun 2018 14:05"}"#, None),
        (r#"{"title":"","text":null,"note":"a note of more words than four"}"#, None),
        (r#"{"text":"  "}"#, None),
        (r#"{"lang":"en","tags":["a","b"]}"#, None),
        (r#"{"lang":"en","Inhalt":"Die Lampe brennt im Turm."}"#, Some("Inhalt")),
        (r#"{"data":{"text":"The lamp burns in the tower."}}"#, Some("data")),
    ] {
        let lack = parse(text).err();
        match key {
            None => assert!(matches!(lack, Some(Lack::Empty)), "{text}: {lack:?}"),
            Some(key) => assert!(matches!(&lack, Some(Lack::Unknown(found)) if found == key), "{text}: {lack:?}"),
        }
    }
    for text in [r#"{"text":7}"#, r#"{"body":["a",1]}"#] {
        assert!(matches!(parse(text), Err(Lack::NoText(_))), "{text}");
    }
}

#[test]
fn values_with_a_type_are_read_as_databases_write_them() {
    for (date, read) in [
        (r#"{"$date":"2018-06-12T09:30:00Z"}"#, Some("2018-06-12T09:30:00Z")),
        (r#"{"$date":{"$numberLong":"1528795800250"}}"#, Some("2018-06-12T09:30:00Z")),
        (r#"{"$date":1528795800000}"#, Some("2018-06-12T09:30:00Z")),
        (r#"{"$date":{"$numberLong":"-585792000000"}}"#, Some("1951-06-10T00:00:00Z")),
        (r#"{"from":"2018-06-12"}"#, None),
        (r#"{"$regex":"2018"}"#, None),
        ("{}", None),
    ] {
        let line = format!(r#"{{"_id":1,"date":{date},"title":"Tide"}}"#);
        let parsed = parse(&line).unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!(parsed.given.date.as_deref(), read, "{date}");
    }
}

#[test]
fn an_address_is_no_outlet_and_days_of_taking_are_no_dates() {
    let line = r#"{"title":"Tide","source":"https://post.example/tide","source-hostname":"Harbour Post","date_download":"2024-05-01","date_publish":"2018-06-12 09:30:00"}"#;
    let given = parse(line).unwrap_or_else(|e| panic!("{e:?}")).given;
    assert_eq!(given.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(given.url.as_deref(), Some("https://post.example/tide"));
    assert_eq!(given.date.as_deref(), Some("2018-06-12 09:30:00"));
}
