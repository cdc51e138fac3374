use super::support::read;

/// A headline and a paragraph for each character set, in our own words, as a local paper might have them.
const TABLE: &[(&str, &str)] = &[
    (
        "windows-1250",
        "Přístav zůstane přes zimu otevřený\n\nPřístav zůstane otevřený i přes zimu, řekl v pondělí kapitán; loď se solí dorazila o tři týdny později, než se čekalo.",
    ),
    (
        "iso-8859-2",
        "Port pozostanie otwarty przez zimę\n\nPort pozostanie otwarty przez całą zimę, powiedział w poniedziałek kapitan; statek z solą przypłynął trzy tygodnie później, niż się spodziewano.",
    ),
    (
        "windows-1251",
        "Порт останется открытым всю зиму\n\nПорт останется открытым всю зиму, сказал в понедельник капитан; судно с солью пришло на три недели позже, чем его ждали.",
    ),
    (
        "koi8-r",
        "Порт останется открытым всю зиму\n\nПорт останется открытым всю зиму, сказал в понедельник капитан; судно с солью пришло на три недели позже, чем его ждали.",
    ),
    (
        "iso-8859-5",
        "Порт останется открытым всю зиму\n\nПорт останется открытым всю зиму, сказал в понедельник капитан; судно с солью пришло на три недели позже, чем его ждали.",
    ),
    (
        "windows-1252",
        "Le port restera ouvert tout l’hiver\n\nLe port restera ouvert tout l’hiver, a déclaré lundi le capitaine – le navire chargé de sel est arrivé trois semaines plus tard que prévu.",
    ),
    (
        "windows-1253",
        "Το λιμάνι θα μείνει ανοιχτό τον χειμώνα\n\nΤο λιμάνι θα μείνει ανοιχτό όλο τον χειμώνα, είπε τη Δευτέρα ο καπετάνιος· το πλοίο με το αλάτι έφτασε τρεις εβδομάδες αργότερα.",
    ),
    (
        "windows-1254",
        "Liman kış boyunca açık kalacak\n\nLiman kış boyunca açık kalacak, dedi kaptan pazartesi günü; tuz yüklü gemi beklenenden üç hafta sonra, akşamüstü yanaştı.",
    ),
    (
        "windows-1255",
        "הנמל יישאר פתוח כל החורף\n\nהנמל יישאר פתוח כל החורף, אמר רב החובל ביום שני; האונייה עם המלח הגיעה שלושה שבועות מאוחר מן הצפוי.",
    ),
    (
        "windows-1256",
        "الميناء يبقى مفتوحا طوال الشتاء\n\nقال القبطان يوم الاثنين إن الميناء سيبقى مفتوحا طوال الشتاء، وقد وصلت السفينة المحملة بالملح متأخرة ثلاثة أسابيع.",
    ),
    (
        "shift_jis",
        "港は冬の間も開いている\n\n港は冬の間も開いていると、船長は月曜日に語った。塩を積んだ船は予定より三週間遅れて到着した。",
    ),
    (
        "euc-jp",
        "港は冬の間も開いている\n\n港は冬の間も開いていると、船長は月曜日に語った。塩を積んだ船は予定より三週間遅れて到着した。",
    ),
    ("gbk", "港口整个冬天都将开放\n\n船长星期一说，港口整个冬天都将开放；运盐的船比预定时间晚了三个星期才到达码头。"),
    ("big5", "港口整個冬天都將開放\n\n船長星期一說，港口整個冬天都將開放；運鹽的船比預定時間晚了三個星期才到達碼頭。"),
    (
        "euc-kr",
        "항구는 겨울 내내 열려 있을 것이다\n\n선장은 월요일에 항구가 겨울 내내 열려 있을 것이라고 말했다. 소금을 실은 배는 예정보다 삼 주 늦게 도착했다.",
    ),
];

fn encode(label: &str, text: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a known label");
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{label} cannot spell its sample");
    bytes.into_owned()
}

fn paragraph(text: &str) -> &str {
    text.split("\n\n").nth(1).expect("a paragraph")
}

#[test]
fn a_paragraph_in_any_character_set_is_told_and_decoded() {
    let mut wrong = Vec::new();
    for (label, text) in TABLE {
        let told = read("a.txt", &encode(label, text)).text();
        if !told.contains(paragraph(text)) {
            wrong.push(format!("{label}: {told}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn utf16_is_told_with_and_without_a_mark() {
    for (_, text) in TABLE {
        let le: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [&le[..], &be, &le[2..], &be[2..]] {
            // Chinese and Japanese have no spaces, and so few signs of UTF-16 without a mark
            if bytes[0] < 0xFE && !text.split("\n\n").all(|part| part.contains(' ')) {
                continue;
            }
            let told = read("a.txt", bytes).text();
            assert!(told.contains(paragraph(text)), "{told}");
        }
    }
}

#[test]
fn what_a_file_says_of_its_character_set_is_honoured() {
    for (label, text) in TABLE {
        let short: String = paragraph(text).chars().take(12).collect();
        let xml = format!("<?xml version=\"1.0\" encoding=\"{label}\"?><rss><item><title>{short}</title></item></rss>");
        let told = read("a.rss", &encode(label, &xml)).text();
        assert!(told.contains(short.trim()), "{label} in an XML prolog: {told}");
        let mail = format!(
            "From: a@b.example\nSubject: x\nDate: Tue, 05 Mar 2019 09:12:00 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset={label}\n\n{short}\n"
        );
        let told = read("a.eml", &encode(label, &mail)).text();
        assert!(told.contains(short.trim()), "{label} in a MIME header: {told}");
        let csv = format!("title,text\n{short},{}\n", paragraph(text).replace(',', ";"));
        let told = read("a.csv", &encode(label, &csv)).text();
        assert!(told.contains(short.trim()), "{label} in a CSV file: {told}");
    }
}

#[test]
fn what_cannot_be_told_is_said() {
    let told =
        read("a.txt", &encode("windows-1251", "Порт\n\nThe harbour stays open all winter, said the captain.")).text();
    assert!(told.contains("character set guessed from a few bytes"), "{told}");
    let told = read("a.txt", b"Caf\xC3\xA9 and na\xC3\xAFve \xFF\n\nThe harbour stays open.").text();
    assert!(told.contains("1 malformed character in utf-8, shown as U+FFFD"), "{told}");
}
