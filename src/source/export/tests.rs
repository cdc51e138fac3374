use std::io::Cursor;
use std::path::Path;

use crate::source::{Chunks, Form, Given, ReadOptions};

/// Headline, outlet, date, byline, section, page, id, standfirst, first and last words of the text; and the line that the text begins on.
type Told = (String, u32);

fn told(text: &[u8]) -> Vec<Told> {
    let reader = Box::new(Cursor::new(text.to_vec()));
    let chunks = Chunks::from_reader(Path::new("a"), reader, &ReadOptions::default()).expect("a file");
    let mut all = Vec::new();
    for chunk in chunks {
        let chunk = chunk.expect("a chunk");
        for record in chunk.records() {
            let record = record.unwrap_or_else(|e| panic!("{e}"));
            check_way_back(text, &record);
            let given = &record.given;
            let or = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
            let (lead, body) = record.text.split_at(given.standfirst);
            let ends = |text: &str| {
                let words: Vec<&str> = text.split_whitespace().collect();
                match &words[..] {
                    [] => "-".to_owned(),
                    [first, .., last] => format!("{first} … {last}"),
                    [one] => (*one).to_owned(),
                }
            };
            let Given { headline, outlet, date, byline, section, page, id, .. } = given;
            let mut fields = [headline, outlet, date, byline, section, page, id].map(or).to_vec();
            fields.extend([ends(lead), ends(body)]);
            all.push((fields.join(" | "), record.first_line));
        }
    }
    all
}

/// Every word of a record's text stands in the file where the way back leads.
fn check_way_back(file: &[u8], record: &crate::source::RawRecord<'_>) {
    for word in record.text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3) {
        let at = word.as_ptr() as usize - record.text.as_ptr() as usize;
        let span = crate::article::Span::new(at, at + word.len());
        // articles of pages cite the line that they begin on, and no bytes
        let Some(found) = record.map.spans(&[span]) else {
            assert!(file.starts_with(b"<"), "a text leads back");
            continue;
        };
        assert_eq!(&file[found[0].range()], word.as_bytes());
    }
}

const NEXIS: &str = "\n\nDownload Request: Selected Items: 1-2\nTerms: (ferry)\n\n
                        1 of 2 DOCUMENTS\n\n
                       The Tamsin Post\n\n                    March 3, 2014 Monday\n                       Late Edition\n
Ferry stays in port until\nthe ice breaks\n\nBYLINE: BY ANNA KOWAL\nSECTION: NEWS; Pg. 3\n\nLENGTH: 40 words\n
HIGHLIGHT: Passengers wait\nfor warmer days\n\n
The last ferry will stay in port until the ice in the strait\nbreaks, the harbour office said.\n\nNOTE: it is not the first time.\n
LOAD-DATE: March 4, 2014\n\nLANGUAGE: ENGLISH\n\n                    Copyright 2014 Tamsin Media\n                         All Rights Reserved\n
                        2 of 2 DOCUMENTS\n\n
                      Kell Courier\n\n                     March 5, 2014\n
LENGTH: 9 words\n\nThe quay fell at noon.\n";

const PROQUEST: &str = "____________________________________________________________\n\nReport Information from ProQuest\nJune 01 2019 10:00\n
____________________________________________________________\n\nDocumento 1 de 2\n\nFerry stays in port\n\nAutor: Kowal, Anna; Reid, Tom.\n
Resumen: Passengers wait.\n\nTexto completo: The last ferry will stay.\n\nIt was cold, he said: very cold.\n\nTítulo de publicación: The Tamsin Post\n
Fecha de publicación: Mar 3, 2014\n\n____________________________________________________________\n\nDocumento 2 de 2\n\nQuay falls\n
Resumen: It fell at noon.\n\nTítulo de publicación: Kell Courier\n\nFecha de publicación: 2014\n
____________________________________________________________\n\nContact ProQuest\n";

const FACTIVA: &str = "SE  News\nHD  Ferry stays in\n    port\nBY  By Anna Kowal\nWC  40 words\nPD  3 March 2014\nET  09:30\nSN  The Tamsin Post\n
LP\nThe last ferry will stay.\n\nTD\nIt was cold.\n\nAND so it is, he said.\n\nNS  gcat : General\nAN  Document TAMSIN0020140303ea33000x1\n\n
HD  Quay falls\nPD  5 March 2014\nSN  Kell Courier\nLP  The quay fell.\nAN  Document KELL00020140305ea35000x2\n\nSearch Summary\nText   ferry\n";

const SHOWN: &str = "Local\nFerry stays in port\n\nAnna Kowal\n40 words\n3 March 2014\n09:30\nThe Tamsin Post\nTAMSIN\nEnglish\n(c) 2014 Tamsin Media\n
The last ferry will stay.\n\nIt was cold.\n\nDocument TAMSIN0020140303ea33000x1\n\nQuay falls\n\n9 words\n5 March 2014\nKell Courier\n
The quay fell at noon.\n\nDocument KELL0020140305ea35000x2\n\nSearch Summary\n";

#[test]
fn articles_of_an_export_are_records_with_their_fields() {
    let rows: [(&str, &[(&str, u32)]); 4] = [
        (
            NEXIS,
            &[
                (
                    "Ferry stays in port until the ice breaks | The Tamsin Post | March 3, 2014 | BY ANNA KOWAL | NEWS | 3 | - | Passengers … days | The … time.",
                    23,
                ),
                ("- | Kell Courier | March 5, 2014 | - | - | - | - | - | The … noon.", 48),
            ],
        ),
        (
            PROQUEST,
            &[
                (
                    "Ferry stays in port | The Tamsin Post | Mar 3, 2014 | Anna Kowal, Tom Reid | - | - | - | - | The … cold.",
                    16,
                ),
                ("Quay falls | Kell Courier | 2014 | - | - | - | - | - | It … noon.", 30),
            ],
        ),
        (
            FACTIVA,
            &[
                (
                    "Ferry stays in port | The Tamsin Post | 3 March 2014 | By Anna Kowal | News | - | TAMSIN0020140303ea33000x1 | - | The … said.",
                    11,
                ),
                (
                    "Quay falls | Kell Courier | 5 March 2014 | - | - | - | KELL00020140305ea35000x2 | - | The … fell.",
                    25,
                ),
            ],
        ),
        (
            SHOWN,
            &[
                (
                    "Ferry stays in port | The Tamsin Post | 3 March 2014 | Anna Kowal | Local | - | TAMSIN0020140303ea33000x1 | - | The … cold.",
                    13,
                ),
                (
                    "Quay falls | Kell Courier | 5 March 2014 | - | - | - | KELL0020140305ea35000x2 | - | The … noon.",
                    25,
                ),
            ],
        ),
    ];
    for (text, wanted) in rows {
        let wanted: Vec<Told> = wanted.iter().map(|(said, line)| ((*said).to_owned(), *line)).collect();
        assert_eq!(told(text.as_bytes()), wanted);
        let windows: Vec<u8> = text.replace('\n', "\r\n").into_bytes();
        assert_eq!(told(&windows), wanted, "with carriage returns");
    }
    // in another character set
    let latin: Vec<u8> = NEXIS.replace("Kell Courier", "Kéll Courier").chars().map(|c| c as u8).collect();
    assert!(told(&latin)[1].0.contains("Kéll Courier"), "{:?}", told(&latin));
}

const NEXIS_PAGE: &str = "<HTML><HEAD><STYLE>.c1 { text-align: center; }</STYLE></HEAD>\n<BODY><P><SPAN>Download Request: 1-2<BR>Terms: x</SPAN></P>\n
<A NAME=\"DOC_ID_0_0\"></A><!-- <DOC NUMBER=1> -->\n<DIV CLASS=c0><P CLASS=c1><SPAN>1 of 2 DOCUMENTS</SPAN></P></DIV>\n<DIV><P><SPAN>The Tamsin Post</SPAN></P></DIV>
<DIV><P><SPAN CLASS=c4>March</SPAN><SPAN> 3, 2014, Monday<BR>Late Edition</SPAN></P></DIV>\n<DIV><P><SPAN>Ferry stays in port</SPAN></P></DIV>
<DIV><P><SPAN>BYLINE: </SPAN><SPAN>By ANNA KOWAL</SPAN></P></DIV>\n<DIV><P><SPAN>HIGHLIGHT: </SPAN><SPAN>Passengers wait</SPAN></P></DIV>
<DIV><P CLASS=c9><SPAN>The last ferry &amp; the first will stay.</SPAN></P>\n<P><SPAN>It was </SPAN><SPAN CLASS=c4>cold</SPAN><SPAN>.</SPAN></P></DIV>
<DIV><P><SPAN>LOAD-DATE: </SPAN><SPAN>March 4, 2014</SPAN></P></DIV>\n<DIV><P><SPAN>Copyright 2014 Tamsin Media</SPAN></P></DIV>\n
<A NAME=\"DOC_ID_0_1\"></A><DIV><P><SPAN>2 of 2 DOCUMENTS</SPAN></P></DIV>\n<DIV><P>Kell Courier</P></DIV><DIV><P>5 mars 2014 mercredi</P></DIV>
<DIV><P>LONGUEUR: 9 mots</P></DIV><DIV><P>The quay fell at noon.</P></DIV></BODY></HTML>\n";

const FACTIVA_PAGE: &str = "<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>\n<div id=\"article-T\" class=article><div>Foreign Desk; 1</div>
<div id=hd><span class=enHeadline>Ferry stays in port </span></div><div class=author>By ANNA KOWAL</div><div>Special to the paper</div>
<div>877 W\u{fffd}rter</div><div>9 Januar 1993</div><div>09:30</div><div>The Tamsin Post</div><div>TAM</div><div>Englisch</div><div>Copyright 1993 Tamsin</div>
<p class=articleParagraph>The last ferry will stay.</p>\n<p class=articleParagraph>It was cold.</p><div>Tamsin Media</div><p>Dokument TAM0000020050408dp1900j9s</p></div></body></html>\n";

const FACTIVA_TABLE: &str = "<html><title>Factiva</title><body><table><tr><td><b>HD</b></td><td>Ferry stays in port</td></tr><tr><td>WC</td><td>9</td></tr>
<tr><td>PD</td><td>29 d\u{e9}cembre 2011</td></tr><tr><td>SN</td><td>The Tamsin Post</td></tr><tr><td>LP</td><td><p>The last ferry will stay.</p></td></tr>
<tr><td>TD</td><td><p>It was cold.</p></td></tr><tr><td>AN</td><td>Document TAM0000020111229e7ct00001</td></tr></table><p>\u{a9} 2011 Factiva, Inc.</p></body></html>\n";

const EUROPRESSE: &str = "<html><body><table><tr><td><span class=DocPublicationName>Magazine Tamsin, no. 59</span><br><span class=DocHeader>\u{c9}ditorial, </span><span class=DocHeader>jeudi </span><span class=DocHeader>4 octobre 2012</span><span class=DocHeader>, p. 03</span>
<br><br>Kicker<br><span class=TitreArticleVisu>Ferry stays in port</span><br><br>Anna Kowal<br><p></p>The last ferry will stay.<p></p>It was cold.<p></p><b>\u{a9} 2012 Tamsin. Tous droits r\u{e9}serv\u{e9}s.</b>
<p></p>Num\u{e9}ro de document : news\u{b7}20121004\u{b7}TA\u{b7}59<table><tr><td>Date d'\u{e9}mission : <b>2012-10-05</b></td></tr></table></td></tr></table></body></html>\n";

#[test]
fn pages_of_databases_are_their_articles() {
    let rows: [(&str, &[&str]); 4] = [
        (
            NEXIS_PAGE,
            &[
                "Ferry stays in port | The Tamsin Post | March 3, 2014 | By ANNA KOWAL | - | - | - | Passengers … wait | The … cold.",
                "- | Kell Courier | 5 mars 2014 | - | - | - | - | - | The … noon.",
            ],
        ),
        (
            FACTIVA_PAGE,
            &[
                "Ferry stays in port | The Tamsin Post | 9 Januar 1993 | By ANNA KOWAL | Foreign Desk; 1 | - | TAM0000020050408dp1900j9s | - | The … cold.",
            ],
        ),
        (
            FACTIVA_TABLE,
            &[
                "Ferry stays in port | The Tamsin Post | 29 décembre 2011 | - | - | - | TAM0000020111229e7ct00001 | - | The … cold.",
            ],
        ),
        (
            EUROPRESSE,
            &[
                "Ferry stays in port | Magazine Tamsin | jeudi 4 octobre 2012 | Anna Kowal | Éditorial | 03 | news·20121004·TA·59 | - | The … cold.",
            ],
        ),
    ];
    for (page, wanted) in rows {
        let found: Vec<String> = told(page.as_bytes()).into_iter().map(|(said, _)| said).collect();
        assert_eq!(found, wanted);
    }
    let page = "<html><body><h1>Factiva</h1><p>A page about Factiva, DOC_ID_1 and 1 of 2 documents.</p></body></html>";
    assert_eq!(told(page.as_bytes())[0].0, "- | - | - | - | - | - | - | - | Factiva … documents.");
}

#[test]
fn a_long_export_is_read_as_a_short_one() {
    let article = |n: usize| {
        NEXIS[NEXIS.find("\n                        2 of").expect("the second")..]
            .replace("2 of 2", &format!("{n} of 9000"))
            .replace("at noon", &format!("at noon, {n} said{}", " so".repeat(100)))
    };
    let text: String = std::iter::once("A cover\n\n".to_owned()).chain((1..=9000).map(article)).collect();
    assert!(text.len() > 3 << 20);
    let all = told(text.as_bytes());
    assert_eq!(all.len(), 9000);
    let lines: Vec<&str> = text.lines().collect();
    for (_, line) in &all {
        assert!(lines[*line as usize - 1].starts_with("The quay fell at noon"), "line {line}");
    }
}

#[test]
fn what_is_no_export_is_one_text() {
    for text in [
        "Report on files\n\nThe court read 1 of 3 documents.\n\nSECTION: it was long.\n",
        "A headline\n\n1 of 3 documents\n\nA text about papers that goes on.\n",
        "Document 1 of 2\n\nA text.\n\n____________________________________________\n\nAnother text. Author: nobody.\n",
        "HD is a code\n\nBY the way, it is. SN  too.\n",
        "It has 40 words\n\n40 words\n\nDocument ABC\n",
    ] {
        let reader = Box::new(Cursor::new(text.as_bytes().to_vec()));
        let chunks = Chunks::from_reader(Path::new("a.txt"), reader, &ReadOptions::default()).expect("a file");
        assert_eq!(chunks.form(), Form::Text, "{text}");
    }
}
