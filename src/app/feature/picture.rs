//! The picture of a museum's object that is looked at: small, with the way to the whole one.

use std::sync::Arc;

use egui::{ColorImage, Image, RichText, TextureHandle, TextureOptions, Ui};

use crate::app::Wake;
use crate::app::actions::RowRef;
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::jobs::Job;
use crate::portal::is_manifest;
use crate::problem::FileError;
use crate::table::{Table, Value};

/// The longest side, pixels.
const SIDE: u32 = 480;

/// A picture that can be drawn.
struct Picture {
    pixels: ColorImage,
    full: String,
    rights: String,
    attribution: String,
}

/// The picture of the feature looked at.
#[derive(Default)]
pub(super) struct PictureOf {
    picture: Keyed<String, Result<Arc<Picture>, FileError>>,
    texture: Option<(Arc<Picture>, TextureHandle)>,
}

/// The address of a manifest among the values of a row.
fn manifest_of(table: &Table, row: usize) -> Option<String> {
    (0..table.fields.len()).find_map(|column| match table.value(row, column) {
        // Of several the first.
        Value::Text(text) => text.split(" | ").find(|text| is_manifest(text)).map(str::to_owned),
        _ => None,
    })
}

impl PictureOf {
    /// Nobody looks at a feature.
    pub fn forget(&mut self) {
        self.picture.forget();
        self.texture = None;
    }

    /// Starts fetching the picture of a row, if it has one.
    pub fn want(&mut self, session: &Session, row: RowRef, table: &Table, wake: &Wake) {
        let Some(manifest) = manifest_of(table, row.row) else { return self.forget() };
        if session.portals.is_offline() && self.picture.key() != Some(&manifest) {
            return self.forget();
        }
        let (portals, wake) = (Arc::clone(&session.portals), wake.clone());
        self.picture.want(manifest, |manifest| {
            let manifest = manifest.clone();
            Job::start(
                "picture",
                move || wake(),
                move |watch| {
                    let found = portals.museum_picture(&manifest, SIDE, watch)?;
                    let no_picture = |_| {
                        let what = Message::new("linked-error-no-picture").text("host", "");
                        FileError::new(manifest.as_str(), what)
                    };
                    let image = image::load_from_memory(&found.bytes).map_err(no_picture)?;
                    let image = image.thumbnail(SIDE, SIDE).into_rgba8();
                    let size = [image.width(), image.height()].map(|side| side as usize);
                    Ok(Arc::new(Picture {
                        pixels: ColorImage::from_rgba_unmultiplied(size, image.as_raw()),
                        full: found.full.to_string(),
                        rights: found.rights,
                        attribution: found.attribution,
                    }))
                },
            )
        });
    }

    pub fn is_busy(&self) -> bool {
        self.picture.job().is_some()
    }

    /// Shows the picture; nothing where the row has none.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) {
        if self.is_busy() {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.weak(session.tr("app-picture-coming"));
            });
            return;
        }
        let picture = match self.picture.latest() {
            None => return,
            Some(Err(error)) => {
                let text = RichText::new(session.tr("app-picture-failed")).small().weak();
                ui.label(text).on_hover_text(error.text(session.language));
                return;
            }
            Some(Ok(picture)) => Arc::clone(picture),
        };
        let is_drawn = self.texture.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, &picture));
        if !is_drawn {
            let pixels = picture.pixels.clone();
            let texture = ui.ctx().load_texture("museum picture", pixels, TextureOptions::LINEAR);
            self.texture = Some((Arc::clone(&picture), texture));
        }
        let Some((_, texture)) = &self.texture else { return };
        let width = ui.available_width().min(260.0);
        let image = Image::new(texture).max_width(width).max_height(220.0);
        let label = session.tr("app-picture");
        ui.add(image.alt_text(label.clone())).on_hover_text(label);
        ui.horizontal_wrapped(|ui| {
            ui.hyperlink_to(session.tr("app-picture-full"), &picture.full);
            for text in [&picture.attribution, &picture.rights] {
                if !text.is_empty() {
                    ui.label(RichText::new(text).small().weak());
                }
            }
        });
    }
}
