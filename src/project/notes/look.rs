//! How notes look until the person chooses otherwise.

use super::note::NoteKind;
use super::set::OwnField;
use crate::i18n::{Language, tr};
use crate::style::{
    By, Change, Color, Heads, LabelPriority, LabelStyle, Rule, Rules, Style, Symbol, default_symbol,
};
use crate::table::PartKind;

/// The colour of notes: none of those that new layers get, so that they stand apart.
const INK: Color = Color::rgb(0xb0_12_5b);

/// The symbol of a kind of notes.
pub fn note_symbol(kind: NoteKind) -> Symbol {
    let part = part_of(kind);
    let plain = default_symbol(Some(part), 0);
    match kind {
        NoteKind::Point => Symbol { fill: INK, ..plain },
        NoteKind::Line => Symbol { fill: INK, stroke: INK, stroke_width: 2.5, ..plain },
        NoteKind::Arrow => {
            Symbol { fill: INK, stroke: INK, stroke_width: 2.5, heads: Heads::End, ..plain }
        }
        NoteKind::Polygon => {
            Symbol { fill: INK.with_alpha(40), stroke: INK, stroke_width: 2.0, ..plain }
        }
        // Its words stand in its place.
        NoteKind::Text => Symbol {
            fill: INK.with_alpha(0),
            stroke: INK.with_alpha(0),
            stroke_width: 0.0,
            point_size: 13.0,
            ..plain
        },
    }
}

fn part_of(kind: NoteKind) -> PartKind {
    match kind {
        NoteKind::Point | NoteKind::Text => PartKind::Point,
        NoteKind::Line | NoteKind::Arrow => PartKind::Line,
        NoteKind::Polygon => PartKind::Polygon,
    }
}

/// The look of a new layer of notes in a language: a symbol for each kind, and their texts.
pub fn notes_style(language: Language) -> Style {
    let field = OwnField::Kind.name(language);
    let rule = |kind: NoteKind| Rule {
        sql: format!("\"{field}\" = '{}'", kind.word(language)),
        label: label(kind, language),
        symbol: note_symbol(kind),
        hidden: false,
        shown_as: Some(part_of(kind)),
    };
    let rules = NoteKind::ALL.map(rule).to_vec();
    let labels = LabelStyle {
        what: OwnField::Text.name(language),
        size: 13.0,
        color: Color::rgb(0x7a_0c_3f),
        priority: LabelPriority::High,
        ..LabelStyle::default()
    };
    Style {
        by: By::Rules(Rules { rules, other: Change::default() }),
        labels: Some(labels),
        ..Style::from(note_symbol(NoteKind::Point))
    }
}

/// What the legend calls notes of a kind.
fn label(kind: NoteKind, language: Language) -> String {
    tr(
        language,
        match kind {
            NoteKind::Point => "notes-kind-points",
            NoteKind::Line => "notes-kind-lines",
            NoteKind::Polygon => "notes-kind-polygons",
            NoteKind::Arrow => "notes-kind-arrows",
            NoteKind::Text => "notes-kind-texts",
        },
    )
}
