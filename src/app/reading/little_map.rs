//! A little map on which a person sees at a glance where a layer lands: Belgium with what is around
//! it, or the part of the world it strayed to.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use earcut::Earcut;
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, vec2,
};

use crate::app::theme;
use crate::crs::{Landing, Outline, outlines, towns};

/// The middle of the map of Belgium, and how many degrees of longitude and latitude it shows.
const BELGIUM: ([f64; 2], [f64; 2]) = ([4.47, 50.5], [4.45, 2.3]);

/// How much narrower a degree of longitude is there than one of latitude: cos 50.5°.
const NARROWER: f64 = 0.636;

/// How many degrees of the world are shown, and how far north and south its map may go.
const WORLD: [f64; 2] = [170.0, 130.0];

/// How many squares the longer side of a picture is cut into: of positions in one square one is
/// drawn.
const SQUARES: f64 = 220.0;

/// A layer that is smaller on the map than this gets a ring around it, points.
const SMALL: f32 = 16.0;

/// What a little map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ground {
    Belgium,
    /// A part of the world, and its middle.
    World([f64; 2]),
}

/// Where a layer lands, ready to draw.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Picture {
    ground: Ground,
    /// Longitude and latitude.
    dots: Vec<[f64; 2]>,
    /// Whether the layer is on Earth at all.
    is_somewhere: bool,
}

impl Picture {
    /// The picture of a landing.
    pub fn of(landing: &Landing) -> Picture {
        let is_somewhere = landing.positions.len() * 2 > landing.looked;
        let ground = if landing.is_in_belgium() {
            Ground::Belgium
        } else {
            Ground::World(middle_of_world(&landing.positions))
        };
        let step = match ground {
            Ground::Belgium => BELGIUM.1[0] / SQUARES,
            Ground::World(_) => WORLD[0] / SQUARES,
        };
        let mut seen = BTreeSet::new();
        #[expect(clippy::cast_possible_truncation, reason = "squares of a little map")]
        let square = |[lon, lat]: [f64; 2]| ((lon / step) as i64, (lat / step) as i64);
        let dots = landing.positions.iter().copied().filter(|at| seen.insert(square(*at)));
        Picture { ground, dots: dots.collect(), is_somewhere }
    }

    /// Draws it at a size; `label` says in words what is seen.
    pub fn show(&self, ui: &mut Ui, size: Vec2, label: &str) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, label));
        if ui.is_rect_visible(rect) {
            self.draw(ui, rect);
        }
        response
    }

    fn draw(&self, ui: &Ui, rect: Rect) {
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let visuals = ui.visuals();
        painter.rect_filled(rect, 4.0, visuals.extreme_bg_color);
        let frame = Frame::of(self.ground, rect);
        let shades = Shades::of(ui);
        match self.ground {
            Ground::Belgium => {
                for area in &LAND.neighbours {
                    frame.fill(&painter, area, shades.land, Stroke::new(0.8, shades.border));
                }
                for area in &LAND.belgium {
                    frame.fill(&painter, area, shades.home, Stroke::new(1.2, shades.coast));
                }
                if self.is_somewhere {
                    frame.towns(&painter, visuals.weak_text_color());
                }
            }
            Ground::World(_) => {
                for area in &LAND.world {
                    frame.fill(&painter, area, shades.land, Stroke::new(0.8, shades.border));
                }
                // Home, as far as it can be seen at that size.
                let home = frame.place(BELGIUM.0);
                painter.circle_filled(home, 2.5, shades.coast);
            }
        }
        self.draw_dots(ui, &painter, frame);
        painter.rect_stroke(
            rect,
            4.0,
            visuals.widgets.noninteractive.bg_stroke,
            StrokeKind::Inside,
        );
    }

    fn draw_dots(&self, ui: &Ui, painter: &Painter, frame: Frame) {
        let color = theme::accent(ui);
        let mut around = Rect::NOTHING;
        let side = if self.dots.len() > 40 { 1.4 } else { 2.2 };
        for dot in &self.dots {
            let at = frame.place(*dot);
            painter.rect_filled(Rect::from_center_size(at, Vec2::splat(side)), 0.0, color);
            if frame.rect.contains(at) {
                around.extend_with(at);
            }
        }
        if around.is_positive() || around.width() >= 0.0 {
            let size = around.width().max(around.height());
            if size < SMALL {
                // Light around colour: seen on any ground.
                let radius = size / 2.0 + 6.0;
                let light = Stroke::new(3.5, ui.visuals().window_fill());
                painter.circle_stroke(around.center(), radius, light);
                painter.circle_stroke(around.center(), radius, Stroke::new(1.8, color));
            }
        }
    }
}

/// The part of the world that shows both Belgium and a layer, as far as one map can.
fn middle_of_world(positions: &[[f64; 2]]) -> [f64; 2] {
    let [home_lon, home_lat] = BELGIUM.0;
    let of = |axis: fn(&[f64; 2]) -> f64, home: f64| {
        let mut all: Vec<f64> = positions.iter().map(axis).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).map_or(home, |middle| f64::midpoint(*middle, home))
    };
    let lon = of(|[lon, _]| *lon, home_lon).clamp(-90.0, 90.0);
    let lat = of(|[_, lat]| *lat, home_lat).clamp(-10.0, 25.0);
    [lon, lat]
}

/// Where places of the ground are on the screen.
#[derive(Clone, Copy)]
struct Frame {
    rect: Rect,
    middle: [f64; 2],
    /// Points of a degree of longitude and of latitude.
    scale: [f64; 2],
}

impl Frame {
    fn of(ground: Ground, rect: Rect) -> Frame {
        let (width, height) = (f64::from(rect.width()), f64::from(rect.height()));
        match ground {
            Ground::Belgium => {
                let (middle, [lon, lat]) = BELGIUM;
                let scale = (width / (lon * NARROWER)).min(height / lat);
                Frame { rect, middle, scale: [scale * NARROWER, scale] }
            }
            Ground::World(middle) => {
                let scale = (width / WORLD[0]).max(height / WORLD[1]);
                Frame { rect, middle, scale: [scale, scale] }
            }
        }
    }

    fn place(self, [lon, lat]: [f64; 2]) -> Pos2 {
        let [across, up] = self.scale;
        let [middle_lon, middle_lat] = self.middle;
        #[expect(clippy::cast_possible_truncation, reason = "points of the screen")]
        let from_middle =
            vec2(((lon - middle_lon) * across) as f32, ((middle_lat - lat) * up) as f32);
        self.rect.center() + from_middle
    }

    fn fill(self, painter: &Painter, area: &Area, color: Color32, edge: Stroke) {
        let vertex = |at: &[f64; 2]| Vertex { pos: self.place(*at), uv: WHITE_UV, color };
        let mesh = Mesh {
            indices: area.triangles.clone(),
            vertices: area.ring.iter().map(vertex).collect(),
            ..Mesh::default()
        };
        painter.add(Shape::mesh(mesh));
        let line = area.ring.iter().map(|at| self.place(*at)).collect();
        painter.add(Shape::closed_line(line, edge));
    }

    /// The towns that people know their way by.
    fn towns(self, painter: &Painter, color: Color32) {
        for town in towns().iter().filter(|town| town.is_landmark) {
            painter.circle_filled(self.place(town.at), 1.3, color);
        }
    }
}

/// The colours of a little map.
struct Shades {
    land: Color32,
    home: Color32,
    border: Color32,
    coast: Color32,
}

impl Shades {
    fn of(ui: &Ui) -> Shades {
        let visuals = ui.visuals();
        let (sea, ink) = (visuals.extreme_bg_color, visuals.text_color());
        Shades {
            land: sea.lerp_to_gamma(ink, 0.10),
            home: sea.lerp_to_gamma(ink, 0.22),
            border: sea.lerp_to_gamma(ink, 0.28),
            coast: sea.lerp_to_gamma(ink, 0.6),
        }
    }
}

/// An outline with its triangles.
struct Area {
    ring: Vec<[f64; 2]>,
    triangles: Vec<u32>,
}

impl Area {
    fn of(ring: &Outline) -> Area {
        let mut triangles: Vec<u32> = Vec::new();
        Earcut::new().earcut(ring.iter().copied(), &[], &mut triangles);
        Area { ring: ring.clone(), triangles }
    }
}

struct Land {
    belgium: Vec<Area>,
    neighbours: Vec<Area>,
    world: Vec<Area>,
}

static LAND: LazyLock<Land> = LazyLock::new(|| {
    let areas = |rings: &[Outline]| rings.iter().map(Area::of).collect();
    let outlines = outlines();
    Land {
        belgium: areas(&outlines.belgium),
        neighbours: areas(&outlines.neighbours),
        world: areas(&outlines.world),
    }
});

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::crs::{Crs, HowFound, LayerCrs, landings};

    #[test]
    fn a_picture_holds_few_dots_and_stays_within_its_frame() {
        let xy: Vec<[f64; 2]> =
            (0..4000).map(|at| [3.7 + f64::from(at % 7) * 1e-4, 51.05]).collect();
        let reading = LayerCrs::new(Crs::wgs84(), HowFound::Chosen);
        let swapped = LayerCrs { swapped: true, ..reading.clone() };
        let made = landings(&xy, &[reading, swapped]);
        let pictures: Vec<Picture> = made.iter().map(Picture::of).collect();
        let [here, away] = pictures.as_slice() else { panic!("two") };
        assert!(here.ground == Ground::Belgium && here.dots.len() <= 3);
        assert!(matches!(away.ground, Ground::World(_)) && away.is_somewhere);
        let rect = Rect::from_min_size(pos2(100.0, 50.0), vec2(120.0, 96.0));
        for picture in &pictures {
            let frame = Frame::of(picture.ground, rect);
            let seen = picture.dots.iter().chain([&BELGIUM.0]);
            assert!(seen.into_iter().all(|at| rect.contains(frame.place(*at))), "{picture:?}");
        }
    }

    #[test]
    fn every_outline_becomes_triangles() {
        for area in LAND.belgium.iter().chain(&LAND.neighbours).chain(&LAND.world) {
            assert!(area.triangles.len() >= 3 && area.triangles.len().is_multiple_of(3));
            // No edge goes around the Earth, but for the foot of Antarctica.
            let edges = area.ring.iter().zip(area.ring.iter().cycle().skip(1));
            let mut edges = edges.filter(|([_, south], _)| *south > -60.0);
            assert!(edges.all(|([west, _], [east, _])| (west - east).abs() < 60.0));
        }
    }
}
