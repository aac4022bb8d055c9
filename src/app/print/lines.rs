//! The lines of the form about a sheet that need nothing but the sheet.

use egui::{DragValue, Slider, TextEdit, Ui};

use super::output::OutputKind;
use super::parts::MadeSheet;
use crate::app::chosen;
use crate::app::dialog::no_name;
use crate::app::icons;
use crate::app::session::Session;
use crate::i18n::{Language, Message};
use crate::page::{Tiling, paper_words};
use crate::project::{
    BasemapText, HouseStyle, Orientation, Paper, Sheet, SheetPart, SheetPlane, SheetTiles,
};

/// Dots per inch of pictures that are offered.
const DOTS: [u16; 4] = [96, 150, 300, 600];

/// A line of which one of several is chosen from a list.
pub(super) fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    session: &Session,
    (name, salt): (&'static str, impl std::hash::Hash + std::fmt::Debug),
    value: &mut T,
    all: &[T],
    words: impl Fn(T) -> String,
) {
    let label = ui.label(session.tr(name));
    let combo = icons::combo_box(salt).selected_text(words(*value)).width(200.0);
    let shown = combo.show_ui(ui, |ui| {
        for other in all {
            chosen::value(ui, value, *other, words(*other));
        }
    });
    shown.response.labelled_by(label.id);
    ui.end_row();
}

pub(super) fn paper_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let language = session.language;
    let own = match next.paper {
        own @ Paper::Own(..) => own,
        named => {
            let [width, height] = named.millimetres();
            Paper::own(width, height).unwrap_or(named)
        }
    };
    let mut all = Paper::NAMED.to_vec();
    all.push(own);
    let mut paper = next.paper;
    choice(
        ui,
        session,
        ("app-print-paper", "print paper"),
        &mut paper,
        &all,
        |paper| match paper {
            Paper::Own(..) => session.tr("app-print-paper-own"),
            named => {
                let [width, height] = named.millimetres();
                format!("{} ({width} × {height} mm)", paper_words(language, named))
            }
        },
    );
    if let Paper::Own(..) = paper {
        no_name(ui);
        ui.horizontal(|ui| {
            let [mut width, mut height] = paper.millimetres();
            let (least, most) = Paper::OWN;
            let side = |ui: &mut Ui, value: &mut f32, name| {
                let drag = DragValue::new(value).range(least..=most).suffix(" mm").max_decimals(1);
                ui.add(drag).accessible_name(session.tr(name));
            };
            side(ui, &mut width, "app-print-paper-width");
            ui.label("×");
            side(ui, &mut height, "app-print-paper-height");
            paper = Paper::own(width, height).unwrap_or(paper);
        });
        ui.end_row();
    }
    next.paper = paper;
}

/// Smaller paper that the sheet is printed over.
pub(super) fn over_line(
    ui: &mut Ui,
    session: &Session,
    next: &mut Sheet,
    made: Option<&MadeSheet>,
) {
    let language = session.language;
    let mut paper = next.over.map(|tiles| tiles.paper);
    let mut all = vec![None, Some(Paper::A4), Some(Paper::A3), Some(Paper::Letter)];
    if !all.contains(&paper) {
        all.push(paper);
    }
    choice(ui, session, ("app-print-over", "print over"), &mut paper, &all, |paper| match paper {
        None => session.tr("app-print-over-none"),
        Some(paper) => paper_words(language, paper),
    });
    if paper != next.over.map(|tiles| tiles.paper) {
        next.over = paper.map(|paper| SheetTiles {
            overlap: next.over.map_or(SheetTiles::OVERLAP, |tiles| tiles.overlap),
            ..SheetTiles::over(paper)
        });
    }
    let Some(tiles) = &mut next.over else { return };
    no_name(ui);
    ui.vertical(|ui| {
        let tiling = made.map(|made| Tiling::of(made.plan.paper, tiles));
        match tiling {
            Some(Some(tiling)) => {
                ui.label(session.say(&tiling.words(tiles, language)));
            }
            Some(None) => {
                ui.weak(session.tr("app-print-over-needless"));
            }
            None => {}
        }
        ui.horizontal(|ui| {
            let label = ui.label(session.tr("app-print-overlap"));
            let mut millimetres = tiles.overlap_millimetres();
            let most = f32::from(SheetTiles::MOST_OVERLAP) / 10.0;
            let drag = DragValue::new(&mut millimetres).range(0.0..=most).suffix(" mm");
            if ui.add(drag.max_decimals(1).speed(0.2)).labelled_by(label.id).changed() {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "in range"
                )]
                let tenths = (millimetres * 10.0).round().clamp(0.0, 500.0) as u16;
                tiles.overlap = tenths;
            }
        });
    });
    ui.end_row();
}

pub(super) fn orientation_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    ui.label(session.tr("app-print-orientation"));
    ui.horizontal(|ui| {
        for (orientation, name) in [
            (Orientation::Best, "app-print-orientation-best"),
            (Orientation::Portrait, "app-print-orientation-portrait"),
            (Orientation::Landscape, "app-print-orientation-landscape"),
        ] {
            ui.radio_value(&mut next.orientation, orientation, session.tr(name));
        }
    });
    ui.end_row();
}

pub(super) fn turn_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let label = ui.label(session.tr("app-print-turn"));
    ui.horizontal(|ui| {
        let drag = DragValue::new(&mut next.turn).range(-180.0..=180.0).speed(0.5).suffix("°");
        ui.add(drag.max_decimals(1)).labelled_by(label.id);
        let is_turned = next.turn.abs() > 0.0;
        let button = egui::Button::new(session.tr("app-print-turn-north"));
        if ui.add_enabled(is_turned, button).clicked() {
            next.turn = 0.0;
        }
    });
    ui.end_row();
}

pub(super) fn house_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    choice(
        ui,
        session,
        ("app-print-house", "print house"),
        &mut next.house,
        &HouseStyle::ALL,
        |house| {
            session.tr(match house {
                HouseStyle::Report => "app-print-house-report",
                HouseStyle::Poster => "app-print-house-poster",
                HouseStyle::Copy => "app-print-house-copy",
                HouseStyle::Plain => "app-print-house-plain",
            })
        },
    );
}

pub(super) fn text_line(
    ui: &mut Ui,
    session: &Session,
    name: &'static str,
    value: &mut Option<String>,
    made: Option<&MadeSheet>,
) {
    let label = ui.label(session.tr(name));
    let mut text = value.clone().unwrap_or_default();
    let hint = made.map_or_else(|| session.tr("app-print-auto"), |made| made.title.clone());
    let field = TextEdit::singleline(&mut text).hint_text(hint).desired_width(200.0);
    if ui.add(field).labelled_by(label.id).changed() {
        *value = Some(text).filter(|text| !text.is_empty());
    }
    ui.end_row();
}

pub(super) fn own_text_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let label = ui.label(session.tr("app-print-text"));
    let field = TextEdit::multiline(&mut next.text).desired_rows(1).desired_width(200.0);
    ui.add(field.hint_text(session.tr("app-print-text-hint"))).labelled_by(label.id);
    ui.end_row();
}

pub(super) fn plane_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    choice(
        ui,
        session,
        ("app-print-plane", "print plane"),
        &mut next.plane,
        &SheetPlane::ALL,
        |plane| {
            session.tr(match plane {
                SheetPlane::Local => "app-print-plane-local",
                SheetPlane::Lambert72 => "app-print-plane-lambert72",
                SheetPlane::Lambert2008 => "app-print-plane-lambert2008",
                SheetPlane::Screen => "app-print-plane-screen",
            })
        },
    );
}

pub(super) fn size_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let label = ui.label(session.tr("app-print-size"));
    let mut percent = next.size * 100.0;
    let slider = Slider::new(&mut percent, 60.0..=200.0).suffix(" %").step_by(5.0);
    if ui.add(slider).labelled_by(label.id).changed() {
        next.size = percent / 100.0;
    }
    ui.end_row();
}

pub(super) fn basemap_text_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    choice(
        ui,
        session,
        ("app-print-basemap-text", "print basemap text"),
        &mut next.basemap_text,
        &BasemapText::ALL,
        |size| {
            session.tr(match size {
                BasemapText::Small => "app-print-basemap-text-small",
                BasemapText::Usual => "app-print-basemap-text-usual",
                BasemapText::Large => "app-print-basemap-text-large",
            })
        },
    );
}

pub(super) fn language_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let all = [None, Some(Language::Dutch), Some(Language::English)];
    choice(
        ui,
        session,
        ("app-print-language", "print language"),
        &mut next.language,
        &all,
        |language| match language {
            Some(language) => language.own_name().to_owned(),
            None => session.tr("app-print-language-window"),
        },
    );
}

/// What kind of file, and how fine where it is made of pixels.
pub(super) fn kind_line(ui: &mut Ui, session: &Session, kind: &mut OutputKind, dots: &mut u16) {
    ui.horizontal(|ui| {
        for other in OutputKind::ALL {
            let hint = session.tr(match other {
                OutputKind::Pdf => "app-print-kind-pdf",
                OutputKind::Svg => "app-print-kind-svg",
                OutputKind::Png | OutputKind::Jpeg => "app-print-kind-png",
            });
            ui.radio_value(kind, other, other.extension().to_uppercase()).on_hover_text(hint);
        }
        if kind.has_pixels() {
            let words = |dots: u16| {
                let message = Message::new("app-print-dots").count("dots", u64::from(dots));
                session.say(&message)
            };
            let combo = icons::combo_box("print dots").selected_text(words(*dots)).width(90.0);
            let shown = combo.show_ui(ui, |ui| {
                for other in DOTS {
                    chosen::value(ui, dots, other, words(other));
                }
            });
            let name = session.tr("app-print-dots-name");
            shown.response.accessible_name(&name);
        }
    });
}

pub(super) fn part_name(part: SheetPart) -> &'static str {
    match part {
        SheetPart::Title => "app-print-part-title",
        SheetPart::Subtitle => "app-print-part-subtitle",
        SheetPart::Legend => "app-print-part-legend",
        SheetPart::ScaleBar => "app-print-part-scale",
        SheetPart::North => "app-print-part-north",
        SheetPart::Locator => "app-print-part-locator",
        SheetPart::Statement => "app-print-part-statement",
        SheetPart::CheckLine => "app-print-part-check",
        SheetPart::Counts => "app-print-part-counts",
        SheetPart::Date => "app-print-part-date",
        SheetPart::Veil => "app-print-part-veil",
        SheetPart::Labels => "app-print-part-labels",
    }
}
