//! Small pictures of projects for the list of recent ones: made when a project is saved, kept in the data
//! folder under a name that comes from its path.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::{ColorImage, Image, TextureHandle, TextureOptions, Ui, Vec2, vec2};
use ring::digest::{SHA256, digest};

use super::BelfortApp;
use super::figure::{self, FigureTarget};
use super::keyed::Keyed;
use super::session::Session;
use crate::jobs::{Job, Poll};
use crate::map::fitting_view;
use crate::project::{hex, is_project};

/// The size of a picture, points; it has twice as many pixels, for fine screens.
pub(super) const SIZE: Vec2 = vec2(84.0, 56.0);

/// Where the picture of a project is kept.
fn file_of(folder: &Path, project: &Path) -> PathBuf {
    let hash = digest(&SHA256, project.as_os_str().as_encoded_bytes());
    let name = hex(hash.as_ref().get(..12).unwrap_or_default());
    folder.join(format!("{name}.png"))
}

impl BelfortApp {
    /// Makes the picture of the project that was saved, of what is in view.
    pub(super) fn make_thumbnail(&mut self, project: &Path) {
        let session = &self.session;
        let Some(seen) = session.in_view else { return };
        let folder = session.settings.thumbnails_folder(&session.portals.copies().folder());
        let (view, target) = (fitting_view(&seen, SIZE), file_of(&folder, project));
        let target = FigureTarget::Own(target);
        let job = figure::start_small(session, &self.tiles, view, SIZE, 2, target);
        self.thumbnail = Some(job);
    }

    /// Takes the picture that was made; one that failed is not missed.
    pub(super) fn take_thumbnail(&mut self) {
        match self.thumbnail.as_ref().map(Job::poll) {
            None | Some(Poll::Running) => {}
            Some(Poll::Done(Ok(_)) | Poll::Lost) => self.thumbnail = None,
            Some(Poll::Done(Err(failure))) => {
                log::warn!("no picture of the project: {failure:?}");
                self.thumbnail = None;
            }
        }
    }
}

/// The pictures of recent projects, by their paths.
#[derive(Default)]
pub(super) struct Thumbnails {
    loaded: Keyed<Vec<PathBuf>, Vec<(PathBuf, Option<ColorImage>)>>,
    /// The recent files that are projects, each with its picture.
    projects: Vec<(PathBuf, Option<TextureHandle>)>,
}

impl Thumbnails {
    /// Whether they are being read.
    pub fn is_busy(&self) -> bool {
        self.loaded.job().is_some()
    }

    /// Reads the pictures of the recent projects; those of others are thrown away.
    pub fn want(&mut self, ctx: &egui::Context, session: &Session) {
        let recent = session.settings.recent.clone();
        let folder = session.settings.thumbnails_folder(&session.portals.copies().folder());
        let wake = session.wake.clone();
        let before = self.loaded.key().cloned();
        self.loaded.want(recent, |recent| {
            let recent = recent.clone();
            Job::start("thumbnails", move || wake(), move |_| read(&folder, &recent))
        });
        if self.loaded.key() != before.as_ref() {
            let images = self.loaded.latest().into_iter().flatten();
            let projects = images.map(|(path, image)| {
                let texture = image.as_ref().map(|image| {
                    let name = format!("thumbnail {}", path.display());
                    ctx.load_texture(name, image.clone(), TextureOptions::LINEAR)
                });
                (path.clone(), texture)
            });
            self.projects = projects.collect();
        }
    }

    /// Shows the picture of a project, or as much room with nothing; what is no project has none.
    pub fn show(&self, ui: &mut Ui, path: &Path) {
        let Some((_, texture)) = self.projects.iter().find(|(known, _)| known == path) else {
            return;
        };
        let (rect, _) = ui.allocate_exact_size(SIZE, egui::Sense::hover());
        let visuals = ui.visuals();
        let (ground, edge) = (visuals.extreme_bg_color, visuals.widgets.noninteractive.bg_stroke);
        ui.painter().rect(rect, 3.0, ground, edge, egui::StrokeKind::Inside);
        if let Some(texture) = texture {
            // What it is of stands beside it.
            Image::new(texture).corner_radius(3.0).paint_at(ui, rect.shrink(1.0));
        }
    }
}

/// The projects among files, each with its picture where it has one.
fn read(folder: &Path, recent: &[PathBuf]) -> Vec<(PathBuf, Option<ColorImage>)> {
    let kept: BTreeSet<PathBuf> = recent.iter().map(|path| file_of(folder, path)).collect();
    let others = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for other in others.map(|entry| entry.path()) {
        let is_ours = other.extension().is_some_and(|extension| extension == "png");
        if is_ours && !kept.contains(&other) {
            let _ = std::fs::remove_file(&other);
        }
    }
    let image_of = |path: &Path| {
        let bytes = std::fs::read(file_of(folder, path)).ok()?;
        let image = image::load_from_memory(&bytes).ok()?.into_rgba8();
        let size = [image.width(), image.height()].map(|side| side as usize);
        Some(ColorImage::from_rgba_unmultiplied(size, image.as_raw()))
    };
    let projects = recent.iter().filter(|path| is_project(path));
    projects.map(|path| (path.clone(), image_of(path))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_of_recent_projects_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["/a/kaart.belfort.json", "/b/kaart.belfort.json"].map(PathBuf::from);
        for path in &paths {
            let image = image::RgbaImage::from_pixel(4, 3, image::Rgba([9, 8, 7, 255]));
            image.save(file_of(folder.path(), path)).unwrap();
        }
        std::fs::write(folder.path().join("brief.txt"), "van iemand").unwrap();
        assert_eq!(read(folder.path(), &paths).len(), 2);
        let left = read(folder.path(), &paths[1..]);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].0, paths[1]);
        assert_eq!(left[0].1.as_ref().map(|image| image.size), Some([4, 3]));
        assert!(!file_of(folder.path(), &paths[0]).exists());
        assert!(folder.path().join("brief.txt").exists());
        // One that is damaged is none.
        std::fs::write(file_of(folder.path(), &paths[1]), "geen beeld").unwrap();
        assert_eq!(read(folder.path(), &paths[1..]), [(paths[1].clone(), None)]);
        // What is no project has no place for one.
        assert!(read(folder.path(), &[folder.path().join("bomen.csv")]).is_empty());
    }
}
