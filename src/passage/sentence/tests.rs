use super::*;

#[test]
fn sentences_end_where_a_reader_ends_them() {
    // `|` marks the expected bounds
    for (language, row) in [
        ("en", "He left. |She stayed."),
        ("en", "Mr. Brown met Gen. Lee in St. Pauls. |They talked."),
        ("en", "The U.S. Senate voted. |It passed."),
        ("en", "J. R. Cole said “Stop.” |Then he sat down."),
        ("en", "It rose 2.1 percent. |“Good,” he said! |Why? |No one knew."),
        ("en", "He said \"no.\" |(She agreed.) |All went home"),
        ("en", "They came 3. |No one left."),
        ("en", "at 7 p.m. they met"),
        ("en", "会议结束了。|他们离开。"),
        ("en", "one. two. three"),
        ("en", ""),
        ("de", "Er sah z. B. Schiffe. |Dann ging er."),
        ("de", "Der 3. Offizier kam am 27. Juni. |Er blieb z. T. Tage."),
        ("de", "Es endete 3:2 im Jahr 2018. |Danach war Ruhe."),
        ("de", "Er wurde 3. |Die anderen gingen."),
        ("de", "Ludwig XIV. Herrscher war, u.a. Sammler. |„Halt.“ |Niemand ging."),
        ("de", "Rund 3 Mio. Euro kostet das, sagt Prof. Dr. Kowal. |Mehr nicht."),
        ("fr", "On voit p. ex. Paris, M. Dupont et Mme. Roy. |Puis rien."),
        ("es", "El Sr. Pérez y la Sra. Ruiz viven en EE. UU. |Él no."),
        ("es", "Ganó el no. |Perdió el sí."),
        ("ru", "Он видел, т. е. Москву, п. Южный и г. Тверь. |Потом ушёл."),
        ("ru", "Это было в 2018 г. |Потом он ушёл."),
        ("da", "Den 5. Juni kom bl.a. Hansen. |Han gik."),
        ("fi", "Hän tuli 3. Helsingistä. |Se oli ohi."),
        ("cs", "Karel IV. Lucemburský byl např. Král. |To je vše."),
        ("pl", "Jan Paweł II. Wojtyła i prof. Kowal, m.in. Nowak. |To koniec."),
        ("hu", "A 27. Június és pl. Budapest. |Ez a vég."),
        ("tr", "Prof. Dr. Kaya 3. Sırada. |Bu bitti."),
        ("pt", "O Sr. Silva e a Dra. Lima. |Eles saíram."),
        ("it", "Il dott. Rossi e la sig.ra Bianchi. |Poi basta."),
        ("nl", "Dhr. Jansen en mevr. De Vries. |Toen niets."),
        ("sv", "T.ex. Anna och dr. Berg. |Sedan inget."),
        ("el", "Ο κ. Παπαδόπουλος, π.χ. Νίκος. |Μετά τίποτα."),
        ("hi", "डॉ. शर्मा आए। |वे गए।"),
        ("ar", "هل جاء د. محمد؟ |نعم."),
        ("none", "Mr. Brown left. |He stayed."),
    ] {
        let text = row.replace('|', "");
        let language = language.parse().expect("a language");
        let got: Vec<&str> = sentences(&text, language).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got.join("|"), row);
    }
}
