//! Text as text (ISO 32000-1, section 9.4): glyphs where the shaper put them.

use std::fmt::Write as _;

use super::super::display::{GlyphRun, Stroke, TextItem};
use super::fonts::resource_name;
use super::pen::Pen;
use super::syntax::{real, utf16};
use crate::style::Color;
use crate::text::{Font, Glyph, Line};

impl Pen<'_> {
    pub(super) fn text(&mut self, text: &TextItem) {
        let TextItem { line, at, color, weight } = text;
        let is_spelt = self.begin_text(line, *color, *weight, self.fonts.spells(line));
        let Some(marked) = is_spelt else { return };
        // What the font's own widths and kerning within a line give is one string.
        let runs = line.glyphs.chunk_by(|one, next| {
            one.font == next.font && one.at[1].to_bits() == next.at[1].to_bits()
        });
        for run in runs {
            if let Some(first) = run.first() {
                self.font(first.font, line.size);
                let [x, y] = self.place([at[0] + first.at[0], at[1] + first.at[1]]);
                self.op(&format!("1 0 0 -1 {x} {y} Tm"));
                let shown = self.shown(run, line.size);
                self.op(&shown);
            }
        }
        self.end_text(marked);
    }

    pub(super) fn glyphs(&mut self, run: &GlyphRun) {
        let GlyphRun { line, places, color, weight } = run;
        // Glyphs in places of their own are not taken for one text by every reader.
        let Some(marked) = self.begin_text(line, *color, *weight, false) else { return };
        for (glyph, (at, angle)) in line.glyphs.iter().zip(places) {
            let Some((number, _)) = self.fonts.glyph(glyph.font, glyph.id) else { continue };
            self.font(glyph.font, line.size);
            let [x, y] = self.place(*at);
            let (sin, cos) = angle.sin_cos();
            let [sin, cos, down] = [sin, cos, -cos].map(|part| real(f64::from(part), 5));
            self.op(&format!("{cos} {sin} {sin} {down} {x} {y} Tm <{number:04X}> Tj"));
        }
        self.end_text(marked);
    }

    /// Begins a text; answers whether what it says had to be noted beside it. None where nothing of
    /// it is seen.
    fn begin_text(
        &mut self,
        line: &Line,
        color: Color,
        weight: f32,
        is_spelt: bool,
    ) -> Option<bool> {
        let is_seen = color.a > 0 && line.size > 0.0 && line.size.is_finite();
        if !is_seen || line.glyphs.is_empty() {
            return None;
        }
        self.flush();
        if !is_spelt {
            self.op(&format!("/Span <</ActualText {}>> BDC", utf16(&line.text, true)));
        }
        self.fill_color(color);
        if weight > 0.0 {
            self.stroke_state(Stroke::plain(color, weight * line.size));
        }
        if self.state.is_bold != (weight > 0.0) {
            self.state.is_bold = weight > 0.0;
            self.op(if self.state.is_bold { "2 Tr" } else { "0 Tr" });
        }
        self.op("BT");
        Some(!is_spelt)
    }

    fn end_text(&mut self, is_marked: bool) {
        self.op("ET");
        if is_marked {
            self.op("EMC");
        }
    }

    fn font(&mut self, font: Font, size: f32) {
        if self.state.font == Some((font, size.to_bits())) {
            return;
        }
        self.state.font = Some((font, size.to_bits()));
        self.needs.fonts.insert(font);
        self.op(&format!(
            "/{} {} Tf",
            resource_name(font),
            real(f64::from(size) * f64::from(self.steps), 2)
        ));
    }

    /// The operator that shows glyphs of one font on one line.
    #[expect(clippy::cast_possible_truncation, reason = "thousandths of an em")]
    fn shown(&self, glyphs: &[Glyph], size: f32) -> String {
        let from = glyphs.first().map_or(0.0, |first| first.at[0]);
        let mut out = "[<".to_owned();
        let (mut reached, mut has_moved) = (0, false);
        for glyph in glyphs {
            let Some((number, width)) = self.fonts.glyph(glyph.font, glyph.id) else { continue };
            let wanted = ((glyph.at[0] - from) / size * 1000.0).round() as i32;
            // Widths are rounded to thousandths themselves.
            if (wanted - reached).abs() > 1 {
                let _ = write!(out, ">{}<", reached - wanted);
                reached = wanted;
                has_moved = true;
            }
            let _ = write!(out, "{number:04X}");
            reached += width;
        }
        if has_moved {
            out.push_str(">] TJ");
            return out;
        }
        out.push_str("> Tj");
        out.split_off(1)
    }
}
