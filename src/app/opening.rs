//! Opening what the person points at: a project, or data files that become layers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::reading::Remembered;
use super::session::{ListedFile, Session};
use super::store::{Loaded, prepare};
use super::styles::dress_as_in_file;
use super::{Wake, grounds};
use crate::formats::{ReadOptions, Within, is_address, layers_in};
use crate::i18n::Arg;
use crate::jobs::{Job, Watch};
use crate::portal::{
    Address, Found, PortalAddress, Portals, Receipt, Service, ServiceAddress, Wanted,
};
use crate::problem::FileError;
use crate::project::{
    Attribution, Backdrop, Filter, Layer, LayerSource, OpenedProject, OwnBasemap, Rectangle,
    is_pack, is_project, read_project, unpack,
};
use crate::query::{Condition, TextExpression};
use crate::raster::{RasterFile, is_raster};
use crate::style::{By, NumberOf, Per, Style};
use crate::table::Table;
use crate::tiles::archive::is_archive;

/// How a layer from a portal is to look when it comes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dressing {
    /// Its name; the dataset's title where none is given.
    pub name: Option<String>,
    pub style: Option<Style>,
    /// Fields that the attribute table does not show.
    pub hidden: Vec<String>,
    /// Fields that it is of little use without.
    pub fields: Vec<String>,
    /// Which rows are shown.
    pub filter: Filter,
}

impl Dressing {
    fn put_on(&self, layer: &mut Layer, table: &mut Table, receipt: &Receipt) {
        if let Some(name) = &self.name {
            layer.name.clone_from(name);
        }
        layer.style.clone_from(&self.style);
        layer.filter = self.filter.clone();
        // The place stands on the map; as text it only takes room in the table.
        let place = |name: &str| {
            receipt.fields.iter().any(|field| field.name == name && field.kind.is_place())
        };
        let is_hidden = |name: &str| place(name) || self.hidden.iter().any(|it| it == name);
        let names = table.fields.iter().map(|field| field.name.clone());
        layer.columns.hidden = names.filter(|name| is_hidden(name)).collect();
        if let Some(style) = &mut layer.style {
            leave_out_what_is_gone(style, table);
        }
        let gone = self.fields.iter().filter(|name| table.field_index(name).is_none());
        let gone: Vec<&str> = gone.map(String::as_str).collect();
        if !gone.is_empty() {
            let count = u64::try_from(gone.len()).unwrap_or(u64::MAX);
            let names = vec![("names", Arg::Text(gone.join(", ")))];
            table.origin.problems.report("problem-portal-fields-gone", count, names, None);
        }
    }
}

/// A style without what it says of fields that the table does not have: its rows are all drawn then, in
/// its one symbol.
fn leave_out_what_is_gone(style: &mut Style, table: &Table) {
    let is_gone = |field: &str| table.field_index(field).is_none();
    let lacks = |of: &NumberOf| {
        is_gone(&of.field) || matches!(&of.per, Per::Field(field) if is_gone(field))
    };
    let meets = |sql: &str| Condition::parse(sql).is_ok_and(|condition| condition.fits(table));
    let by_is_gone = match &style.by {
        By::Number(graduated) => lacks(&graduated.of),
        By::Crossed(crossed) => lacks(&crossed.across.of) || lacks(&crossed.up.of),
        By::Value(categories) => is_gone(&categories.field),
        By::Rules(rules) => !rules.rules.iter().all(|rule| meets(&rule.sql)),
        By::Nothing => false,
    };
    if by_is_gone {
        style.by = By::Nothing;
    }
    style.size = style.size.take().filter(|size| !lacks(&size.of));
    let fits = |what: &str| TextExpression::parse(what).is_ok_and(|text| text.fits(table));
    style.labels = style.labels.take().filter(|labels| fits(&labels.what));
}

/// A path being opened.
pub(super) struct Opening {
    pub path: PathBuf,
    pub job: Job<Result<Opened, FileError>>,
    /// The sample project and what was pasted are nobody's files: not saved over, and not among
    /// the recent ones.
    pub is_sample: bool,
    /// The person has agreed that changes of the present project are lost.
    pub is_agreed: bool,
}

/// What a path turned out to be.
#[derive(Debug)]
pub(super) enum Opened {
    Project(Box<OpenedProject>),
    /// The project of a pack, and where it was unpacked.
    Pack(Box<OpenedProject>, PathBuf),
    Layers(Vec<(Layer, Loaded)>),
    /// An image for under the layers, and whether its CRS is known.
    Backdrop(Box<Backdrop>, bool),
    /// An archive of tiles as a basemap.
    Basemap(Box<OwnBasemap>, grounds::Opened),
    /// A file that holds several layers, of which the person is to choose.
    Several(ListedFile),
    /// A service, of whose layers the person is to choose.
    Service(Box<Service>),
}

impl Opening {
    /// Whether its progress is counted in features that a service gives.
    pub fn counts_features(&self) -> bool {
        let text = self.path.to_string_lossy();
        text.starts_with("wfs:") || text.starts_with("ogcapi:")
    }

    pub fn start(path: PathBuf, is_sample: bool, session: &Session, wake: &Wake) -> Opening {
        let ours = path.clone();
        let wake = wake.clone();
        let portals = Arc::clone(&session.portals);
        let remembered = session.settings.readings.clone();
        let packs = session.settings.packs_folder(&portals.copies().folder());
        let job = Job::start(
            "open",
            move || wake(),
            move |watch| {
                if is_pack(&ours) {
                    let project = unpack(&ours, &packs, watch)?;
                    let opened = read_project(&project)?;
                    let folder = project.parent().map(Path::to_owned).unwrap_or_default();
                    return Ok(Opened::Pack(Box::new(opened), folder));
                }
                open_any(&ours, &Dressing::default(), &remembered, &portals, watch)
            },
        );
        Opening { path, job, is_sample, is_agreed: false }
    }

    /// Opens some layers of a file that holds several; only what lies in a rectangle, where one is
    /// given.
    pub fn of_layers(
        path: PathBuf,
        names: Vec<String>,
        part: Option<Rectangle>,
        session: &Session,
    ) -> Opening {
        let (ours, wake) = (path.clone(), session.wake.clone());
        let portals = Arc::clone(&session.portals);
        let remembered = session.settings.readings.clone();
        let job = Job::start(
            "open",
            move || wake(),
            move |watch| {
                let layers = names.into_iter().map(|name| {
                    let extent = part.map(|part| Within::Degrees(part.extent()));
                    // What is read from its server piece by piece has one layer, whatever its name.
                    let layer = (!is_address(&ours)).then_some(name);
                    let options = ReadOptions { layer, extent, ..ReadOptions::default() };
                    let plain = Dressing::default();
                    // What is on the web was fetched when its layers were listed, where it has several.
                    let wanted = Wanted::Kept;
                    layers_of_path(&ours, wanted, &options, &plain, &remembered, &portals, watch)
                });
                let layers = layers.collect::<Result<Vec<_>, FileError>>()?;
                Ok(Opened::Layers(layers.into_iter().flatten().collect()))
            },
        );
        Opening { path, job, is_sample: false, is_agreed: false }
    }

    /// Opens a layer of a portal, dressed.
    pub fn of_portal(
        address: &PortalAddress,
        dressing: Dressing,
        portals: &Arc<Portals>,
        wake: &Wake,
    ) -> Opening {
        let path = PathBuf::from(address.to_string());
        let (ours, wake, portals) = (path.clone(), wake.clone(), Arc::clone(portals));
        let job = Job::start(
            "open",
            move || wake(),
            move |watch| open_any(&ours, &dressing, &[], &portals, watch),
        );
        Opening { path, job, is_sample: false, is_agreed: false }
    }
}

/// A file of so many bytes takes a while and much memory: where a part of it can be had quickly,
/// that is offered.
const HUGE: u64 = 256 << 20;
/// The same of a file on the web, which comes over a line.
const HUGE_ON_WEB: u64 = 32 << 20;

pub(super) fn open_any(
    path: &Path,
    dressing: &Dressing,
    remembered: &[Remembered],
    portals: &Portals,
    watch: &Watch,
) -> Result<Opened, FileError> {
    if Address::is_meant(path) {
        return open_address(path, dressing, portals, watch);
    }
    if is_project(path) {
        return Ok(Opened::Project(Box::new(read_project(path)?)));
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if is_archive(&path) {
        let opened = grounds::Opened::read(&path, grounds::key())?;
        let name = opened.archive.facts().title();
        let own = OwnBasemap::of_archive(name, path.to_string_lossy());
        return Ok(Opened::Basemap(Box::new(own), opened));
    }
    if is_raster(&path) {
        let file = RasterFile::open(&path)?;
        let has_crs = file.crs.is_some();
        return Ok(Opened::Backdrop(Box::new(backdrop_of(&file)), has_crs));
    }
    let listed = if path.is_file() { layers_in(&path, watch)? } else { Vec::new() };
    let has_index = listed.iter().any(|layer| layer.has_index);
    let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
    if listed.len() > 1 || (has_index && bytes >= HUGE) {
        return Ok(Opened::Several(ListedFile { path, layers: listed, bytes: Some(bytes) }));
    }
    // Read as was chosen before, where that was for the whole file.
    let chosen = Remembered::of(remembered, &path, None);
    let chosen = chosen.map(|chosen| chosen.applied_to(&LayerSource::default()));
    let options = chosen.and_then(|chosen| chosen.read_options().ok()).unwrap_or_default();
    let wanted = Wanted::Newest;
    let layers = layers_of_path(&path, wanted, &options, dressing, remembered, portals, watch);
    layers.map(Opened::Layers)
}

/// Opens what lies at an address: a layer, a file, or a service of which no layer was named.
fn open_address(
    path: &Path,
    dressing: &Dressing,
    portals: &Portals,
    watch: &Watch,
) -> Result<Opened, FileError> {
    let text = path.to_string_lossy();
    let options = ReadOptions::default();
    let path = if ServiceAddress::is_meant(&text) {
        match portals.look(&text, watch)? {
            Found::Service(service) => return Ok(Opened::Service(service)),
            Found::Data(address) => PathBuf::from(address.to_string()),
        }
    } else {
        path.to_owned()
    };
    match portals.divisible_at(&path, watch) {
        Ok(Some((layer, bytes))) if bytes >= HUGE_ON_WEB => {
            let (layers, bytes) = (vec![layer], Some(bytes));
            return Ok(Opened::Several(ListedFile { path, layers, bytes }));
        }
        Err(error) if error.is_cancelled() => return Err(error),
        // What keeps a server from giving parts is told by the way that takes everything, if it is
        // in that one's way too.
        _ => {}
    }
    let layers = layers_of_path(&path, Wanted::Newest, &options, dressing, &[], portals, watch)?;
    if layers.len() > 1 {
        let listed = portals.layers_at(&path.to_string_lossy(), watch)?;
        if listed.len() > 1 {
            return Ok(Opened::Several(ListedFile { path, layers: listed, bytes: None }));
        }
    }
    Ok(Opened::Layers(layers))
}

fn layers_of_path(
    path: &Path,
    wanted: Wanted,
    options: &ReadOptions,
    dressing: &Dressing,
    remembered: &[Remembered],
    portals: &Portals,
    watch: &Watch,
) -> Result<Vec<(Layer, Loaded)>, FileError> {
    let opened = portals.open(path, wanted, options, watch)?;
    let mut layers = Vec::with_capacity(opened.len());
    for mut opened in opened {
        let layer = if let Some(from) = &opened.from_portal {
            let mut layer = layer_of_portal(&opened.table, &from.receipt);
            dressing.put_on(&mut layer, &mut opened.table, &from.receipt);
            layer
        } else {
            let mut layer = layer_of(&opened.table, path);
            if let Some(Within::Degrees(extent)) = options.extent {
                layer.source.bbox = Rectangle::of(extent);
            }
            let file = Path::new(&layer.source.path);
            let chosen = Remembered::of(remembered, file, layer.source.layer.as_deref());
            if let Some(chosen) = chosen {
                let is_read_so = layer.source.layer.is_none() && file == path;
                layer.source = chosen.applied_to(&layer.source);
                if !is_read_so {
                    opened = read_again(opened, &layer.source, portals, watch)?;
                }
            }
            dress_as_in_file(&mut layer, &mut opened.table);
            layer
        };
        layers.push((layer, prepare(opened, watch)?));
    }
    Ok(layers)
}

/// Reads a layer of a folder or archive again, as was chosen before; as it is where that no longer
/// works.
fn read_again(
    opened: crate::portal::Opened,
    source: &LayerSource,
    portals: &Portals,
    watch: &Watch,
) -> Result<crate::portal::Opened, FileError> {
    let Ok(options) = source.read_options() else { return Ok(opened) };
    let again = portals.open(Path::new(&source.path), Wanted::Kept, &options, watch)?;
    Ok(again.into_iter().next().unwrap_or(opened))
}

/// A new layer showing what a portal gave.
fn layer_of_portal(table: &Table, receipt: &Receipt) -> Layer {
    let source = LayerSource {
        path: receipt.address.clone(),
        layer: table.origin.layer.clone(),
        ..LayerSource::default()
    };
    let attribution = Attribution {
        publisher: receipt.attribution.clone(),
        licence: receipt.licence.clone(),
        url: receipt.url.clone(),
        accessed: receipt.fetched_on().to_string(),
    };
    Layer { attribution, ..Layer::new(table.name.clone(), source) }
}

/// A new backdrop showing an image.
fn backdrop_of(file: &RasterFile) -> Backdrop {
    let name = file.path.file_stem().unwrap_or(file.path.as_os_str()).to_string_lossy();
    let attribution = Attribution {
        publisher: file.facts.copyright.clone().unwrap_or_default(),
        accessed: day_of(&file.path),
        ..Attribution::default()
    };
    Backdrop { attribution, ..Backdrop::new(name, file.path.to_string_lossy()) }
}

/// The day a file was last changed, ISO 8601; empty where that is not known.
fn day_of(path: &Path) -> String {
    let changed = std::fs::metadata(path).and_then(|metadata| metadata.modified());
    changed.map_or_else(
        |_| String::new(),
        |at| chrono::DateTime::<chrono::Local>::from(at).format("%Y-%m-%d").to_string(),
    )
}

/// A new layer showing a table that was read from a path.
fn layer_of(table: &Table, opened: &Path) -> Layer {
    let from = &table.origin.path;
    let from = if from.as_os_str().is_empty() { opened } else { from };
    // A part of a file on the web has no receipt, but an address and a day all the same.
    let (path, accessed, url) = if Address::is_meant(from) {
        let today = chrono::Local::now().format("%Y-%m-%d").to_string();
        (from.to_owned(), today, from.to_string_lossy().into_owned())
    } else {
        let path = std::path::absolute(from).unwrap_or_else(|_| from.to_owned());
        let day = day_of(&path);
        (path, day, String::new())
    };
    let source = LayerSource {
        path: path.to_string_lossy().into_owned(),
        layer: table.origin.layer.clone(),
        ..LayerSource::default()
    };
    let attribution = Attribution { url, accessed, ..Attribution::default() };
    Layer { attribution, ..Layer::new(table.name.clone(), source) }
}
