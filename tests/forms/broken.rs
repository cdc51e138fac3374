use super::support::{options, read, read_with};

#[test]
fn a_broken_quote_takes_one_row_with_it() {
    let csv = "title,text,n\nOne,\"He said \"no\" to it.\nTwice.\",1\nTwo,\"The second lamp, burns.\",2\n";
    let told = read("a.csv", csv.as_bytes());
    assert_eq!(
        told.failures(),
        [
            "a.csv: line 2: a quoted cell goes on behind its closing quote: lines 2 to 3 are passed over; double the quotes inside of cells, or close the one that is open"
        ]
    );
    assert_eq!(told.made().len(), 1);
    assert_eq!(told.records[1].0, 2);
    let open = format!("title,text\n\"One,{}\nTwo,\"The second lamp burns.\"\n", "x".repeat(3000));
    let told = read_with("b.csv", open.as_bytes(), open.as_bytes(), &options(1000, &[]));
    assert_eq!(told.made().len(), 1, "{}", told.text());
    assert_eq!(told.failures().len(), 1);
    assert!(told.failures()[0].starts_with("b.csv: line 2: a quoted cell"), "{}", told.text());
}

#[test]
fn the_rest_of_a_row_that_a_line_break_cut_is_no_article() {
    let like = "like no row, by id, date or address: the row before may be cut at its line break; quote cells that hold a line break";
    let head = "id,outlet,date,headline,body";
    let row = |n: u32, body: &str| format!("{n},The Post,2018-06-0{n},Head {n},{body}");
    // what the file holds, rows that are read, and what is told
    for (rows, made, failures) in [
        (
            vec![row(1, "Text that"), "goes on, in a line, of, five, fields".to_owned(), row(3, "\"Third.\"")],
            2,
            vec![format!("line 3: the line looks {like}")],
        ),
        (
            vec![
                row(1, "Text"),
                row(2, "that"),
                "is, it, and, so, it".to_owned(),
                "goes on".to_owned(),
                row(3, "Third."),
            ],
            3,
            vec![format!("line 4: lines 4 to 5 look {like}")],
        ),
        (vec![row(1, "\"Text.\""), "x,The Post,undated,Head,Text".to_owned(), row(3, "Third.")], 3, vec![]),
        (vec![row(1, "Text."), "b2,The Post,,Head,Text".to_owned(), row(3, "Third.")], 3, vec![]),
    ] {
        for end in ["\n", "\r\n"] {
            let csv = [head.to_owned()].into_iter().chain(rows.clone()).collect::<Vec<_>>().join(end) + end;
            let told = read("a.csv", csv.as_bytes());
            assert_eq!(told.made().len(), made, "{}", told.text());
            assert_eq!(told.failures(), failures.iter().map(|f| format!("a.csv: {f}")).collect::<Vec<_>>(), "{csv}");
        }
    }
}

#[test]
fn uneven_rows_are_told_with_their_line() {
    let csv = "title,text,author,note\nOne,\"The first\nlamp burns.\"\nTwo,The second, lamp,burns,brightly\nThree\n\nFour,The fourth lamp burns.,,,,\n";
    let told = read("a.csv", csv.as_bytes());
    assert_eq!(
        told.failures(),
        [
            "a.csv: line 4: the row has 5 cells, the header 4; quote cells that hold the delimiter or a line end, or remove the row",
            "a.csv: line 5: the row has 1 cells, the header 4; quote cells that hold the delimiter or a line end, or remove the row",
        ]
    );
    assert!(
        told.made()[0].contains("the row has 2 cells, the header 4: the last ones are taken as empty"),
        "{}",
        told.text()
    );
    assert_eq!(told.made().len(), 2);
}

#[test]
fn a_file_of_xml_that_ends_too_early_says_so() {
    let item = "<item><title>One</title><description>The first lamp burns.</description></item>";
    for (xml, made, failure) in [
        (
            format!("<rss><channel>{item}\n<item><title>Two"),
            1,
            "a.rss: line 2: the file ends inside the article that begins here; ",
        ),
        (format!("<rss><channel>{item}\n{item}\n"), 2, "a.rss: line 3: the file ends before its first element does"),
        (
            format!("<rss>{item}\n<item><link/></item></rss>"),
            1,
            "a.rss: line 2: neither a headline nor a text in the article; ",
        ),
    ] {
        let told = read("a.rss", xml.as_bytes());
        assert_eq!(told.made().len(), made, "{}", told.text());
        assert!(told.failures()[0].starts_with(failure), "{}", told.text());
    }
}

#[test]
fn what_holds_no_article_is_refused() {
    for (name, bytes, why) in [
        ("a.csv", &b"title,text\n"[..], ""),
        ("a.jpg", b"\xFF\xD8\xFF\xE0", "a.jpg: no text: it seems to be a JPEG picture; leave it out"),
        ("a.pdf.gz", &super::support::gzip(b"%PDF-1.7"), "a.pdf.gz: no text: it seems to be a PDF file"),
        ("a.xz", b"\xFD7zXZ\0abc", "a.xz: truncated xz; fetch the file again, or compress it anew"),
    ] {
        let told = read_with(name, bytes, bytes, &options(1000, &[]));
        assert!(told.records.is_empty() && told.refused.as_deref().unwrap_or("").starts_with(why), "{}", told.text());
    }
}

#[test]
fn an_open_quote_is_told_as_what_it_is() {
    let long = format!("title,text\nOne,\"It goes on\n{}", "and on ".repeat(300_000));
    // rows; the longest record; what is told of the second line
    for (csv, longest, what) in [
        ("title,text\nOne,\"It goes on\n", 64_000_000, "a quoted cell is not closed before the file ends; close it"),
        (
            &long,
            1000,
            "a quoted cell is not closed within 1000 bytes: lines 2 to 3 are passed over; close it, or raise the limit",
        ),
    ] {
        let told = read_with("a.csv", csv.as_bytes(), csv.as_bytes(), &options(longest, &[]));
        assert!(told.failures()[0].starts_with(&format!("a.csv: line 2: {what}")), "{}", told.text());
    }
}
