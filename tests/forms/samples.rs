use super::support::{options, read, read_with, samples};

/// Each sample as it is read; the snapshots are what a careful reader writes down.
#[test]
fn every_form_is_read_as_a_reader_reads_it() {
    for (name, bytes) in samples() {
        let told = read(&name, &bytes);
        insta::assert_snapshot!(name.replace('.', "_"), told.text());
        // what is told by content needs no name, but for a table whose columns are not known
        let nameless = read("-", &bytes);
        assert_eq!(nameless.made(), told.made(), "{name}");
    }
}

#[test]
fn citations_are_checked_where_there_is_a_way_back() {
    let without: Vec<String> =
        samples().into_iter().filter(|(name, bytes)| read(name, bytes).pieces == 0).map(|(name, _)| name).collect();
    assert_eq!(without, ["letter.eml"], "quoted-printable has no bytes for each character");
}

#[test]
fn fields_are_found_under_the_names_that_the_user_gives() {
    let csv = "Titel;Inhalt;Quelle\nLampenöl;Auf den Inseln wurde am Freitag das Lampenöl knapp.;Inselbote\n";
    let refused = read("oel.csv", csv.as_bytes()).refused.expect("refused");
    assert_eq!(
        refused,
        "oel.csv: no column is known as headline or body among Titel, Inhalt, Quelle; name it with --field body=NAME"
    );
    let names = options(64_000_000, &["headline=Titel", "body=Inhalt", "outlet=Quelle"]);
    let told = read_with("oel.csv", csv.as_bytes(), csv.as_bytes(), &names).text();
    assert!(told.contains("headline  Lampenöl\noutlet    Inselbote\n") && told.contains("Auf den Inseln"), "{told}");
    let json = "{\"Titel\":\"Lampenöl\",\"title\":\"x\",\"Inhalt\":\"Auf den Inseln.\",\"Quelle\":\"Inselbote\"}\n";
    let told = read_with("oel.jsonl", json.as_bytes(), json.as_bytes(), &names).text();
    assert!(told.contains("headline  Lampenöl\noutlet    Inselbote\n"), "{told}");
    let xml = "<items><item><Titel>Lampenöl</Titel><Inhalt>Auf den Inseln.</Inhalt></item></items>";
    let told = read_with("oel.xml", xml.as_bytes(), xml.as_bytes(), &names).text();
    assert!(told.contains("headline  Lampenöl\n") && told.contains("Auf den Inseln."), "{told}");
}

#[test]
fn entities_of_our_own_making_stay_as_they_are() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \
        \"file:///etc/passwd\">]><rss><channel><item><title>T</title><description>&b; and &x;</description></item>\
        </channel></rss>";
    let told = read("bomb.xml", bomb.as_bytes()).text();
    assert!(told.contains("&b; and &x;"), "{told}");
}
