//! Mail of several parts, whole and cut off, and mail within mail.

use super::support::read;

const HEADER: &str = "From: A <a@b.example>\nDate: Wed, 27 Jun 2018 14:05:00 +0000\nMIME-Version: 1.0\n";
const TEXT: &str = "The ferry sank off the cape on Monday.";
const CUT: &str = "the message ends before its parts do: it may be cut off";
const LEFT_OUT: &str = "no text is found in its body, which is left out";

const PICTURE: &str = "--bb\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--bb--\n";

/// A mail with that subject (none where it is empty), and what follows its header.
fn mail(subject: &str, rest: &str) -> String {
    let subject = if subject.is_empty() { String::new() } else { format!("Subject: {subject}\n") };
    format!("{HEADER}{subject}{rest}")
}

fn multipart(kind: &str, boundary: &str, rest: &str) -> String {
    format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\n\n{rest}")
}

/// Mails of which the text is [`TEXT`], or which have none; and what is told of them.
fn rows() -> Vec<(&'static str, String, bool, Vec<&'static str>)> {
    let plain = format!("--bb\nContent-Type: text/plain\n\n{TEXT}\n");
    let inner = format!("--in\n\n{TEXT}\n");
    let page = format!("--in\nContent-Type: text/html\n\n<p>{TEXT}</p>\n");
    let coded = "--bb\nContent-Transfer-Encoding: quoted-printable\n\nThe ferry sank off the cape=\n on Monday.";
    let base64 = "--bb\nContent-Transfer-Encoding: base64\n\nVGhlIGZlcnJ5IHNhbmsgb2ZmIHRoZSBjYXBlIG9uIE1vbmRheS4=";
    let whole = mail("Lamps", &multipart("mixed", "bb", &format!("{plain}--bb--\n")));
    let open = |rest: &str| mail("Lamps", &multipart("mixed", "bb", rest));
    let nested = |kind: &str, rest: &str| open(&format!("--bb\n{}", multipart(kind, "in", rest)));
    let within = |rest: &str| format!("Content-Type: message/rfc822\n\n{rest}");
    let bare = mail("", &format!("\n{TEXT}\n"));
    let two = mail("", &multipart("digest", "bb", &format!("--bb\n\n{whole}--bb\n\n{whole}")));
    vec![
        ("whole", whole.clone(), true, vec![]),
        ("cut off", open(&plain), true, vec![CUT]),
        ("cut off, CR LF", open(&plain).replace('\n', "\r\n"), true, vec![CUT]),
        ("cut off, quoted-printable", open(coded), true, vec![CUT]),
        ("cut off, base64", open(base64), true, vec![CUT]),
        ("cut off behind a header", open("--bb\nContent-Type: text/plain"), false, vec![CUT]),
        ("both left open", nested("mixed", &inner), true, vec![CUT]),
        ("a page, both left open", nested("alternative", &page), true, vec![CUT]),
        ("the inner one left open", nested("related", &format!("{inner}--bb\n\nA second.\n--bb--\n")), true, {
            vec!["only the first of 2 parts of text is read", CUT]
        }),
        ("the outer one left open", nested("mixed", &format!("{inner}--in--\n")), true, vec![CUT]),
        ("no part begins", open(&format!("{TEXT}\n")), true, vec![]),
        ("a mail within", mail("", &within(&whole)), true, vec![]),
        ("a mail within, left open", mail("Fwd", &within(&open(&plain))), true, vec![CUT]),
        ("a mail within a mail within", mail("", &within(&mail("", &within(&whole)))), true, vec![]),
        ("a subject of the outer one", mail("Lamps", &within(&bare)), true, vec![]),
        ("a part that is a mail", open(&format!("--bb\n{}\n--bb--\n", within(&bare))), true, vec![]),
        ("a digest", two, true, vec!["only the first of 2 messages within it is read", CUT]),
        ("a picture", open(PICTURE), false, vec![LEFT_OUT]),
        ("no body", mail("Lamps", "\n"), false, vec![]),
    ]
}

#[test]
fn the_text_of_a_mail_is_read_though_it_is_cut_off_or_within_another() {
    for (what, mail, has_text, warnings) in rows() {
        let date = "headline  Lamps\ndate      2018-06-27T14:05:00+00:00\n";
        // in base64 the text begins where its characters do
        let begins = mail.find("The ferry").or_else(|| mail.find("VGhl")).unwrap_or(0);
        let line = 1 + mail[..begins].matches('\n').count();
        let told: String = warnings.iter().map(|warning| format!("warning   {warning}\n")).collect();
        let expected = |line: usize| match has_text {
            true => format!("{date}line {line:<4} {TEXT}\n{told}"),
            false => format!("{date}{told}"),
        };
        assert_eq!(read("a.eml", mail.as_bytes()).made(), [expected(line)], "{what}");
        let mailbox = format!("From a\n{mail}\n\nFrom b\n{}\n", self::mail("Second", "\nAnother."));
        let told = read("a.mbox", mailbox.as_bytes());
        assert_eq!((told.made().len(), told.made()[0]), (2, &*expected(line + 1)), "{what}");
    }
}

#[test]
fn a_mail_of_which_nothing_can_be_read_is_told() {
    for (rest, failure) in [
        (multipart("mixed", "bb", PICTURE), Some("no subject, and no text is found in its body")),
        (format!("Content-Type: application/pdf\n\n{TEXT}"), Some("no subject, and no text is found in its body")),
        ("\n".to_owned(), Some("a message with neither a subject nor a text")),
        (format!("\n{TEXT}\n"), None),
    ] {
        let told = read("a.eml", mail("", &rest).as_bytes());
        let expected = failure.map(|what| format!("a.eml: line 1: {what}"));
        let failed = told.failures().first().map(|failure| failure.split(';').next().unwrap_or("").to_owned());
        assert_eq!(failed, expected, "{}", told.text());
    }
}

#[test]
fn a_body_that_cannot_be_decoded_is_told() {
    let of = |encoding: &str, body: &str| mail("Lamps", &format!("Content-Transfer-Encoding: {encoding}\n\n{body}\n"));
    for (encoding, body, text, is_told) in [
        ("base64", "SGVsbG8gdGhlcmUu", "Hello there.", false),
        ("base64", "SGVsbG8gdGhl!!!!cmUg", "SGVsbG8gdGhl!!!!cmUg", true),
        ("BASE64", "Hello there, all of you.", "Hello there, all of you.", true),
        ("quoted-printable", "Hello=20there.", "Hello there.", false),
        ("8bit", "Hello there.", "Hello there.", false),
    ] {
        let told = read("a.eml", of(encoding, body).as_bytes()).text();
        assert!(told.contains(text), "{encoding}: {told}");
        assert_eq!(told.contains(": it is not decoded, and shown as it stands"), is_told, "{encoding} {body}: {told}");
    }
}
