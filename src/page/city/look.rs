//! How a map of a city looks: three quiet styles that leave room for the layers over them.

use crate::style::Color;
use crate::tiles::BasemapLook;
use crate::tiles::vector::{BorderLevel, CityClass, Green, PlaceRank, RoadRank};

/// The style of a map of a city.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CityLook {
    /// Light.
    #[default]
    Light,
    /// Dark, for dark rooms and bright data.
    Dark,
    /// Light, without colours.
    Grey,
}

impl CityLook {
    /// The style that a basemap is to have.
    pub fn of(look: BasemapLook) -> CityLook {
        match (look.grey, look.dark) {
            (true, _) => CityLook::Grey,
            (false, true) => CityLook::Dark,
            (false, false) => CityLook::Light,
        }
    }

    pub(super) fn colors(self) -> &'static Palette {
        match self {
            CityLook::Light => &LIGHT,
            CityLook::Dark => &DARK,
            CityLook::Grey => &GREY,
        }
    }
}

/// The colours of a style.
pub(super) struct Palette {
    pub land: Color,
    built: Color,
    public: Color,
    farm: Color,
    park: Color,
    forest: Color,
    sand: Color,
    pub water: Color,
    square: Color,
    building: Color,
    pub building_edge: Color,
    road: Color,
    pub casing: Color,
    main: Color,
    main_casing: Color,
    motorway: Color,
    motorway_casing: Color,
    tunnel: Color,
    path: Color,
    pub rail: Color,
    pub border: Color,
    pub text: Color,
    pub place: Color,
    pub water_text: Color,
    pub halo: Color,
}

const fn rgb(hex: u32) -> Color {
    Color::rgb(hex)
}

static LIGHT: Palette = Palette {
    land: rgb(0xf8_f6_f1),
    built: rgb(0xf2_ef_e8),
    public: rgb(0xf3_ec_ea),
    farm: rgb(0xf4_f2_e4),
    park: rgb(0xdd_ec_ce),
    forest: rgb(0xce_e1_be),
    sand: rgb(0xf4_eb_d0),
    water: rgb(0xb9_d8_ea),
    square: rgb(0xf0_ea_e0),
    building: rgb(0xe5_de_d3),
    building_edge: rgb(0xd3_ca_bc),
    road: rgb(0xff_ff_ff),
    casing: rgb(0xd9_d3_c8),
    main: rgb(0xfd_ef_c3),
    main_casing: rgb(0xdd_c7_8b),
    motorway: rgb(0xf8_d8_9a),
    motorway_casing: rgb(0xd8_ac_62),
    tunnel: rgb(0xf1_ee_e8),
    path: rgb(0xc4_b8_a6),
    rail: rgb(0xb2_ac_a4),
    border: rgb(0xa3_93_a8),
    text: rgb(0x4d_49_43),
    place: rgb(0x2f_2d_2a),
    water_text: rgb(0x45_7a_9c),
    halo: rgb(0xff_ff_ff),
};

static DARK: Palette = Palette {
    land: rgb(0x1e_22_28),
    built: rgb(0x22_27_2d),
    public: rgb(0x27_27_2e),
    farm: rgb(0x20_25_27),
    park: rgb(0x22_2e_27),
    forest: rgb(0x1f_2b_23),
    sand: rgb(0x2b_29_24),
    water: rgb(0x14_2f_42),
    square: rgb(0x29_2d_33),
    building: rgb(0x2d_32_39),
    building_edge: rgb(0x39_3f_47),
    road: rgb(0x40_47_50),
    casing: rgb(0x17_1a_1f),
    main: rgb(0x54_52_49),
    main_casing: rgb(0x17_1a_1f),
    motorway: rgb(0x6b_5c_3c),
    motorway_casing: rgb(0x17_1a_1f),
    tunnel: rgb(0x2a_2f_36),
    path: rgb(0x55_5b_62),
    rail: rgb(0x4f_53_59),
    border: rgb(0x6a_62_72),
    text: rgb(0xb4_ba_c2),
    place: rgb(0xe2_e5_e9),
    water_text: rgb(0x78_a7_c6),
    halo: rgb(0x17_1a_1f),
};

static GREY: Palette = Palette {
    land: rgb(0xf5_f5_f5),
    built: rgb(0xf0_f0_f0),
    public: rgb(0xee_ee_ee),
    farm: rgb(0xf3_f3_f3),
    park: rgb(0xe8_ea_e7),
    forest: rgb(0xe1_e4_e0),
    sand: rgb(0xf1_f0_ee),
    water: rgb(0xd3_d8_dc),
    square: rgb(0xec_ec_ec),
    building: rgb(0xe2_e2_e2),
    building_edge: rgb(0xd2_d2_d2),
    road: rgb(0xff_ff_ff),
    casing: rgb(0xd6_d6_d6),
    main: rgb(0xff_ff_ff),
    main_casing: rgb(0xc4_c4_c4),
    motorway: rgb(0xfa_fa_fa),
    motorway_casing: rgb(0xae_ae_ae),
    tunnel: rgb(0xef_ef_ef),
    path: rgb(0xc6_c6_c6),
    rail: rgb(0xbd_bd_bd),
    border: rgb(0xa8_a8_a8),
    text: rgb(0x6b_6b_6b),
    place: rgb(0x45_45_45),
    water_text: rgb(0x7c_86_8e),
    halo: rgb(0xff_ff_ff),
};

impl Palette {
    /// The colour of an area; none for what is no area.
    pub fn area(&self, class: CityClass) -> Option<Color> {
        Some(match class {
            CityClass::Built | CityClass::Unknown => self.built,
            CityClass::Public => self.public,
            CityClass::Green(Green::Farm) => self.farm,
            CityClass::Green(Green::Park) => self.park,
            CityClass::Green(Green::Forest) => self.forest,
            CityClass::Green(Green::Sand) => self.sand,
            CityClass::Water => self.water,
            CityClass::Square => self.square,
            CityClass::Building => self.building,
            _ => return None,
        })
    }

    /// The colours of a road and of its edges.
    pub fn road(&self, rank: RoadRank, level: i8) -> (Color, Color) {
        let (fill, casing) = match rank {
            RoadRank::Motorway => (self.motorway, self.motorway_casing),
            RoadRank::Primary | RoadRank::Secondary => (self.main, self.main_casing),
            RoadRank::Path => (self.path, self.path),
            _ => (self.road, self.casing),
        };
        if level < 0 && rank != RoadRank::Path { (self.tunnel, casing) } else { (fill, casing) }
    }
}

/// From which zoom level on, and how wide from there: levels and widths in points of the screen.
type Stops = &'static [(f64, f64)];

/// The width of roads at a zoom level, points; none where they are not drawn.
pub(super) fn road_width(rank: RoadRank, zoom: f64) -> Option<f64> {
    let stops: Stops = match rank {
        RoadRank::Motorway => &[
            (5.0, 0.6),
            (8.0, 1.2),
            (11.0, 2.6),
            (13.0, 4.4),
            (16.0, 10.0),
            (18.0, 20.0),
            (20.0, 50.0),
        ],
        RoadRank::Primary => {
            &[(7.0, 0.5), (10.0, 1.2), (13.0, 3.4), (16.0, 9.0), (18.0, 18.0), (20.0, 46.0)]
        }
        RoadRank::Secondary => {
            &[(9.0, 0.5), (11.0, 1.1), (13.0, 2.8), (16.0, 8.0), (18.0, 16.0), (20.0, 42.0)]
        }
        RoadRank::Tertiary => &[(11.0, 0.7), (13.0, 1.9), (16.0, 7.0), (18.0, 14.5), (20.0, 38.0)],
        RoadRank::Street => &[(12.5, 0.6), (14.0, 1.5), (16.0, 5.4), (18.0, 12.5), (20.0, 34.0)],
        RoadRank::Pedestrian => &[(13.5, 0.8), (16.0, 3.8), (18.0, 9.0), (20.0, 24.0)],
        RoadRank::Service => &[(14.5, 0.8), (16.0, 2.0), (18.0, 6.0), (20.0, 16.0)],
        RoadRank::Path => &[(15.5, 0.6), (18.0, 1.3), (20.0, 2.4)],
    };
    at(stops, zoom)
}

/// The width of other lines.
pub(super) fn line_width(class: CityClass, zoom: f64) -> Option<f64> {
    let stops: Stops = match class {
        CityClass::Waterway(false) => &[(8.0, 0.7), (12.0, 1.6), (16.0, 4.0), (20.0, 16.0)],
        CityClass::Waterway(true) => &[(13.0, 0.5), (16.0, 1.4), (20.0, 5.0)],
        CityClass::Rail(false) => &[(9.0, 0.5), (13.0, 1.1), (16.0, 1.8), (20.0, 4.0)],
        CityClass::Rail(true) => &[(13.5, 0.5), (16.0, 1.0), (20.0, 2.4)],
        CityClass::Border(BorderLevel::Local) => &[(10.0, 0.4), (16.0, 0.8)],
        CityClass::Border(_) => &[(2.0, 0.7), (10.0, 1.0), (16.0, 1.6)],
        CityClass::Unknown => &[(0.0, 0.5), (14.0, 1.0), (20.0, 2.0)],
        _ => return None,
    };
    at(stops, zoom)
}

/// Between two levels the width grows by the same factor each step.
fn at(stops: Stops, zoom: f64) -> Option<f64> {
    let (first, least) = *stops.first()?;
    if zoom < first {
        return None;
    }
    for pair in stops.windows(2) {
        let [(from, narrow), (to, wide)] = pair else { continue };
        if zoom <= *to {
            let share = (zoom - from) / (to - from);
            return Some(narrow * (wide / narrow).powf(share));
        }
    }
    let (last, most) = stops.last().copied().unwrap_or((first, least));
    Some(most * 2_f64.powf(zoom - last))
}

/// From which zoom level on areas are drawn.
pub(super) fn area_from(class: CityClass) -> f64 {
    match class {
        CityClass::Building => 13.5,
        CityClass::Square | CityClass::Public => 12.0,
        _ => 0.0,
    }
}

/// How large names of places are, points, and between which zoom levels they are shown.
pub(super) fn place_size(rank: PlaceRank, zoom: f64) -> Option<f64> {
    let (from, to, small, large) = match rank {
        PlaceRank::Country => (2.0, 7.5, 11.0, 15.0),
        PlaceRank::Region => (5.0, 9.0, 10.0, 12.0),
        PlaceRank::City => (5.0, 14.5, 12.0, 19.0),
        PlaceRank::Town => (8.5, 15.0, 11.0, 16.0),
        PlaceRank::Village => (10.5, 16.5, 10.5, 15.0),
        PlaceRank::Suburb => (11.5, 16.5, 10.0, 14.0),
        PlaceRank::Neighbourhood => (13.5, 17.5, 9.5, 12.5),
    };
    let inside = (from..=to).contains(&zoom);
    inside.then(|| small + (large - small) * (zoom - from) / (to - from))
}

/// How large names of streets are, points; none where they are not shown.
pub(super) fn street_size(rank: RoadRank, zoom: f64) -> Option<f64> {
    let (from, size) = match rank {
        RoadRank::Motorway | RoadRank::Primary => (13.0, 10.5),
        RoadRank::Secondary => (13.5, 10.5),
        RoadRank::Tertiary => (14.0, 10.0),
        RoadRank::Street => (14.6, 9.5),
        RoadRank::Pedestrian => (15.2, 9.5),
        RoadRank::Service => (16.5, 9.0),
        RoadRank::Path => (17.0, 9.0),
    };
    (zoom >= from).then(|| size + (zoom - 15.0).clamp(0.0, 4.0) * 0.8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::ramp::contrast;

    #[test]
    fn roads_grow_with_the_zoom_and_keep_their_order() {
        let ranks = [
            RoadRank::Path,
            RoadRank::Service,
            RoadRank::Pedestrian,
            RoadRank::Street,
            RoadRank::Tertiary,
            RoadRank::Secondary,
            RoadRank::Primary,
            RoadRank::Motorway,
        ];
        for step in 0..80 {
            let zoom = f64::from(step) / 4.0 + 2.0;
            let widths: Vec<f64> =
                ranks.iter().map(|rank| road_width(*rank, zoom).unwrap_or(0.0)).collect();
            assert!(widths.is_sorted(), "{zoom}: {widths:?}");
            for rank in ranks {
                let next = road_width(rank, zoom + 0.25).unwrap_or(0.0);
                assert!(next >= road_width(rank, zoom).unwrap_or(0.0));
            }
        }
    }

    /// Letters are read on the ground they stand on (WCAG 2.2, 1.4.3: 4.5 to 1), those of streets
    /// over roads too; quiet ones (grey) 3 to 1, as they are not what the map is about.
    #[test]
    fn names_stand_out_from_their_ground() {
        for (look, least) in [(CityLook::Light, 4.5), (CityLook::Dark, 4.5), (CityLook::Grey, 3.0)]
        {
            let colors = look.colors();
            for ground in [colors.land, colors.park, colors.building, colors.road] {
                assert!(contrast(colors.text, ground) > least, "{look:?} {ground}");
                assert!(contrast(colors.place, ground) > least, "{look:?} {ground}");
            }
            assert!(contrast(colors.water_text, colors.halo) > 3.0, "{look:?}");
        }
    }

    /// A colour over another.
    fn over(color: Color, ground: Color) -> Color {
        let share = f64::from(color.a) / 255.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let mix =
            |a: u8, b: u8| (f64::from(a) * share + f64::from(b) * (1.0 - share)).round() as u8;
        let (r, g, b) = (mix(color.r, ground.r), mix(color.g, ground.g), mix(color.b, ground.b));
        Color { r, g, b, a: 255 }
    }

    const LOOKS: [CityLook; 3] = [CityLook::Light, CityLook::Dark, CityLook::Grey];

    /// What a new layer looks like is seen on each basemap: 3 to 1 to the land (WCAG 2.2, 1.4.11),
    /// 2 to 1 to all other areas. A point has its inside and its rim, of which one must stand out.
    #[test]
    fn new_layers_stand_out_from_every_basemap() {
        use crate::style::default_symbol;
        use crate::table::PartKind;

        for look in LOOKS {
            let colors = look.colors();
            let others = [colors.built, colors.park, colors.forest, colors.water, colors.building];
            for kind in [PartKind::Point, PartKind::Line, PartKind::Polygon] {
                for number in 0..6 {
                    let symbol = default_symbol(Some(kind), number);
                    let seen = |ground: Color| {
                        let edge = contrast(over(symbol.stroke, ground), ground);
                        let inside = contrast(over(symbol.fill, ground), ground);
                        if kind == PartKind::Point { edge.max(inside) } else { edge }
                    };
                    let (land, least) = (
                        seen(colors.land),
                        others.iter().map(|ground| seen(*ground)).fold(f64::INFINITY, f64::min),
                    );
                    assert!(land >= 3.0, "{look:?} {kind:?} {number}: {land:.2} to the land");
                    assert!(least >= 2.0, "{look:?} {kind:?} {number}: {least:.2}");
                }
            }
        }
    }

    /// Labels are read (4.5 to 1) on their halo, whatever it lies on, and the halo sets those of a
    /// dark map off from it.
    #[test]
    fn labels_are_read_on_their_halo_over_every_basemap() {
        let labels = crate::style::LabelStyle::default();
        for look in LOOKS {
            let colors = look.colors();
            for ground in [
                colors.land,
                colors.park,
                colors.forest,
                colors.water,
                colors.building,
                colors.road,
                colors.main,
                colors.motorway,
                rgb(0x00_00_00),
                rgb(0xff_ff_ff),
            ] {
                let halo = over(labels.halo, ground);
                let found = contrast(labels.color, halo);
                assert!(found >= 4.5, "{look:?} {ground}: {found:.2}");
                let edge = contrast(halo, ground).max(contrast(labels.color, ground));
                assert!(edge >= 3.0, "{look:?} {ground}: {edge:.2}");
            }
        }
    }
}
