//! Figures and paper: the map with title, legend, scale bar, notice and sources.
//!
//! A page is first laid out as a [`DisplayList`] (paths, shaped text, images; one named group per
//! layer), which knows nothing of how it is written; [`render`] turns it into pixels.

mod backdrop;
mod basemap;
mod chart;
mod clip;
mod crowd;
mod display;
mod error;
mod figure;
mod frame;
mod furniture;
mod hatch;
mod labels;
mod layer;
mod layout;
mod legend_box;
mod pixels;
mod png;
mod sources;
mod svg;
mod thin;

pub use backdrop::FigureBackdrop;
pub use basemap::{FigureBasemap, tile_level, tiles_in_view};
pub use chart::{ChartBar, ChartDrawn, ChartPage, ChartPoints, PLAIN_BAR, chart_page};
pub use display::{DisplayList, GlyphRun, Group, Image, Item, Shape, Stroke, TextItem};
pub use error::FigureError;
pub use figure::{Figure, FigureLayer, FigureSpec, Furniture, draw_figure, figure_page};
pub use pixels::{Pixels, render};
pub use png::encode_png;
pub use sources::{Sourced, source_line};
pub use svg::svg;
