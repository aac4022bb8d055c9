//! The map as a picture, made by a job from what the map shows.

use std::path::PathBuf;
use std::sync::Arc;

use super::Wake;
use super::live;
use super::map_parts::{MapParts, WAIT_FOR_TILES};
use super::session::Session;
use crate::crs::{ground_metres_per_point, scale_denominator};
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::jobs::{Job, Watch};
use crate::page::{
    Figure, FigureError, FigureSpec, Furniture, draw_figure, encode_png, tile_level, tiles_in_view,
};
use crate::problem::{FileError, Problems};
use crate::project::View;
use crate::tiles::{TileId, TileStore};

/// What kind of picture of the map is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    /// With title, legend, scale bar and sources; sharp in print at the size of the screen.
    Whole,
    /// The map as seen with its sources, at so many pixels per point.
    View(u8),
    /// The map alone, for the overview, at so many pixels per two points.
    Overview(u8),
}

impl FigureKind {
    fn furniture(self) -> Furniture {
        match self {
            FigureKind::Whole => Furniture::All,
            FigureKind::View(_) => Furniture::Sources,
            FigureKind::Overview(_) => Furniture::Nothing,
        }
    }

    /// Pixels per point.
    fn scale(self) -> f32 {
        match self {
            FigureKind::Whole => 2.0,
            FigureKind::View(scale) => f32::from(scale),
            FigureKind::Overview(scale) => f32::from(scale) / 2.0,
        }
    }
}

/// Where a figure goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FigureTarget {
    Clipboard,
    File(PathBuf),
    /// A file of the program's own, whose folder may not be there yet.
    Own(PathBuf),
}

/// A figure that is done.
pub(super) struct Made {
    /// For the clipboard; none where it went to a file.
    pub image: Option<egui::ColorImage>,
    pub path: Option<PathBuf>,
    pub problems: Problems,
}

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    Cancelled,
    Figure(Message),
    File(FileError),
}

impl From<FigureError> for Failure {
    fn from(error: FigureError) -> Self {
        match error {
            FigureError::Cancelled => Failure::Cancelled,
            other => Failure::Figure(other.message()),
        }
    }
}

/// What a figure is made of.
struct Order {
    kind: FigureKind,
    view: View,
    size: (u32, u32),
    parts: MapParts,
}

/// Starts making a small picture of a view of a size in points, at so many pixels per point. It is drawn
/// larger and made small: symbols and lines shrink along.
pub(super) fn start_small(
    session: &Session,
    tiles: &Arc<TileStore>,
    view: View,
    size: egui::Vec2,
    scale: u8,
    target: FigureTarget,
) -> Job<Result<Made, Failure>> {
    let view = View { zoom: view.zoom + 1.0, ..view };
    start(session, tiles, view, size * 2.0, FigureKind::Overview(scale), target)
}

/// Starts making the figure of a view of a size in points.
pub(super) fn start(
    session: &Session,
    tiles: &Arc<TileStore>,
    view: View,
    size: egui::Vec2,
    kind: FigureKind,
    target: FigureTarget,
) -> Job<Result<Made, Failure>> {
    let document = match kind {
        FigureKind::Overview(_) => session.history.document().clone(),
        FigureKind::Whole | FigureKind::View(_) => live::as_shown(session),
    };
    let scale = match kind {
        FigureKind::Overview(_) => {
            Some(scale_denominator(ground_metres_per_point(view.lat, view.zoom - 1.0)))
        }
        FigureKind::Whole | FigureKind::View(_) => session.scale,
    };
    let parts = MapParts::of(session, document, |layer, is_shown| {
        is_shown && scale.is_none_or(|scale| layer.scales.shows(scale))
    });
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "points of a window"
    )]
    let size = (size.x.max(0.0) as u32, size.y.max(0.0) as u32);
    let order = Order { kind, view, size, parts };
    let (wake, tiles): (Wake, _) = (session.wake.clone(), tiles.clone());
    Job::start("figure", move || wake(), move |watch| make(&order, &tiles, &target, watch))
}

fn make(
    order: &Order,
    tiles: &TileStore,
    target: &FigureTarget,
    watch: &Watch,
) -> Result<Made, Failure> {
    let parts = &order.parts;
    let deepest = parts.pictures().map(|ground| ground.source().max_zoom());
    let level = deepest.map_or(0, |deepest| tile_level(order.view, deepest));
    let wanted = match deepest {
        Some(_) => tiles_in_view(order.view, order.size, level),
        None => Vec::new(),
    };
    let found =
        parts.tiles(tiles, &wanted, WAIT_FOR_TILES, watch).map_err(|_| Failure::Cancelled)?;
    let tile = |id: TileId| found.get(id);
    let partitions = parts.partitions(watch).map_err(|_| Failure::Cancelled)?;
    let layers = parts.figure_layers(&partitions);
    let backdrops = parts.figure_backdrops();
    let spec = FigureSpec {
        document: &parts.document,
        view: order.view,
        size: order.size,
        scale: order.kind.scale(),
        layers: &layers,
        backdrops: &backdrops,
        basemap: parts.figure_basemap(level, &tile),
        language: parts.language,
        today: chrono::Local::now().date_naive(),
        furniture: order.kind.furniture(),
        is_coarse: matches!(order.kind, FigureKind::Overview(_)),
    };
    let mut figure = draw_figure(&spec, watch)?;
    parts.tell_missing(&mut figure.problems);
    match target {
        FigureTarget::Clipboard => {
            let image = color_image(&figure);
            Ok(Made { image: Some(image), path: None, problems: figure.problems })
        }
        FigureTarget::File(path) | FigureTarget::Own(path) => {
            if let (FigureTarget::Own(_), Some(folder)) = (target, path.parent()) {
                let made = std::fs::create_dir_all(folder);
                made.map_err(|error| Failure::File(FileError::io(folder, &error)))?;
            }
            let bytes = encode_png(&figure)?;
            let write = || {
                let mut file = AtomicFile::create(path)?;
                file.write_all(&bytes)?;
                file.commit()
            };
            write().map_err(Failure::File)?;
            Ok(Made { image: None, path: Some(path.clone()), problems: figure.problems })
        }
    }
}

fn color_image(figure: &Figure) -> egui::ColorImage {
    let pixels = &figure.pixels;
    let width = usize::try_from(pixels.width).unwrap_or(0);
    let height = usize::try_from(pixels.height).unwrap_or(0);
    egui::ColorImage::from_rgba_unmultiplied([width, height], &pixels.rgba)
}
