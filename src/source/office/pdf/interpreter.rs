//! The operators of a page's content that place text.

use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashMap;

use super::font::PageFont;
use super::glyphs::PlacedGlyph;
use super::limits::ContentBudget;
use super::matrix::Matrix;

/// Forms that stand in forms, at most.
const DEPTH: usize = 12;
/// States that are kept for later, at most.
const STATES: usize = 256;
/// How far a line of text may lean and stand upright: the share of its rise in its run.
const LEAN: f32 = 0.1;

/// Fonts by the object that they are.
pub(super) type KnownFonts = FxHashMap<ObjectId, Rc<PageFont>>;

/// Reads what a page draws.
pub(super) struct Interpreter<'f> {
    pub file: &'f Document,
    pub fonts: &'f mut KnownFonts,
    pub budget: &'f mut ContentBudget,
    pub glyphs: Vec<PlacedGlyph>,
    marks: Vec<ContentMark>,
}

/// What a page says of a stretch of its content.
enum ContentMark {
    Other,
    /// It is none: a running head, a mark for the printer.
    Artifact,
    /// What it stands for; nothing once that was taken.
    Stands(Option<String>),
}

#[derive(Clone)]
struct TextState {
    page: Matrix,
    font: Option<Rc<PageFont>>,
    size: f32,
    /// Between characters, between words, and how much wider than high.
    apart: f32,
    words_apart: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

impl TextState {
    fn new(page: Matrix) -> Self {
        let (apart, words_apart, stretch, leading, rise) = (0.0, 0.0, 1.0, 0.0, 0.0);
        Self { page, font: None, size: 0.0, apart, words_apart, stretch, leading, rise }
    }
}

/// Where the next glyph stands, and where its line began.
struct Pen {
    at: Matrix,
    line: Matrix,
}

impl<'f> Interpreter<'f> {
    pub fn new(file: &'f Document, fonts: &'f mut KnownFonts, budget: &'f mut ContentBudget) -> Self {
        Self { file, fonts, budget, glyphs: Vec::new(), marks: Vec::new() }
    }

    /// Reads content that is drawn with these resources; false where it is more than a file may have.
    pub fn run(&mut self, content: &[u8], resources: &[&'f Dictionary], page: Matrix, depth: usize) -> bool {
        let mut state = TextState::new(page);
        let mut kept: Vec<TextState> = Vec::new();
        let mut pen = Pen { at: Matrix::IDENTITY, line: Matrix::IDENTITY };
        let marks = self.marks.len();
        // what is drawn before a place that cannot be read counts
        for operation in Content::decode_iter(content).map_while(Result::ok) {
            if !self.budget.spend(1) {
                return false;
            }
            match operation.operator.as_str() {
                "q" if kept.len() < STATES => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.page = matrix(&operation).then(state.page),
                "Do" if depth < DEPTH => {
                    if !self.form(&operation, resources, state.page, depth) {
                        return false;
                    }
                }
                "BMC" | "BDC" => self.mark(&operation, resources),
                "EMC" if self.marks.len() > marks => drop(self.marks.pop()),
                "Tf" => {
                    state.font = name(&operation).and_then(|name| self.font(name, resources));
                    state.size = numbers(&operation).last().copied().unwrap_or(0.0);
                }
                operator => self.text(operator, &operation, &mut state, &mut pen),
            }
        }
        self.marks.truncate(marks);
        true
    }

    fn text(&mut self, operator: &str, operation: &Operation, state: &mut TextState, pen: &mut Pen) {
        let values = numbers(operation);
        let value = |at: usize| values.get(at).copied().unwrap_or(0.0);
        match operator {
            "BT" => *pen = Pen { at: Matrix::IDENTITY, line: Matrix::IDENTITY },
            "Tc" => state.apart = value(0),
            "Tw" => state.words_apart = value(0),
            "Tz" => state.stretch = value(0) / 100.0,
            "TL" => state.leading = value(0),
            "Ts" => state.rise = value(0),
            "Td" => pen.next_line(value(0), value(1)),
            "TD" => {
                state.leading = -value(1);
                pen.next_line(value(0), value(1));
            }
            "Tm" => *pen = Pen { at: matrix(operation), line: matrix(operation) },
            "T*" => pen.next_line(0.0, -state.leading),
            "Tj" => self.show(operation.operands.first(), state, pen),
            "'" => {
                pen.next_line(0.0, -state.leading);
                self.show(operation.operands.first(), state, pen);
            }
            "\"" => {
                (state.words_apart, state.apart) = (value(0), value(1));
                pen.next_line(0.0, -state.leading);
                self.show(operation.operands.last(), state, pen);
            }
            "TJ" => {
                let parts = operation.operands.first().and_then(|parts| parts.as_array().ok());
                for part in parts.into_iter().flatten() {
                    match part.as_float() {
                        Ok(back) => pen.advance(-back / 1000.0 * state.size * state.stretch),
                        Err(_) => self.show(Some(part), state, pen),
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, string: Option<&Object>, state: &TextState, pen: &mut Pen) {
        let (Some(Object::String(string, _)), Some(font)) = (string, &state.font) else { return };
        let beside = self.marks.iter().any(|mark| matches!(mark, ContentMark::Artifact));
        for glyph in font.read(string) {
            if !self.budget.spend(1) {
                return;
            }
            let to_page = Matrix::shift(0.0, state.rise).then(pen.at).then(state.page);
            let em = state.size * font.scale;
            let wide = glyph.width / 1000.0 * em * state.stretch;
            let spaced = state.apart + if glyph.is_space { state.words_apart } else { 0.0 };
            let text = self.stands_for(glyph.text);
            self.place(text, to_page, wide, em, font.bold, beside);
            pen.advance(wide + spaced * state.stretch);
        }
    }

    fn place(&mut self, text: String, to_page: Matrix, wide: f32, em: f32, bold: bool, beside: bool) {
        let (left, base) = to_page.place(0.0, 0.0);
        let (right, end) = to_page.place(wide, 0.0);
        let (over, top) = to_page.place(0.0, em);
        let size = (over - left).hypot(top - base);
        if text.is_empty() || ![left, right, base, size].iter().all(|number| number.is_finite()) || size <= 0.0 {
            return;
        }
        let [a, b, ..] = to_page.0;
        let upright = a > 0.0 && b.abs() <= a * LEAN && (end - base).is_finite();
        self.glyphs.push(PlacedGlyph { text, left, right, base, size, bold, beside: beside || !upright });
    }

    /// What the page says that a glyph stands for, or its own text.
    fn stands_for(&mut self, text: String) -> String {
        match self.marks.iter_mut().rev().find(|mark| matches!(mark, ContentMark::Stands(_))) {
            Some(ContentMark::Stands(said)) => said.take().unwrap_or_default(),
            _ => text,
        }
    }

    fn mark(&mut self, operation: &Operation, resources: &[&'f Dictionary]) {
        let named = |name: &[u8]| {
            let all =
                resources.iter().filter_map(|known| known.get_deref(b"Properties", self.file).ok()?.as_dict().ok());
            all.filter_map(|all| all.get_deref(name, self.file).ok()?.as_dict().ok()).next()
        };
        let properties = match operation.operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(Object::Name(name)) => named(name),
            _ => None,
        };
        let said = properties.and_then(|known| lopdf::decode_text_string(known.get(b"ActualText").ok()?).ok());
        let mark = match (name(operation), said) {
            (_, Some(said)) => ContentMark::Stands(Some(said)),
            (Some(b"Artifact"), _) => ContentMark::Artifact,
            _ => ContentMark::Other,
        };
        if self.marks.len() < STATES {
            self.marks.push(mark);
        }
    }

    /// Reads a form that the page draws.
    fn form(&mut self, operation: &Operation, resources: &[&'f Dictionary], page: Matrix, depth: usize) -> bool {
        let all = resources.iter().filter_map(|known| known.get_deref(b"XObject", self.file).ok()?.as_dict().ok());
        let named = name(operation)
            .and_then(|name| all.filter_map(|all| all.get_deref(name, self.file).ok()?.as_stream().ok()).next());
        let Some(form) = named.filter(|form| form.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form"))
        else {
            return true;
        };
        let Ok(content) = form.get_plain_content_with_limit(self.budget.bytes()) else { return true };
        if !self.budget.take(content.len()) {
            return false;
        }
        let own = form.dict.get_deref(b"Resources", self.file).and_then(Object::as_dict).ok();
        let resources: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).take(DEPTH + 4).collect();
        let matrix = form.dict.get_deref(b"Matrix", self.file).and_then(Object::as_array).ok();
        let page = matrix.map_or(page, |matrix| of_values(matrix).then(page));
        self.run(&content, &resources, page, depth + 1)
    }

    fn font(&mut self, name: &[u8], resources: &[&'f Dictionary]) -> Option<Rc<PageFont>> {
        let all = resources.iter().filter_map(|known| known.get_deref(b"Font", self.file).ok()?.as_dict().ok());
        let object = all.filter_map(|fonts| fonts.get(name).ok()).next()?;
        let (id, font) = self.file.dereference(object).ok()?;
        let font = font.as_dict().ok()?;
        let Some(id) = id else { return Some(Rc::new(PageFont::of(font, self.file))) };
        let known = self.fonts.entry(id).or_insert_with(|| Rc::new(PageFont::of(font, self.file)));
        Some(Rc::clone(known))
    }
}

impl Pen {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.at = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.at = Matrix::shift(x, 0.0).then(self.at);
    }
}

fn name(operation: &Operation) -> Option<&[u8]> {
    operation.operands.first()?.as_name().ok()
}

fn numbers(operation: &Operation) -> Vec<f32> {
    operation.operands.iter().filter_map(|operand| operand.as_float().ok()).collect()
}

fn matrix(operation: &Operation) -> Matrix {
    of_values(&operation.operands)
}

fn of_values(values: &[Object]) -> Matrix {
    let values: Vec<f32> = values.iter().filter_map(|value| value.as_float().ok()).collect();
    values.try_into().map_or(Matrix::IDENTITY, Matrix)
}
