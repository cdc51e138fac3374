//! What a file is that is no text, by its first bytes.

use memchr::{memchr, memmem};

use super::super::charset::Charset;
use crate::error::Reason;

/// Something that is no text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct Thing {
    /// What it seems to be.
    pub what: String,
    pub way_out: &'static str,
    /// As what it is passed over; none where it could hold an article.
    pub reason: Option<Reason>,
}

/// A kind of file.
struct FileSignature {
    /// Bytes that it has, and where.
    marks: &'static [(usize, &'static [u8])],
    /// Whether a text may begin so: then there are NUL bytes too.
    as_text: bool,
    name: &'static str,
    end: End,
}

/// What becomes of it.
#[derive(Clone, Copy)]
enum End {
    /// It could hold an article, and this is the way out.
    Failed(&'static str),
    /// It holds none.
    Skipped(Reason),
}

const fn at_start(mark: &'static [(usize, &'static [u8])], name: &'static str, end: End) -> FileSignature {
    FileSignature { marks: mark, as_text: false, name, end }
}

const fn as_text(mark: &'static [(usize, &'static [u8])], name: &'static str, end: End) -> FileSignature {
    FileSignature { marks: mark, as_text: true, name, end }
}

const PICTURE: End = End::Skipped(Reason::Picture);
const SOUND: End = End::Skipped(Reason::Sound);
const VIDEO: End = End::Skipped(Reason::Video);
const FONT: End = End::Skipped(Reason::Font);
const PROGRAM: End = End::Skipped(Reason::Program);
const UNPACK: End = End::Failed("unpack it first");
const OFFICE: End = End::Failed("save it as DOCX, XLSX or plain text");
const TO_UTF8: End = End::Failed("convert it to UTF-8");
const EXPORT: End = End::Failed("export its articles as JSON lines");

/// Kinds of files; the first that fits counts. Marks are those of the formats' own specifications.
#[rustfmt::skip]
const KINDS: &[FileSignature] = &[
    at_start(&[(0, b"%PDF-")], "a PDF file", End::Failed("decompress it first")),
    at_start(&[(0, b"PK\x03\x04")], "a ZIP archive", End::Failed("save it as a file whose name ends in .zip, or unpack it first")),
    at_start(&[(257, b"ustar")], "a tar archive", End::Failed("save it as a file whose name ends in .tar (.tar.gz, …), or unpack it first")),
    at_start(&[(0, b"\x1F\x8B")], "compressed with gzip", End::Failed("decompress it first with `gunzip`")),
    at_start(&[(0, b"BZh"), (4, b"\x31\x41\x59\x26\x53\x59")], "compressed with bzip2", End::Failed("decompress it first with `bunzip2`")),
    at_start(&[(0, b"\x28\xB5\x2F\xFD")], "compressed with zstd", End::Failed("decompress it first with `unzstd`")),
    at_start(&[(0, b"\xFD7zXZ\0")], "compressed with xz", End::Failed("decompress it first with `unxz`")),
    at_start(&[(0, b"7z\xBC\xAF\x27\x1C")], "a 7z archive", UNPACK),
    at_start(&[(0, b"Rar!\x1A\x07")], "a RAR archive", UNPACK),
    at_start(&[(0, COMPOUND)], "an old office document", OFFICE),
    at_start(&[(0, b"SQLite format 3\0")], "an SQLite database", EXPORT),
    at_start(&[(0, b"\0\x01\0\0Standard ")], "an Access database", EXPORT),
    at_start(&[(0, b"\xFF\xFE\0\0")], "text in UTF-32", TO_UTF8),
    at_start(&[(0, b"\0\0\xFE\xFF")], "text in UTF-32", TO_UTF8),

    at_start(&[(0, b"\x89PNG\r\n\x1A\n")], "a PNG picture", PICTURE),
    at_start(&[(0, b"\xFF\xD8\xFF")], "a JPEG picture", PICTURE),
    as_text(&[(0, b"GIF87a")], "a GIF picture", PICTURE),
    as_text(&[(0, b"GIF89a")], "a GIF picture", PICTURE),
    at_start(&[(0, b"RIFF"), (8, b"WEBP")], "a WebP picture", PICTURE),
    at_start(&[(0, b"II*\0")], "a TIFF picture", PICTURE),
    at_start(&[(0, b"MM\0*")], "a TIFF picture", PICTURE),
    at_start(&[(0, b"II+\0\x08\0\0\0")], "a TIFF picture", PICTURE),
    at_start(&[(0, b"MM\0+\0\x08\0\0")], "a TIFF picture", PICTURE),
    at_start(&[(0, b"BM"), (6, b"\0\0\0\0")], "a BMP picture", PICTURE),
    at_start(&[(0, b"\0\0\x01\0"), (5, b"\0")], "an icon", PICTURE),
    at_start(&[(0, b"\0\0\x02\0"), (5, b"\0")], "a cursor", PICTURE),
    at_start(&[(0, b"8BPS\0")], "a Photoshop picture", PICTURE),
    at_start(&[(0, b"\0\0\0\x0CjP  \r\n\x87\n")], "a JPEG 2000 picture", PICTURE),
    at_start(&[(0, b"\0\0\0\x0CJXL \r\n\x87\n")], "a JPEG XL picture", PICTURE),
    at_start(&[(0, b"\0"), (4, b"ftypheic")], "a HEIC picture", PICTURE),
    at_start(&[(0, b"\0"), (4, b"ftypheix")], "a HEIC picture", PICTURE),
    at_start(&[(0, b"\0"), (4, b"ftypmif1")], "a HEIF picture", PICTURE),
    at_start(&[(0, b"\0"), (4, b"ftypavif")], "an AVIF picture", PICTURE),

    at_start(&[(0, b"\0"), (4, b"ftypM4A ")], "an MP4 sound file", SOUND),
    at_start(&[(0, b"\0"), (4, b"ftypM4B ")], "an MP4 sound file", SOUND),
    at_start(&[(0, b"ID3\x02\0")], "an MP3 sound file", SOUND),
    at_start(&[(0, b"ID3\x03\0")], "an MP3 sound file", SOUND),
    at_start(&[(0, b"ID3\x04\0")], "an MP3 sound file", SOUND),
    as_text(&[(0, b"\xFF\xFB")], "an MP3 sound file", SOUND),
    as_text(&[(0, b"\xFF\xFA")], "an MP3 sound file", SOUND),
    as_text(&[(0, b"\xFF\xF3")], "an MP3 sound file", SOUND),
    as_text(&[(0, b"\xFF\xF2")], "an MP3 sound file", SOUND),
    as_text(&[(0, b"\xFF\xF1")], "an AAC sound file", SOUND),
    as_text(&[(0, b"\xFF\xF9")], "an AAC sound file", SOUND),
    at_start(&[(0, b"OggS\0"), (28, b"\x80theora")], "an Ogg video", VIDEO),
    at_start(&[(0, b"OggS\0")], "an Ogg sound file", SOUND),
    at_start(&[(0, b"fLaC\0")], "a FLAC sound file", SOUND),
    at_start(&[(0, b"fLaC\x80")], "a FLAC sound file", SOUND),
    at_start(&[(0, b"RIFF"), (8, b"WAVE")], "a WAV sound file", SOUND),
    at_start(&[(0, b"FORM"), (8, b"AIF")], "an AIFF sound file", SOUND),
    at_start(&[(0, b"MThd\0\0\0\x06")], "a MIDI sound file", SOUND),
    at_start(&[(0, b"#!AMR\n")], "an AMR sound file", SOUND),

    at_start(&[(0, b"RIFF"), (8, b"AVI ")], "an AVI video", VIDEO),
    at_start(&[(0, b"\0"), (4, b"ftyp")], "an MP4 or QuickTime video", VIDEO),
    at_start(&[(0, b"\0"), (4, b"moov")], "a QuickTime video", VIDEO),
    at_start(&[(0, b"\0"), (4, b"mdat")], "a QuickTime video", VIDEO),
    at_start(&[(0, b"\0"), (4, b"wide")], "a QuickTime video", VIDEO),
    at_start(&[(0, b"\x1A\x45\xDF\xA3")], "a Matroska or WebM video", VIDEO),
    at_start(&[(0, b"\0\0\x01\xBA")], "an MPEG video", VIDEO),
    at_start(&[(0, b"\0\0\x01\xB3")], "an MPEG video", VIDEO),
    as_text(&[(0, b"G"), (188, b"G"), (376, b"G")], "an MPEG video", VIDEO),
    at_start(&[(0, b"FLV\x01")], "a Flash video", VIDEO),
    at_start(&[(0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11")], "a Windows Media file", VIDEO),

    as_text(&[(0, b"wOFF")], "a WOFF font", FONT),
    as_text(&[(0, b"wOF2")], "a WOFF2 font", FONT),
    at_start(&[(0, b"\0\x01\0\0\0")], "a TrueType font", FONT),
    at_start(&[(0, b"true\0")], "a TrueType font", FONT),
    at_start(&[(0, b"ttcf\0")], "a TrueType font", FONT),
    at_start(&[(0, b"OTTO\0")], "an OpenType font", FONT),

    at_start(&[(0, b"\x7FELF")], "a program", PROGRAM),
    at_start(&[(0, b"MZ"), (62, b"\0\0")], "a Windows program", PROGRAM),
    at_start(&[(0, b"\xFE\xED\xFA\xCE")], "a macOS program", PROGRAM),
    at_start(&[(0, b"\xFE\xED\xFA\xCF")], "a macOS program", PROGRAM),
    at_start(&[(0, b"\xCE\xFA\xED\xFE")], "a macOS program", PROGRAM),
    at_start(&[(0, b"\xCF\xFA\xED\xFE")], "a macOS program", PROGRAM),
    at_start(&[(0, b"\xCA\xFE\xBA\xBE")], "a Java class or a macOS program", PROGRAM),
    at_start(&[(0, b"\0asm\x01\0\0\0")], "a WebAssembly program", PROGRAM),
    at_start(&[(0, b"dex\n03")], "an Android program", PROGRAM),
];

impl FileSignature {
    fn fits(&self, head: &[u8]) -> bool {
        let has = |(at, mark): &(usize, &[u8])| head.get(*at..).is_some_and(|rest| rest.starts_with(mark));
        self.marks.iter().all(has) && (!self.as_text || memchr(0, head).is_some())
    }
}

/// How old office documents begin, and those of today that are encrypted.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The name of the part that holds an encrypted document, as it is written there: in UTF-16.
const LOCKED_PART: [u8; 32] = *b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

const BINARY_WAY_OUT: &str = "leave it out, or save its text as a UTF-8 file";

/// A text may hold a NUL byte by a slip, one in so many bytes; what is packed holds one in 256.
const BYTES_A_NUL: usize = 512;

/// Bytes that are looked at to tell text from other things.
const HEAD: usize = 64 * 1024;

/// A file that cannot be read as text: what it seems to be, and the way out.
pub(in crate::source) fn not_text(head: &[u8]) -> Option<Thing> {
    let head = &head[..head.len().min(HEAD)];
    if head.starts_with(COMPOUND) && memmem::find(head, &LOCKED_PART).is_some() {
        let what = "no text: it seems to be an office document that opens with a password alone".to_owned();
        return Some(Thing { what, way_out: "save it without one", reason: None });
    }
    if let Some(kind) = KINDS.iter().find(|kind| kind.fits(head)) {
        let what = format!("no text: it seems to be {}", kind.name);
        return Some(match kind.end {
            End::Failed(way_out) => Thing { what, way_out, reason: None },
            End::Skipped(reason) => Thing { what, way_out: "leave it out", reason: Some(reason) },
        });
    }
    if Charset::from_mark(head).is_some() || Charset::utf16_by_nuls(head).is_some() {
        return None;
    }
    let start = head.trim_ascii_start();
    let binary = |why: &str| {
        let what = format!("no text: it {why} and seems to be a binary file");
        Some(Thing { what, way_out: BINARY_WAY_OUT, reason: None })
    };
    let nuls = memchr::memchr_iter(0, head).count();
    if nuls > head.len() / BYTES_A_NUL && !start.starts_with(b"{\"") {
        return binary("holds NUL bytes");
    }
    let controls = head.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    if controls * 20 > head.len() { binary("is full of control bytes") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head of these bytes at these places, filled up with NUL bytes.
    fn head(marks: &[(usize, &[u8])]) -> Vec<u8> {
        let mut head = vec![0; 512];
        marks.iter().for_each(|(at, mark)| head[*at..*at + mark.len()].copy_from_slice(mark));
        head
    }

    #[test]
    fn every_kind_is_told_by_its_own_marks() {
        for kind in KINDS {
            let Thing { what, reason, .. } = not_text(&head(kind.marks)).expect(kind.name);
            assert_eq!(what, format!("no text: it seems to be {}", kind.name));
            let expected = if let End::Skipped(reason) = kind.end { Some(reason) } else { None };
            assert_eq!(reason, expected, "{}", kind.name);
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let riff = |what: &[u8]| [b"RIFF\x24\x08\0\0", what, b"fmt \x10\0\0\0"].concat();
        for (head, name, reason) in [
            (b"%PDF-1.7".to_vec(), "PDF", None),
            (b"\x1F\x8B\x08".to_vec(), "gzip", None),
            (b"PK\x03\x04\x14\0\x06\0".to_vec(), "ZIP", None),
            (b"BZh91AY&SY\x8a".to_vec(), "bzip2", None),
            ([COMPOUND, &[0; 500], &LOCKED_PART].concat(), "password", None),
            (b"\0\x01\0\0Standard Jet DB\0".to_vec(), "Access", None),
            (b"a\0b\0\0c of a kind".to_vec(), "NUL", None),
            (b"\x01\x02\x03\x04abc".to_vec(), "control", None),
            (riff(b"WEBP"), "WebP", Some(Reason::Picture)),
            (riff(b"WAVE"), "WAV", Some(Reason::Sound)),
            (riff(b"AVI "), "AVI", Some(Reason::Video)),
            (riff(b"CDR9"), "NUL", None),
            (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0".to_vec(), "BMP", Some(Reason::Picture)),
            (b"\0\0\x01\0\x02\0\x10\x10".to_vec(), "icon", Some(Reason::Picture)),
            (b"ID3\x04\0\0\0\0\x0f\x76TSSE\0".to_vec(), "MP3", Some(Reason::Sound)),
            (b"\xFF\xFB\x90\x64\0\x0f\xf0\0".to_vec(), "MP3", Some(Reason::Sound)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0".to_vec(), "MP4", Some(Reason::Video)),
            (b"\0\0\0\x14ftypqt  \0\0\0\0".to_vec(), "QuickTime", Some(Reason::Video)),
            (b"\0\0\0\x1cftypM4A \0\0\0\0".to_vec(), "MP4 sound", Some(Reason::Sound)),
            (b"\0\0\0\x1cftypavif\0\0\0\0".to_vec(), "AVIF", Some(Reason::Picture)),
            (b"\x1A\x45\xDF\xA3\x01\0\0\0".to_vec(), "Matroska", Some(Reason::Video)),
            (b"\0\x01\0\0\0\x0f\0\x80".to_vec(), "TrueType", Some(Reason::Font)),
            (b"wOF2\0\x01\0\0".to_vec(), "WOFF2", Some(Reason::Font)),
            (b"\x7FELF\x02\x01\x01\0".to_vec(), "program", Some(Reason::Program)),
            (b"\xCA\xFE\xBA\xBE\0\0\0\x41".to_vec(), "Java", Some(Reason::Program)),
        ] {
            let thing = not_text(&head).expect(name);
            assert!(thing.what.contains(name) && thing.reason == reason, "{name}: {thing:?}");
        }
    }

    #[test]
    fn a_text_may_begin_as_other_things_do() {
        for text in [
            "MZ Wallace, who was seen there, said nothing of the lamp that burned in the tower of the harbour.",
            "BMW announces lamps",
            "ID3 tags are the lamp of sound files",
            "OTTO burns",
            "OggS is a mark",
            "GIF89a is the mark of a picture",
            "RIFF of the WAVE",
            "The ftyp box comes first",
            "true lamps burn",
            "wOFF is a font",
            "II* and MM* are marks",
            "dex is a word",
            "BZh is the mark of bzip2",
            "FORM and AIFF",
        ] {
            assert_eq!(not_text(text.as_bytes()), None, "{text}");
        }
        let slip = "<p>The lamp\0 burns".to_owned() + &" on".repeat(300);
        assert_eq!(not_text(slip.as_bytes()), None);
        let goals = "G".repeat(400);
        for text in
            [&b"A page\x0Cbreak"[..], b"\xFF\xFEa\0b\0", b"T\0h\0e\0", b"plain", goals.as_bytes(), b"\xFF\xFB lamps"]
        {
            assert_eq!(not_text(text), None);
        }
    }
}
