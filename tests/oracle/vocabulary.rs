//! Small vocabularies of several languages: what a reader of each takes for forms of one word.

use dateline::analysis::Language;

/// The words of a language.
pub struct Vocabulary {
    pub language: Language,
    /// Words; those on one line have one stem, folded or not.
    pub words: &'static [&'static [&'static str]],
}

/// The vocabularies. No word is in capitals and no form is a name beside others that are none: of these not all forms are meant.
pub const VOCABULARIES: &[Vocabulary] = &[
    Vocabulary {
        language: Language::English,
        words: &[
            &["venue", "venues", "Venue"],
            &["summit", "summits", "Summit"],
            &["talk", "talks", "talked", "talking"],
            &["Polish", "polish", "polished"],
            &["Helsinki", "Helsinky"],
            &["São"],
            &["Zürich", "Zurich"],
            &["sanction", "sanctions", "sanctioned"],
            &["sandal"],
            &["minister", "ministers"],
            &["border", "borders"],
            &["harbour"],
            &["winter-lamp", "winter-lamps"],
            &["lamp", "lamps"],
            &["damp"],
        ],
    },
    Vocabulary {
        language: Language::German,
        words: &[
            &["Haus", "Häuser", "Häusern", "Hauses"],
            &["Straße", "Straßen", "Strasse", "Strassen"],
            &["Köln", "Koln", "köln"],
            &["Wahl", "Wahlen"],
            &["Wald"],
            &["Hafen"],
            &["Minister", "Ministers", "Ministern"],
            &["Sitzung", "Sitzungen"],
            &["Hafen-Straße"],
        ],
    },
    Vocabulary {
        language: Language::Finnish,
        words: &[
            &["kylä", "kylän", "kylässä", "kylät", "Kylä"],
            &["talo", "talot", "talon", "talossa", "taloissa"],
            &["presidentti", "presidentin", "presidenttiä"],
            &["Helsinki"],
            &["Helsingissä"],
            &["satama", "sataman"],
            &["tali"],
        ],
    },
    Vocabulary {
        language: Language::Russian,
        words: &[
            &["санкция", "санкции", "санкций", "санкциями", "Санкции"],
            &["тёмный", "темный", "тёмного"],
            &["самолёт", "самолеты", "самолёта"],
            &["Хельсинки"],
            &["война", "войны"],
            &["министр", "министра", "министры"],
            &["война-министр"],
        ],
    },
    Vocabulary {
        language: Language::Arabic,
        words: &[
            &["رئيس", "الرئيس", "رئيسا"],
            &["مُعَلِّم", "معلم", "المعلم"],
            &["حكومة"],
            &["والحكومة"],
            &["هلسنكي"],
            &["قمة"],
        ],
    },
    Vocabulary {
        language: Language::None,
        words: &[
            &["东京"],
            &["东京塔"],
            &["京都"],
            &["会议"],
            &["会"],
            &["塔"],
            &["都会议"],
            &["Łódź", "lodz", "Lodz"],
            &["venue"],
            &["venues"],
        ],
    },
];

/// Outlets and agencies: `talk` and `talks` are two words in a name. An agency of a credit line must be one that is known.
pub const OUTLETS: &[&str] = &[
    "Radio Meridian",
    "Meridian Radio",
    "Polish Radio",
    "The Lantern Post",
    "Evening Post",
    "Tagesspiegel Köln",
    "Border Talk",
    "Talks Daily",
    "BBC",
];
pub const BYLINES: &[&str] = &["Ada Okafor", "Lena Marten", "Martin Okafor", "Jürgen Zürn"];
pub const CREDITS: &[&str] =
    &["Reuters", "AFP", "TASS", "Interfax", "Associated Press", "Press Association", "Kyodo News"];

impl Vocabulary {
    /// What a folded word's forms have in common.
    pub fn stem(&self, folded: &str) -> Option<usize> {
        self.words.iter().position(|forms| forms.iter().any(|form| fold(form) == folded))
    }
}

/// Small letters without accents, as far as the vocabularies have any.
pub fn fold(word: &str) -> String {
    let mut folded = String::new();
    for c in word.to_lowercase().chars() {
        match c {
            'ã' | 'ä' => folded.push('a'),
            'ö' | 'ó' => folded.push('o'),
            'ü' => folded.push('u'),
            'ź' => folded.push('z'),
            'ł' => folded.push('l'),
            'ß' => folded.push_str("ss"),
            'ё' => folded.push('е'),
            c => folded.push(c),
        }
    }
    folded
}

/// Whether a character is a word by itself.
pub fn is_alone(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
