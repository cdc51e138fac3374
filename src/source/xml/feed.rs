//! What a feed says of itself beside its items: which it is, and when it was built.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use super::element::{Prefixes, XmlElement, XmlTree};
use super::fields::plain;
use crate::source::Feed;

/// Elements that say when a feed was built, best first.
const BUILT: &[&str] = &["lastbuilddate", "pubdate", "updated", "modified", "dc:date"];

/// The feed whose text without its items this is; none where it is no feed, or one that says nothing of itself.
pub(super) fn feed(outside: &str) -> Option<Feed> {
    let tree = XmlTree::read(outside, &Prefixes::default()).ok()?;
    let root = tree.elements.first()?;
    let local = root.name.rsplit(':').next();
    let top = match local {
        Some("feed") => 0,
        Some("rss" | "rdf") => tree.elements.iter().position(|e| e.parent == 0 && e.name == "channel")?,
        _ => return None,
    };
    let children = || tree.elements.iter().skip(1).filter(move |element| element.parent == top);
    let text = |name: &str| children().filter(|e| e.name == name).find_map(|element| plain(element, outside));
    let own = |link: &&XmlElement| link.name == "link" && link.get("rel") == Some("self");
    let address = || children().find(own).and_then(|link| link.get("href")).map(str::to_owned);
    let identity = match local {
        Some("feed") => text("id").or_else(address),
        _ => text("link").or_else(|| text("title")),
    }?;
    Some(Feed { key: key(&identity), built: BUILT.iter().find_map(|name| millis(&text(name)?)) })
}

/// What stands for an identity: of an address, how it is fetched and a last slash say nothing.
fn key(identity: &str) -> u64 {
    let secure = identity.strip_prefix("https://").or_else(|| identity.strip_prefix("http://"));
    let identity = secure.map_or(identity, |rest| rest.trim_end_matches('/'));
    let mut key = [0; 8];
    key.copy_from_slice(&blake3::hash(identity.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(key)
}

/// A date as feeds write it, in milliseconds since 1970; without a zone it is taken for UTC.
fn millis(date: &str) -> Option<i64> {
    let mail = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let stamp = date.parse::<Timestamp>().ok().or_else(|| mail.parse_timestamp(date).ok());
    let local = || date.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|date| date.timestamp());
    stamp.or_else(local).map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_tell_which_they_are_and_when_they_were_built() {
        let rss = |inside: &str| format!("<rss version='2.0'><channel>{inside}</channel></rss>");
        let atom = |inside: &str| format!("<feed xmlns='http://www.w3.org/2005/Atom'>{inside}</feed>");
        let rdf = |inside: &str| {
            let spaces = "xmlns:rdf='r' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns='http://purl.org/rss/1.0/'";
            format!("<rdf:RDF {spaces}><channel rdf:about='c'>{inside}</channel></rdf:RDF>")
        };
        for (xml, identity, built) in [
            (rss("<link>http://a.example/</link><title>A</title>"), Some("http://a.example/"), None),
            (rss("<title>A &amp; B</title>"), Some("A & B"), None),
            (rss("<image><link>http://i.example/</link></image><title>A</title>"), Some("A"), None),
            (
                rss("<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='f'/><link>h</link>"),
                Some("h"),
                None,
            ),
            (rss("<description>Nothing</description>"), None, None),
            (
                rss("<link>h</link><pubDate>Thu, 01 Jan 1970 00:00:02 GMT</pubDate>\
                    <lastBuildDate>Mon, 01 Jan 1970 00:00:01 +0000</lastBuildDate>"),
                Some("h"),
                Some(1000),
            ),
            (rss("<link>h</link><lastBuildDate>soon</lastBuildDate>"), Some("h"), None),
            (atom("<id>urn:a</id><link rel='self' href='s'/>"), Some("urn:a"), None),
            (atom("<link rel='alternate' href='x'/><link rel='self' href='s'/>"), Some("s"), None),
            (atom("<id>urn:a</id><updated>1970-01-01T01:00:00.5+01:00</updated>"), Some("urn:a"), Some(500)),
            (atom("<title>No id</title>"), None, None),
            (rdf("<link>h</link><dc:date>1970-01-01T00:00:03</dc:date>"), Some("h"), Some(3000)),
            ("<articles><link>h</link></articles>".to_owned(), None, None),
            (String::new(), None, None),
        ] {
            assert_eq!(feed(&xml), identity.map(|identity| Feed { key: key(identity), built }), "{xml}");
        }
    }
}
