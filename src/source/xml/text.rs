//! The text between tags, references and CDATA undone, with the way back.

use quick_xml::events::Event;

use super::element::reader;
use crate::source::map::Segment;

/// A text and where its stretches stand in the XML.
#[derive(Debug, Default)]
pub(in crate::source) struct Plain {
    pub text: String,
    pub segments: Vec<Segment>,
}

impl Plain {
    /// The text of a stretch of XML, tags left out; `base` is where the stretch begins.
    pub fn of(xml: &str, base: usize) -> Self {
        let mut plain = Self::default();
        let (mut reader, mark) = reader(xml);
        loop {
            let before = mark + reader.buffer_position() as usize;
            let Ok(event) = reader.read_event() else { return plain };
            let after = mark + reader.buffer_position() as usize;
            match event {
                Event::Text(_) => plain.push(&xml[before..after], base + before, after - before),
                Event::CData(_) => {
                    let inside = &xml[before + "<![CDATA[".len()..after - "]]>".len()];
                    plain.push(inside, base + before + "<![CDATA[".len(), inside.len());
                }
                Event::GeneralRef(_) => {
                    let decoded = crate::source::html::decode(&xml[before..after]);
                    plain.push(&decoded, base + before, after - before);
                }
                Event::Eof => return plain,
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &str, start: usize, length: usize) {
        if !text.is_empty() {
            let same = text.len() == length;
            self.segments.push(Segment { at: self.text.len(), written: text.len(), start, length, same });
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_cdata_are_undone_and_lead_back() {
        let xml = "a &lt;b&gt; <i>c</i>&#233;<![CDATA[<d> & e]]> &nbsp;&unknown; f & g";
        for xml in [xml.to_owned(), format!("\u{feff}{xml}")] {
            let plain = Plain::of(&xml, 0);
            assert_eq!(plain.text, "a <b> cé<d> & e \u{a0}&unknown; f & g");
            for segment in plain.segments {
                let raw = &xml[segment.start..segment.start + segment.length];
                let text = &plain.text[segment.at..segment.at + segment.written];
                assert!(raw == text || (raw.starts_with('&') && text.chars().count() == 1), "{raw} {text}");
            }
        }
    }
}
