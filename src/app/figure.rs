//! The map as a picture, made by a job from what the map shows.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arrow_array::BooleanArray;

use super::Wake;
use super::derived::MaskState;
use super::live;
use super::session::Session;
use crate::crs::{ground_metres_per_point, scale_denominator};
use crate::formats::AtomicFile;
use crate::i18n::{Language, Message};
use crate::jobs::{Job, Watch};
use crate::page::{
    Figure, FigureBackdrop, FigureBasemap, FigureError, FigureLayer, FigureSpec, Furniture,
    draw_figure, encode_png, tile_level, tiles_in_view,
};
use crate::problem::{FileError, Problems};
use crate::project::{Backdrop, Document, Layer, View};
use crate::raster::PlacedRaster;
use crate::style::{Partition, PartitionError, Style, partition};
use crate::table::{PartKind, Table};
use crate::tiles::{Basemap, TileId, TileImage, TileState, TileStore, basemap};

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

/// How long tiles that are not there yet are waited for.
const WAIT_FOR_TILES: Duration = Duration::from_secs(8);

/// Where a figure goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FigureTarget {
    Clipboard,
    File(PathBuf),
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

struct Sheet {
    kind: FigureKind,
    document: Arc<Document>,
    view: View,
    size: (u32, u32),
    language: Language,
    layers: Vec<SheetLayer>,
    backdrops: Vec<(Backdrop, Arc<PlacedRaster>)>,
    /// How many images that are to be seen are not there.
    missing: u64,
    basemap: Option<&'static Basemap>,
}

/// A layer as the figure shows it.
struct SheetLayer {
    layer: Layer,
    table: Arc<Table>,
    style: Style,
    kind: Option<PartKind>,
    mask: Option<Arc<BooleanArray>>,
    /// Its classes where they are known.
    partition: Option<Arc<Partition>>,
}

impl SheetLayer {
    /// Its classes; finds them where they are not known yet. None where they cannot be found, as
    /// on the map.
    fn partition(&self, watch: &Watch) -> Result<Option<Arc<Partition>>, Failure> {
        let Some(grouping) = self.style.grouping().filter(|_| self.partition.is_none()) else {
            return Ok(self.partition.clone());
        };
        match partition(&self.table, &grouping, self.mask.as_deref(), watch) {
            Ok(partition) => Ok(Some(Arc::new(partition))),
            Err(PartitionError::Cancelled(_)) => Err(Failure::Cancelled),
            Err(_) => Ok(None),
        }
    }
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
    let visible = document.layers.iter().filter(|layer| {
        document.is_shown(layer) && scale.is_none_or(|scale| layer.scales.shows(scale))
    });
    let layers = visible.filter_map(|layer| {
        let table = session.loaded(layer)?.table.clone();
        let mask = match session.derived.mask(layer) {
            MaskState::Some(mask) => Some(mask.rows.0.clone()),
            MaskState::Pending => return None,
            MaskState::All | MaskState::Failed(_) => None,
        };
        Some(SheetLayer {
            layer: layer.clone(),
            table,
            style: session.style_of(layer).into_owned(),
            kind: session.main_kind(layer),
            mask,
            partition: session.derived.classes.partition(layer.id).cloned(),
        })
    });
    let layers = layers.collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "points of a window"
    )]
    let size = (size.x.max(0.0) as u32, size.y.max(0.0) as u32);
    let basemap = basemap(&document.basemap);
    let laid = document.backdrops.iter().filter(|backdrop| backdrop.visible);
    let laid = laid.filter_map(|backdrop| {
        let laid = session.backdrops.laid(backdrop)?.as_ref().ok()?;
        Some((backdrop.clone(), Arc::clone(&laid.placed)))
    });
    let backdrops: Vec<_> = laid.collect();
    let wanted = document.backdrops.iter().filter(|backdrop| backdrop.visible).count();
    let missing = wanted.saturating_sub(backdrops.len()) as u64;
    let language = session.language;
    let sheet = Sheet { kind, document, view, size, language, layers, backdrops, missing, basemap };
    let (wake, tiles): (Wake, _) = (session.wake.clone(), tiles.clone());
    Job::start("figure", move || wake(), move |watch| make(&sheet, &tiles, &target, watch))
}

fn make(
    sheet: &Sheet,
    tiles: &TileStore,
    target: &FigureTarget,
    watch: &Watch,
) -> Result<Made, Failure> {
    let found = found_tiles(sheet, tiles, watch).map_err(|_| Failure::Cancelled)?;
    let tile = |id: TileId| {
        let here = found.get(&id).cloned();
        here.or_else(|| match tiles.get(sheet.basemap?, id) {
            TileState::Ready(image) => Some(image),
            TileState::Loading | TileState::Missing(_) => None,
        })
    };
    let partitions = sheet.layers.iter().map(|layer| layer.partition(watch));
    let partitions: Vec<Option<Arc<Partition>>> = partitions.collect::<Result<_, _>>()?;
    let layers: Vec<FigureLayer<'_>> = sheet
        .layers
        .iter()
        .zip(&partitions)
        .map(|(of, partition)| FigureLayer {
            layer: &of.layer,
            table: &of.table,
            style: &of.style,
            partition: partition.as_deref(),
            kind: of.kind,
            mask: of.mask.as_deref(),
        })
        .collect();
    let backdrops: Vec<FigureBackdrop<'_>> = sheet
        .backdrops
        .iter()
        .map(|(backdrop, raster)| FigureBackdrop { backdrop, raster })
        .collect();
    let spec = FigureSpec {
        document: &sheet.document,
        view: sheet.view,
        size: sheet.size,
        scale: sheet.kind.scale(),
        layers: &layers,
        backdrops: &backdrops,
        basemap: sheet.basemap.map(|basemap| FigureBasemap {
            attribution: &basemap.attribution,
            look: sheet.document.basemap_look,
            level: tile_level(sheet.view, basemap.max_zoom),
            tile: &tile,
        }),
        language: sheet.language,
        today: chrono::Local::now().date_naive(),
        furniture: sheet.kind.furniture(),
        is_coarse: matches!(sheet.kind, FigureKind::Overview(_)),
    };
    let mut figure = draw_figure(&spec, watch)?;
    figure.problems.add("problem-figure-backdrops", sheet.missing);
    match target {
        FigureTarget::Clipboard => {
            let image = color_image(&figure);
            Ok(Made { image: Some(image), path: None, problems: figure.problems })
        }
        FigureTarget::File(path) => {
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

fn found_tiles(
    sheet: &Sheet,
    tiles: &TileStore,
    watch: &Watch,
) -> Result<HashMap<TileId, Arc<TileImage>>, crate::jobs::Cancelled> {
    let Some(basemap) = sheet.basemap else { return Ok(HashMap::new()) };
    let level = tile_level(sheet.view, basemap.max_zoom);
    let wanted = tiles_in_view(sheet.view, sheet.size, level);
    let states = tiles.wait(basemap, &wanted, WAIT_FOR_TILES, watch)?;
    let ready = wanted.into_iter().zip(states).filter_map(|(id, state)| match state {
        TileState::Ready(image) => Some((id, image)),
        TileState::Loading | TileState::Missing(_) => None,
    });
    Ok(ready.collect())
}

fn color_image(figure: &Figure) -> egui::ColorImage {
    let pixels = &figure.pixels;
    let width = usize::try_from(pixels.width).unwrap_or(0);
    let height = usize::try_from(pixels.height).unwrap_or(0);
    egui::ColorImage::from_rgba_unmultiplied([width, height], &pixels.rgba)
}
