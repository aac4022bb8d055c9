//! Reading a Parquet file: its columns, one row group at a time, on all cores.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::{Array, ArrayRef, StringArray};

use super::attributes::{DESCRIPTION, LABEL};
use super::file::{ParquetFile, get_again};
use super::plan::{Column, plan};
use super::{coordinates, covering, crs};
use crate::formats::open::stem_of;
use crate::formats::source::{FileSource, Source};
use crate::formats::wkb::Tally;
use crate::formats::{ListedLayer, ReadOptions, field_names, place, wkt};
use crate::i18n::{Arg, Message};
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Place, Problems};
use crate::table::{Field, FieldKind, GeometryBuilder, GeometryColumn, Origin, Table, TooMuchText};

/// Under which names a line about the data may stand.
const NOTES: [&str; 2] = ["note", "description"];

/// Reads a file: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let source = FileSource::open(path)?;
    read_source(&source, options, watch).map(|table| vec![table])
}

/// The one layer of a file.
pub(super) fn list(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    list_source(&FileSource::open(path)?, watch).map(|layer| vec![layer])
}

/// The one layer of a file wherever it is, by what stands at its end.
///
/// # Errors
/// When it is no Parquet file, or cannot be read.
pub(in crate::formats) fn list_source(
    source: &dyn Source,
    watch: &Watch,
) -> Result<ListedLayer, FileError> {
    let file = ParquetFile::open(source)?;
    let columns = plan(&file, watch, &mut Problems::new())?;
    let rows: usize = file.row_groups().iter().sum();
    Ok(ListedLayer {
        name: stem_of(source.path()),
        title: None,
        rows: u64::try_from(rows).ok(),
        has_place: None,
        has_index: covering::is_kept(&file, &columns) && file.row_groups().len() > 1,
    })
}

/// A column of a row group.
#[derive(Clone, Copy)]
struct Task {
    column: usize,
    group: usize,
    /// Rows before it.
    before: u64,
    /// Its bytes in the file.
    bytes: u64,
}

/// What a task made.
enum Made {
    Places(Box<(GeometryBuilder, Problems)>),
    Values(Vec<ArrayRef>),
}

/// Reads a file from wherever it is. With an extent, only the row groups that may hold something
/// of it, where the file tells.
///
/// # Errors
/// When it is no Parquet file, is damaged, or cannot be read.
pub(in crate::formats) fn read_source(
    source: &dyn Source,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Table, FileError> {
    let file = ParquetFile::open(source)?;
    let mut problems = Problems::new();
    let columns = plan(&file, watch, &mut problems)?;
    let said = columns.iter().find_map(|column| match column {
        Column::Place(place) => Some(&place.crs),
        _ => None,
    });
    let extent = options
        .extent
        .and_then(|within| within.in_crs(crs::beforehand(said, options.crs.as_ref()).as_ref()));
    let groups = covering::groups(&file, &columns, extent.as_ref());
    let counts = file.row_groups();
    if groups.len() == counts.len()
        && let Some(copy) = source.whole(watch)?
    {
        return read_source(&copy, options, watch);
    }
    let rows_of = |group: usize| counts.get(group).copied().unwrap_or_default();
    let rows: usize = groups.iter().map(|group| rows_of(*group)).sum();
    let tasks = tasks(&file, &columns, &groups, rows_of);
    watch.set_total(tasks.iter().map(|task| task.bytes).sum());
    let failed = AtomicBool::new(false);
    let (made, told) = std::thread::scope(|scope| {
        // PROJ takes some time on one core, which the columns on the others need not wait for.
        let ask = || said.filter(|_| options.crs.is_none()).map(crs::understand);
        let told = scope.spawn(ask);
        let made = in_parallel(tasks, |task| {
            if failed.load(Ordering::Relaxed) {
                return Err((task, None));
            }
            let made = make(&file, columns.get(task.column), task, watch);
            failed.fetch_or(made.is_err(), Ordering::Relaxed);
            made.map(|made| (task, made)).map_err(|error| (task, Some(error)))
        });
        match told.join() {
            Ok(told) => (made, told.unwrap_or(crs::Told::Nothing)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    let made = settle(made)
        .map_err(|error| error.unwrap_or_else(|| FileError::cancelled(source.path())))?;
    let assembled = assemble(&file, &columns, made, rows, &mut problems)?;
    table_of(source.path(), assembled, rows, told, options, note_of(&file), problems)
}

/// The columns of the row groups; the largest first, so that no core has one left in the end.
fn tasks(
    file: &ParquetFile<'_>,
    columns: &[Column],
    groups: &[usize],
    rows_of: impl Fn(usize) -> usize,
) -> Vec<Task> {
    let schema = file.metadata.parquet_schema();
    let mut tasks = Vec::new();
    let mut before = 0;
    for group in groups {
        let Some(metadata) = file.metadata.metadata().row_groups().get(*group) else { continue };
        for (column, planned) in columns.iter().enumerate() {
            if matches!(planned, Column::Covering) {
                continue;
            }
            let leaves = metadata.columns().iter().enumerate();
            let mine = leaves.filter(|(leaf, _)| schema.get_column_root_idx(*leaf) == column);
            let bytes = mine.map(|(_, leaf)| u64::try_from(leaf.compressed_size()).unwrap_or(0));
            tasks.push(Task { column, group: *group, before, bytes: bytes.sum() });
        }
        before += rows_of(*group) as u64;
    }
    let is_place = |task: &Task| matches!(columns.get(task.column), Some(Column::Place(_)));
    tasks.sort_by_key(|task| std::cmp::Reverse((is_place(task), task.bytes)));
    tasks
}

fn make(
    file: &ParquetFile<'_>,
    column: Option<&Column>,
    task: Task,
    watch: &Watch,
) -> Result<Made, FileError> {
    let pieces = file.column(task.group, task.column, watch)?;
    let path = file.source.path();
    let name = file.fields().get(task.column).map_or("", |field| field.name());
    let place = Place::Field(name.to_owned());
    match column {
        Some(Column::Place(described) | Column::OtherPlace(described)) => {
            let (mut builder, mut tally) = (GeometryBuilder::new(), Tally::default());
            for piece in pieces {
                let before = task.before + builder.len() as u64;
                let read =
                    coordinates::read(described.encoding, &piece, before, &mut builder, &mut tally);
                read.map_err(|_| {
                    let kind = piece.data_type().to_string();
                    let what = Message::new("geoparquet-error-encoding").text("type", kind);
                    FileError::new(path, what).at(place.clone())
                })?;
            }
            let mut problems = Problems::new();
            tally.report(&mut problems);
            Ok(Made::Places(Box::new((builder, problems))))
        }
        Some(Column::Attribute(attribute)) => {
            let converted = pieces.iter().map(|piece| attribute.convert(piece));
            let converted = converted.collect::<Result<Vec<_>, _>>();
            converted.map(Made::Values).map_err(|error| not_converted(path, name, &error))
        }
        Some(Column::Covering) | None => Ok(Made::Values(Vec::new())),
    }
}

fn not_converted(path: &Path, name: &str, error: &arrow_schema::ArrowError) -> FileError {
    let place = Place::Field(name.to_owned());
    if matches!(error, arrow_schema::ArrowError::OffsetOverflowError(_)) {
        return too_much_text(path).at(place);
    }
    let what = Message::new("geoparquet-error-column").text("detail", error.to_string());
    FileError::new(path, what).at(place).remedy(get_again())
}

fn too_much_text(path: &Path) -> FileError {
    FileError::new(path, Message::new("error-too-much-text"))
        .remedy(Message::new("remedy-smaller-parts"))
}

type Outcome = Result<(Task, Made), (Task, Option<FileError>)>;

/// All that was made, in the order of columns and row groups, or the first error that is one.
fn settle(outcomes: Vec<Outcome>) -> Result<Vec<(Task, Made)>, Option<FileError>> {
    let mut made = Vec::new();
    let mut errors = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(done) => made.push(done),
            Err((task, error)) => errors.push((task, error)),
        }
    }
    errors.sort_by_key(|(task, error)| (error.is_none(), task.group, task.column));
    if let Some((_, error)) = errors.into_iter().next() {
        return Err(error);
    }
    made.sort_by_key(|(task, _)| (task.column, task.before));
    Ok(made)
}

/// The columns put together.
#[derive(Default)]
struct Assembled {
    geometry: Option<GeometryColumn>,
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

fn assemble(
    file: &ParquetFile<'_>,
    columns: &[Column],
    made: Vec<(Task, Made)>,
    rows: usize,
    problems: &mut Problems,
) -> Result<Assembled, FileError> {
    let path = file.source.path();
    let (names, repeated) = field_names::unique(file.fields().iter().map(|f| f.name().as_str()));
    for name in repeated {
        let args = vec![("field", Arg::Text(name))];
        problems.report("problem-repeated-field", 1, args, None);
    }
    let mut of_columns: Vec<Vec<Made>> = columns.iter().map(|_| Vec::new()).collect();
    for (task, made) in made {
        if let Some(column) = of_columns.get_mut(task.column) {
            column.push(made);
        }
    }
    let all: Vec<_> = columns.iter().zip(names).zip(of_columns).collect();
    let finished = in_parallel(all, |((column, name), made)| {
        let mut problems = Problems::new();
        let finished = finish(path, column, &name, made, &mut problems);
        finished.map(|finished| (name, finished, problems))
    });
    let mut assembled = Assembled::default();
    for (finished, field) in finished.into_iter().zip(file.fields()) {
        let (name, finished, found) = finished?;
        problems.extend(found);
        let length = match &finished {
            Finished::Nothing => rows,
            Finished::Geometry(geometry) => geometry.len(),
            Finished::Column(_, array) => array.len(),
        };
        if length != rows {
            let what = Message::new("geoparquet-error-column")
                .text("detail", format!("{length} of {rows} rows"));
            return Err(FileError::new(path, what).at(Place::Field(name)).remedy(get_again()));
        }
        match finished {
            Finished::Nothing => {}
            Finished::Geometry(geometry) => assembled.geometry = Some(*geometry),
            Finished::Column(kind, array) => {
                let mut made = Field::new(name, kind);
                made.label = field.metadata().get(LABEL).cloned();
                made.description = field.metadata().get(DESCRIPTION).cloned();
                assembled.fields.push(made);
                assembled.arrays.push(array);
            }
        }
    }
    Ok(assembled)
}

/// A finished column.
enum Finished {
    Nothing,
    Geometry(Box<GeometryColumn>),
    Column(FieldKind, ArrayRef),
}

fn finish(
    path: &Path,
    column: &Column,
    name: &str,
    made: Vec<Made>,
    problems: &mut Problems,
) -> Result<Finished, FileError> {
    let mut places = GeometryBuilder::new();
    let mut values = Vec::new();
    for made in made {
        match made {
            Made::Places(made) => {
                let (builder, found) = *made;
                places.append(builder);
                problems.extend(found);
            }
            Made::Values(pieces) => values.extend(pieces),
        }
    }
    let geometry = |places: GeometryBuilder| {
        places.finish().map_err(|_| {
            let what = Message::new("error-too-many-coordinates");
            FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
        })
    };
    Ok(match column {
        Column::Covering => Finished::Nothing,
        Column::Place(_) => Finished::Geometry(Box::new(geometry(places)?)),
        Column::OtherPlace(_) => {
            let geometry = geometry(places)?;
            let texts = as_texts(&geometry).map_err(|_| too_much_text(path))?;
            Finished::Column(FieldKind::Text, std::sync::Arc::new(texts))
        }
        Column::Attribute(attribute) => {
            let finished = attribute.finish(name, &values, problems);
            let finished = finished.map_err(|error| not_converted(path, name, &error))?;
            finished.map_or(Finished::Nothing, |(kind, array)| Finished::Column(kind, array))
        }
    })
}

/// Places as well-known text.
fn as_texts(geometry: &GeometryColumn) -> Result<StringArray, TooMuchText> {
    use crate::table::GeometryKind;
    let texts =
        geometry.iter().map(|row| (row.kind() != GeometryKind::Null).then(|| wkt::text(row)));
    let texts: Vec<Option<String>> = texts.collect();
    let length: usize = texts.iter().flatten().map(String::len).sum();
    i32::try_from(length).map_err(|_| TooMuchText)?;
    Ok(StringArray::from(texts))
}

fn note_of(file: &ParquetFile<'_>) -> Option<String> {
    let pairs = file.metadata.metadata().file_metadata().key_value_metadata()?;
    let named = |name: &&str| pairs.iter().find(|pair| pair.key == **name)?.value.clone();
    NOTES.iter().find_map(named).filter(|note| !note.trim().is_empty())
}

fn table_of(
    path: &Path,
    assembled: Assembled,
    rows: usize,
    told: crs::Told,
    options: &ReadOptions,
    note: Option<String>,
    mut problems: Problems,
) -> Result<Table, FileError> {
    let Assembled { mut geometry, mut fields, mut arrays } = assembled;
    let layer_crs = if let Some(geometry) = &geometry {
        problems.add("problem-no-geometry", geometry.missing() as u64);
        crs::find(told, geometry, options.crs.as_ref(), &mut problems)
    } else {
        // Longitude and latitude in columns of their own, or places as text.
        let chosen = options.crs.as_ref();
        let found = place::take(path, &mut fields, &mut arrays, rows, chosen, &mut problems)?;
        geometry = found.0;
        found.1
    };
    let table = Table::new(stem_of(path), rows, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
    })?;
    table.crs = layer_crs;
    table.origin = Origin {
        path: path.to_owned(),
        format: super::FORMAT.id,
        note,
        problems,
        ..Origin::default()
    };
    Ok(table)
}
