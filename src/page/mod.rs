//! Figures and paper: the map with title, legend, scale bar, notice and sources.
//!
//! A page is first laid out as a [`DisplayList`] (paths, shaped text, images; one named group per
//! layer), which knows nothing of how it is written; [`render`] turns it into pixels.

mod backdrop;
mod basemap;
mod chart;
mod chart_lines;
mod city;
mod clip;
mod content;
mod crowd;
mod display;
mod error;
mod figure;
mod frame;
mod furniture;
mod glance;
mod hatch;
mod heads;
mod jpeg;
mod labels;
mod layer;
mod layout;
mod legend_box;
mod legend_grid;
mod pdf;
mod photo;
mod pixels;
mod plane;
mod png;
mod sheet;
mod sources;
mod svg;
mod thin;
mod tiling;
mod warp;

pub use backdrop::FigureBackdrop;
use basemap::tiles_behind;
pub use basemap::{FigureBasemap, tile_level, tiles_in_view};
pub use chart::{ChartBar, ChartDrawn, ChartPage, ChartPoints, PLAIN_BAR, chart_page};
pub use chart_lines::{ChartLine, ChartLines};
pub use city::{CityLook, CityTiles, FigureCity};
pub use content::{FigureLayer, MapContent};
pub use display::{DisplayList, GlyphRun, Group, Image, Item, Role, Shape, Stroke, TextItem};
pub use error::FigureError;
pub use figure::{Figure, FigureSpec, Furniture, draw_figure, figure_page};
pub use jpeg::encode_jpeg;
pub use labels::Dropped;
pub use pdf::{PdfError, PdfForm, PdfInfo, PdfPage, PdfWriter, Viewport, write_pdf};
pub use pixels::{Pixels, render};
pub use png::{encode_pixels, encode_png};
pub use sheet::{
    LogoPixels, SheetError, SheetPage, SheetPlan, SheetSpec, SheetThing, Subject, ThingPlace,
    draw_sheet, next_scale, paper_words, plan_sheet, read_scale, round_scales, scale_words,
};
pub use sources::{Sourced, source_line};
pub use svg::{Letters, svg};
pub use tiling::{MOST_TILES, Tiling};
