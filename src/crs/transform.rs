//! Transformations, by PROJ.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::mercator::{lon_lat_from_mercator, mercator_on_any_latitude};
use super::proj::{Kind, Object};
use super::{Crs, CrsError, LayerCrs};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch, cores};

/// How many positions are transformed between two looks at the watch.
const CHUNK: usize = 16_384;

/// Fewer positions than this are not worth a thread: making its transformer takes as long.
const WORTH_A_THREAD: usize = 100_000;

/// How many transformers a thread keeps.
const KEPT: usize = 32;

/// Brussels, longitude and latitude: where the operation for data about Belgium is asked for.
const BRUSSELS: [f64; 2] = [4.35, 50.85];

/// The operation between two systems.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The register's name for the change of datum (`BD72 to WGS 84 (3)`); where there is none,
    /// the names of the projections; empty where nothing is to be done.
    pub name: String,
    /// Metres; 0 for a computation without a change of datum, none when PROJ does not know.
    pub accuracy: Option<f64>,
}

impl Operation {
    fn nothing() -> Operation {
        Operation { name: String::new(), accuracy: Some(0.0) }
    }

    /// The operation and its accuracy in words.
    pub fn message(&self) -> Message {
        let name = self.name.as_str();
        match self.accuracy {
            _ if name.is_empty() => Message::new("crs-operation-none"),
            Some(metres) if metres > 0.0 => {
                Message::new("crs-operation-about").text("name", name).number("metres", metres, 2)
            }
            Some(_) => Message::new("crs-operation-exact").text("name", name),
            None => Message::new("crs-operation-unknown").text("name", name),
        }
    }

    fn of(object: &Object) -> Operation {
        let steps = object.steps();
        let steps = if steps.is_empty() { std::slice::from_ref(object) } else { &steps };
        let names_of = |wanted: fn(Kind) -> bool| {
            let names = steps.iter().filter(|step| wanted(step.kind())).map(Object::name);
            names.filter(|name| !name.starts_with("axis order change")).collect::<Vec<_>>()
        };
        let shifts = names_of(|kind| kind != Kind::Conversion);
        if shifts.is_empty() {
            let name = names_of(|kind| kind == Kind::Conversion).join(" + ");
            return Operation { name, accuracy: Some(0.0) };
        }
        Operation { name: shifts.join(" + "), accuracy: object.accuracy() }
    }
}

/// How a transformer works.
enum Way {
    /// Both systems are the same.
    Stay,
    /// EPSG:4326 to EPSG:3857 in closed form.
    ToMercator,
    /// EPSG:3857 to EPSG:4326 in closed form.
    FromMercator,
    /// PROJ.
    Proj(Object),
}

struct Made {
    from: Crs,
    way: Way,
    operation: OnceCell<Operation>,
}

type Key = (Arc<str>, Arc<str>);

thread_local! {
    static MADE: RefCell<HashMap<Key, Rc<Made>>> = RefCell::new(HashMap::new());
}

/// Transforms coordinates from one system to another. Belongs to one thread, where the costly part
/// (some 50 ms) is made once for each pair of systems.
pub struct Transformer {
    made: Rc<Made>,
    swap_before: bool,
    swap_after: bool,
}

impl Transformer {
    /// Finds the operation between two systems.
    ///
    /// # Errors
    /// When PROJ cannot read one of the systems, or there is no operation.
    pub fn new(from: &Crs, to: &Crs) -> Result<Transformer, CrsError> {
        let key = (Arc::clone(&from.definition), Arc::clone(&to.definition));
        if let Some(made) = MADE.with_borrow(|made| made.get(&key).cloned()) {
            return Ok(Transformer { made, swap_before: false, swap_after: false });
        }
        let operation = OnceCell::new();
        let made = Rc::new(Made { from: from.clone(), way: way(from, to)?, operation });
        MADE.with_borrow_mut(|all| {
            if all.len() >= KEPT {
                all.clear();
            }
            all.insert(key, Rc::clone(&made));
        });
        Ok(Transformer { made, swap_before: false, swap_after: false })
    }

    /// What is done, and how exactly, for data in the area both systems are made for (for
    /// Belgium where that is part of it).
    pub fn operation(&self) -> &Operation {
        self.made.operation.get_or_init(|| match &self.made.way {
            Way::Stay => Operation::nothing(),
            Way::ToMercator | Way::FromMercator => Operation {
                name: "Popular Visualisation Pseudo-Mercator".to_owned(),
                accuracy: Some(0.0),
            },
            Way::Proj(object) => {
                // With several candidates PROJ decides by the position.
                let mut at = [reference_position(&self.made.from).unwrap_or_default()];
                object.run(&mut at);
                object.last_used().map_or(
                    Operation { name: object.name(), accuracy: object.accuracy() },
                    |used| Operation::of(&used),
                )
            }
        })
    }

    /// Transforms in place; a position that cannot be transformed becomes NaN, NaN. Returns how
    /// many could not; positions that were not finite before do not count.
    pub fn transform(&self, xy: &mut [[f64; 2]]) -> usize {
        xy.chunks_mut(CHUNK).map(|chunk| self.transform_chunk(chunk)).sum()
    }

    fn transform_chunk(&self, xy: &mut [[f64; 2]]) -> usize {
        if self.swap_before {
            swap(xy);
        }
        let before = count_finite(xy);
        match &self.made.way {
            Way::Stay => {}
            Way::ToMercator => {
                for position in &mut *xy {
                    let [lon, lat] = *position;
                    // Further east or north there is nothing: numbers that are no degrees.
                    let on_earth = lon.abs() <= 360.0 && lat.abs() < 90.0;
                    *position =
                        if on_earth { mercator_on_any_latitude([lon, lat]) } else { [f64::NAN; 2] };
                }
            }
            Way::FromMercator => {
                for position in &mut *xy {
                    *position = lon_lat_from_mercator(*position);
                }
            }
            Way::Proj(object) => object.run(xy),
        }
        let mut failed = before;
        for position in &mut *xy {
            if is_finite(*position) {
                failed = failed.saturating_sub(1);
            } else if !matches!(self.made.way, Way::Stay) {
                *position = [f64::NAN; 2];
            }
        }
        if self.swap_after {
            swap(xy);
        }
        failed
    }
}

#[inline]
pub(super) fn is_finite([x, y]: [f64; 2]) -> bool {
    x.is_finite() && y.is_finite()
}

fn count_finite(xy: &[[f64; 2]]) -> usize {
    xy.iter().filter(|position| is_finite(**position)).count()
}

fn swap(xy: &mut [[f64; 2]]) {
    xy.iter_mut().for_each(|position| position.reverse());
}

fn way(from: &Crs, to: &Crs) -> Result<Way, CrsError> {
    if from.same_as(to) {
        return Ok(Way::Stay);
    }
    match (from.code.as_deref(), to.code.as_deref()) {
        (Some("EPSG:4326"), Some("EPSG:3857")) => return Ok(Way::ToMercator),
        (Some("EPSG:3857"), Some("EPSG:4326")) => return Ok(Way::FromMercator),
        _ => {}
    }
    let operation = from.object()?.operation_to(&to.object()?);
    operation.map(Way::Proj).map_err(|detail| CrsError::NoOperation {
        from: from.label(),
        to: to.label(),
        detail,
    })
}

/// A position, in a CRS's own coordinates, where its data most likely are.
fn reference_position(crs: &Crs) -> Option<[f64; 2]> {
    let lon_lat = match crs.object().ok()?.area_of_use() {
        Some([west, south, east, north]) => {
            let [lon, lat] = BRUSSELS;
            if west <= lon && lon <= east && south <= lat && lat <= north {
                BRUSSELS
            } else if west <= east {
                [f64::midpoint(west, east), f64::midpoint(south, north)]
            } else {
                // Across the antimeridian.
                [west, f64::midpoint(south, north)]
            }
        }
        None => BRUSSELS,
    };
    let mut at = [lon_lat];
    let failed = Transformer::new(&Crs::wgs84(), crs).ok()?.transform(&mut at);
    let [at] = at;
    (failed == 0).then_some(at)
}

/// The operation that would be used, without keeping a transformer.
///
/// # Errors
/// When there is none.
pub fn describe(from: &Crs, to: &Crs) -> Result<Operation, CrsError> {
    Transformer::new(from, to).map(|made| made.operation().clone())
}

impl LayerCrs {
    /// The way from a layer's numbers, perhaps with latitude first, to a CRS.
    ///
    /// # Errors
    /// As [`Transformer::new`].
    pub fn transformer_to(&self, to: &Crs) -> Result<Transformer, CrsError> {
        let transformer = Transformer::new(&self.crs, to)?;
        Ok(Transformer { swap_before: self.swapped, ..transformer })
    }

    /// Has this thread find the way to WGS 84, the costly part of the first question where a layer
    /// lies. What fails is told to who asks that.
    pub(crate) fn get_ready(&self) {
        let _ = self.transformer_to(&Crs::wgs84());
    }

    /// The way from a layer's numbers to another layer's numbers, both perhaps with latitude
    /// first.
    ///
    /// # Errors
    /// As [`Transformer::new`].
    pub fn transformer_to_layer(&self, to: &LayerCrs) -> Result<Transformer, CrsError> {
        Ok(Transformer { swap_after: to.swapped, ..self.transformer_to(&to.crs)? })
    }

    /// A layer's numbers to longitude and latitude in WGS 84, in place. Returns how many positions
    /// could not be transformed; they are NaN.
    ///
    /// # Errors
    /// As [`Transformer::new`].
    pub fn to_lon_lat(&self, xy: &mut [[f64; 2]]) -> Result<usize, CrsError> {
        Ok(self.transformer_to(&Crs::wgs84())?.transform(xy))
    }
}

/// Why many positions could not be transformed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TransformError {
    /// There is no way between the systems.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// The person cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Transforms many positions in place, on as many threads as pay off. A position that cannot be
/// transformed becomes NaN; returns how many. Reports the positions done as progress.
///
/// # Errors
/// When there is no operation, or the person cancelled (some positions are transformed then,
/// others not).
pub fn transform_parallel(
    from: &LayerCrs,
    to: &Crs,
    xy: &mut [[f64; 2]],
    watch: &Watch,
) -> Result<usize, TransformError> {
    let run = |transformer: &Transformer, xy: &mut [[f64; 2]]| {
        let mut failed = 0;
        for chunk in xy.chunks_mut(CHUNK) {
            watch.check()?;
            failed += transformer.transform(chunk);
            watch.advance(chunk.len() as u64);
        }
        Ok::<usize, Cancelled>(failed)
    };
    // Made here first: an error then needs no thread, and small work none either.
    let transformer = from.transformer_to(to)?;
    let threads = cores().min(xy.len() / WORTH_A_THREAD).max(1);
    if threads == 1 {
        return Ok(run(&transformer, xy)?);
    }
    std::thread::scope(|scope| {
        let share = xy.len().div_ceil(threads);
        let mut parts = xy.chunks_mut(share);
        let mine = parts.next().unwrap_or_default();
        let others: Vec<_> = parts
            .map(|part| scope.spawn(move || Ok(run(&from.transformer_to(to)?, part)?)))
            .collect();
        let mut failed = run(&transformer, mine)?;
        for other in others {
            let theirs: Result<usize, TransformError> = match other.join() {
                Ok(theirs) => theirs,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            failed += theirs?;
        }
        Ok(failed)
    })
}
