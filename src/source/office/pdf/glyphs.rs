//! What a page draws as text: glyphs with their places.

/// A glyph, or what stands for several.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedGlyph {
    /// Its characters; none where the page says that others stand for it.
    pub text: String,
    /// Where it begins and ends, in points from the left edge of the page.
    pub left: f32,
    pub right: f32,
    /// Its baseline, in points from the top edge of the page.
    pub base: f32,
    /// Its size, in points.
    pub size: f32,
    pub bold: bool,
    /// The page says that it is no content, or it does not stand upright.
    pub beside: bool,
}

/// A page: its glyphs in the order in which it draws them.
#[derive(Debug, Default)]
pub(super) struct DrawnPage {
    pub glyphs: Vec<PlacedGlyph>,
    /// Points.
    pub width: f32,
    pub height: f32,
}
