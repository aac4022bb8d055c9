//! Random changes of a document, always the same for the same seed.

use std::collections::BTreeMap;

use belfort::i18n::Language;
use belfort::project::{
    Backdrop, BackdropId, Command, Document, Filter, FromEdge, GroupId, IndexBy, Join, Layer,
    LayerId, LayerSource, ListPlace, MovablePart, Note, NoteKind, NoteSet, NotesChange,
    NumberOrder, OwnBasemap, Paper, PartPlace, PlaceFilter, Refresh, ScaleRange, Sheet, SheetIndex,
    SheetLogo, SheetPoint, SheetSum, SheetTiles, TableColumns, TextBlock,
};
use belfort::query::join::{JoinBy, JoinColumn, Rule};
use belfort::style::{
    By, Change, Crossed, Graduated, Heat, LabelStyle, LegendChoice, RampChoice, Steps, Style,
    Symbol, Together,
};
use belfort::table::ReadAs;
use belfort::tiles::{BasemapLook, Fine, WebForm, WebMap};

/// Numbers by chance (xorshift, Marsaglia 2003), the same for the same seed.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % end.max(1)
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn of_all<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()].clone()
    }

    fn share(&mut self) -> f32 {
        self.below(1001) as f32 / 1000.0
    }

    fn name(&mut self) -> String {
        let words = ["wijken", "ST. Jan", "naïef ‘x’", "a\"b\\c", "🐑", "", "straten\tmet tab"];
        format!("{} {}", self.of_all(&words), self.below(1000))
    }
}

fn web_map(chance: &mut Chance) -> OwnBasemap {
    let map = WebMap {
        form: chance.of_all(&[WebForm::Xyz, WebForm::Wmts, WebForm::Wms]),
        url: format!("https://example.org/{}/{{z}}/{{x}}/{{y}}.png", chance.below(5)),
        fine_url: chance.yes().then(|| "https://example.org/{z}/{x}/{y}@2x.png".to_owned()),
        servers: vec!["a".to_owned()],
        levels: vec!["00".to_owned(), "01".to_owned()],
        min_zoom: 0,
        max_zoom: 19,
        attribution: chance.name(),
        attribution_url: chance.name(),
        fine: chance.of_all(&[Fine::Deeper, Fine::Double, Fine::AsIs]),
        offline: chance.yes(),
        terms: chance.name(),
        found_at: chance.name(),
        layers: vec![chance.name()],
    };
    OwnBasemap::of_web(chance.name(), map)
}

fn layer(chance: &mut Chance) -> Layer {
    let path = format!("/data/map {}/bestand.geojson", chance.below(50));
    let mut source = LayerSource { path, swapped: chance.yes(), ..LayerSource::default() };
    if chance.yes() {
        source.crs = Some("EPSG:31370".to_owned());
        source.fields = BTreeMap::from([(chance.name(), ReadAs::DateDmy)]);
    }
    Layer { description: chance.name(), ..Layer::new(chance.name(), source) }
}

fn note(chance: &mut Chance) -> Note {
    let corner =
        |chance: &mut Chance| [f64::from(chance.share()), 51.0 + f64::from(chance.share())];
    let kind =
        chance.of_all(&[NoteKind::Point, NoteKind::Text, NoteKind::Arrow, NoteKind::Polygon]);
    let count = kind.least();
    let mut corners: Vec<[f64; 2]> = (0..count).map(|_| corner(chance)).collect();
    // Chance must not put them in one place.
    corners.iter_mut().zip(0_u8..).for_each(|(corner, at)| corner[0] += f64::from(at) * 2.0);
    let mut note = Note::new(kind, corners);
    note.text = chance.name();
    note
}

fn style(chance: &mut Chance) -> Style {
    let (stroke_width, point_size) = (chance.share() * 5.0, chance.share() * 40.0);
    let symbol = Symbol { stroke_width, point_size, ..Symbol::default() };
    let mut style = Style::from(symbol);
    let which = chance.below(4);
    if which < 2 {
        let mut by = Graduated { count: 3, ..Graduated::default() };
        by.of.field = chance.name();
        by.ramp = RampChoice { id: "Blues".to_owned(), reversed: chance.yes() };
        by.breaks = chance.yes().then(|| vec![0.1, 1.5, 1e9]);
        style.by = By::Number(by);
    } else if which == 2 {
        let steps = |chance: &mut Chance| {
            let mut steps = Steps { count: 2 + usize::from(chance.yes()), ..Steps::default() };
            steps.of.field = chance.name();
            steps.breaks = chance.yes().then(|| vec![-2.5, 0.1, 7.0]);
            steps
        };
        let (across, up) = (steps(chance), steps(chance));
        let mut by = Crossed { across, up, ..Crossed::default() };
        by.ramp.reversed = chance.yes();
        if chance.yes() {
            by.set_change(1, 1, Change { label: Some(chance.name()), ..Change::default() });
        }
        style.by = By::Crossed(Box::new(by));
    }
    if chance.yes() {
        style.labels = Some(LabelStyle { what: chance.name(), ..LabelStyle::default() });
    }
    if chance.yes() {
        style.together = Together::Heat(Box::default());
        if let Together::Heat(heat) = &mut style.together {
            **heat = Heat { radius: 123.456, ..Heat::default() };
        }
    }
    style
}

/// A change that fits the document, one that is a step of undo.
pub fn change(document: &Document, chance: &mut Chance) -> Command {
    let layers: Vec<LayerId> = document.layers.iter().map(|layer| layer.id).collect();
    let groups: Vec<GroupId> = document.groups.iter().map(|group| group.id).collect();
    let backdrops: Vec<BackdropId> = document.backdrops.iter().map(|it| it.id).collect();
    let kind = chance.below(33);
    if layers.is_empty() || kind == 0 {
        let layers = (0..=chance.below(2)).map(|_| layer(chance)).collect();
        return Command::AddLayers { layers, at: usize::try_from(chance.below(5)).unwrap() };
    }
    let id = chance.of_all(&layers);
    let place = usize::try_from(chance.below(layers.len() as u64 + 1)).unwrap();
    match kind {
        1 => Command::RemoveLayers(vec![id]),
        2 => {
            let group = (!groups.is_empty() && chance.yes()).then(|| chance.of_all(&groups));
            Command::MoveLayer { layer: id, to: place, group }
        }
        3 => {
            let other = chance.of_all(&layers);
            Command::GroupLayers { layers: vec![id, other], name: chance.name() }
        }
        4 if !groups.is_empty() => Command::MoveGroup { group: chance.of_all(&groups), to: place },
        5 if !groups.is_empty() => Command::RenameGroup(chance.of_all(&groups), chance.name()),
        6 if !groups.is_empty() => Command::SetGroupVisible(chance.of_all(&groups), chance.yes()),
        7 if !groups.is_empty() => Command::Dissolve(chance.of_all(&groups)),
        8 => Command::SetVisible(vec![id], chance.yes()),
        9 => Command::SetOpacity(id, chance.share()),
        10 => Command::Rename(id, chance.name()),
        11 | 12 => Command::SetStyle(id, style(chance)),
        13 => Command::Dress {
            layer: id,
            style: Box::new(style(chance)),
            opacity: chance.share(),
            scales: ScaleRange { farthest: Some(50_000), nearest: None },
        },
        14 => {
            let places = vec![PlaceFilter::features(chance.of_all(&layers), chance.name())];
            Command::SetFilter(id, Filter { sql: chance.name(), places })
        }
        15 => {
            let source = document.layer(id).unwrap().source.clone();
            Command::SetSource(id, LayerSource { encoding: Some("UTF-8".to_owned()), ..source })
        }
        16 => Command::Duplicate(id),
        17 => Command::ShowOnly(id),
        18 => {
            let nearest = Some(u32::try_from(chance.below(9999)).unwrap());
            Command::SetScales(id, ScaleRange { farthest: None, nearest })
        }
        19 => {
            let hidden = vec![chance.name()];
            Command::SetColumns(id, TableColumns { order: vec![chance.name()], hidden })
        }
        20 => {
            let column =
                JoinColumn { field: chance.name(), name: chance.name(), rule: Some(Rule::Mean) };
            let by = JoinBy { key: chance.name(), columns: vec![column], ..JoinBy::default() };
            Command::SetJoins(id, vec![Join { layer: chance.of_all(&layers), by }])
        }
        21 => Command::SetRefresh(id, Refresh::Every(30)),
        22 => {
            let backdrops = vec![Backdrop::new(chance.name(), "/data/foto.tif")];
            Command::AddBackdrops { backdrops, at: 0 }
        }
        23 if !backdrops.is_empty() => Command::RemoveBackdrop(chance.of_all(&backdrops)),
        24 if !backdrops.is_empty() => {
            Command::SetBackdropOpacity(chance.of_all(&backdrops), chance.share())
        }
        25 if chance.yes() => {
            Command::AddBasemap(OwnBasemap::of_archive(chance.name(), "/data/stad.pmtiles"))
        }
        25 if chance.yes() => Command::AddBasemap(web_map(chance)),
        25 if chance.yes() => {
            Command::ChangeBasemap(OwnBasemap { id: "own-1".to_owned(), ..web_map(chance) })
        }
        25 => Command::SetBasemap(chance.name()),
        26 => Command::SetBasemapLook(BasemapLook {
            opacity: chance.share(),
            grey: chance.yes(),
            dark: chance.yes(),
        }),
        27 => Command::SetLegend(LegendChoice {
            shown: Some(chance.yes()),
            title: chance.name(),
            ..LegendChoice::default()
        }),
        28 => {
            let title = Some(chance.name());
            let turn = f64::from(chance.share());
            let place = PartPlace {
                across: FromEdge::Start(12.5),
                down: FromEdge::End(chance.share()),
                width: chance.yes().then_some(40.0),
            };
            let order =
                if chance.yes() { NumberOrder::Name } else { NumberOrder::Field(chance.name()) };
            let by = IndexBy::Numbers(order);
            let sheet = Sheet {
                name: chance.name(),
                title,
                turn,
                over: chance.yes().then_some(SheetTiles { paper: Paper::A4, overlap: 100 }),
                moved: [(MovablePart::Legend, place)].into(),
                blocks: vec![TextBlock { text: chance.name(), size: 9.0, place }],
                logo: Some(SheetLogo { path: "/data/logo.png".to_owned(), place }),
                index: Some(SheetIndex { by, ..SheetIndex::new(id) }),
                points: vec![SheetPoint { place: [3.7, 51.05], text: chance.name() }],
                lists: ListPlace::Beside,
                sums: vec![SheetSum { layer: id, field: chance.name() }],
                ..Sheet::default()
            };
            if chance.yes() {
                Command::AddSheet(0, Box::new(sheet))
            } else {
                Command::SetSheet(0, Box::new(sheet))
            }
        }
        30 => {
            let note = note(chance);
            let notes = NoteSet::new(Language::English).with(note);
            Command::AddNotes { layer: Box::new(layer(chance)), notes, at: place }
        }
        31 | 32 if !document.notes.is_empty() => {
            let set = chance.of_all(&document.notes);
            let ids: Vec<_> = set.notes.iter().map(|note| note.id).collect();
            let change = if ids.is_empty() || chance.yes() {
                NotesChange::Add(vec![note(chance)])
            } else if chance.yes() {
                NotesChange::SetText(chance.of_all(&ids), chance.name())
            } else {
                NotesChange::Remove(vec![chance.of_all(&ids)])
            };
            Command::ChangeNotes(set.id, change)
        }
        29 => {
            let from = document.layer(id).unwrap().source.path.clone();
            Command::MoveFiles(vec![(from, format!("/elders/{}.csv", chance.below(9)))])
        }
        _ => Command::SetTitle(chance.name()),
    }
}

/// A document after so many random changes.
pub fn document(seed: u64, changes: usize) -> Document {
    let mut chance = Chance::of(seed);
    let mut document = Document::default();
    for _ in 0..changes {
        let command = change(&document, &mut chance);
        belfort::project::apply(&mut document, &command).unwrap();
    }
    document
}
