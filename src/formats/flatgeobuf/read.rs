//! Reading a FlatGeobuf file: the whole of it on all cores, or what lies in a view.

use std::path::Path;

use arrow_array::ArrayRef;
use flatgeobuf::GeometryType;

use super::header::Header;
use super::rows::{NotARun, Rows};
use super::runs::{self, Run};
use super::values::Values;
use super::{crs, tree};
use crate::formats::open::stem_of;
use crate::formats::pieces::Cut;
use crate::formats::source::{FileSource, Source};
use crate::formats::{ListedLayer, ReadOptions, field_names, typed};
use crate::i18n::{Arg, Message};
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Problems};
use crate::table::{Field, GeometryBuilder, Origin, Table};

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

/// The one layer of a file wherever it is, by its header alone.
///
/// # Errors
/// When it is no FlatGeobuf file, or cannot be read.
pub(in crate::formats) fn list_source(
    source: &dyn Source,
    _: &Watch,
) -> Result<ListedLayer, FileError> {
    let header = Header::read(source)?;
    Ok(ListedLayer {
        rows: header.count,
        has_index: header.fan_out.is_some() && header.count.is_some(),
        has_place: (header.geometry != GeometryType::Unknown).then_some(true),
        title: header.title.clone(),
        name: header.name.clone().unwrap_or_else(|| stem_of(source.path())),
    })
}

/// Reads a file from wherever it is. With an extent and an index, only what is needed of it.
///
/// # Errors
/// When it is no FlatGeobuf file, is damaged beyond use, or cannot be read.
pub(in crate::formats) fn read_source(
    source: &dyn Source,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Table, FileError> {
    read_cut(source, options, Cut::default(), watch)
}

pub(super) fn read_cut(
    source: &dyn Source,
    options: &ReadOptions,
    cut: Cut,
    watch: &Watch,
) -> Result<Table, FileError> {
    let header = Header::read(source)?;
    let extent = options.extent.and_then(|within| {
        within.in_crs(crs::beforehand(header.crs.as_ref(), options.crs.as_ref()).as_ref())
    });
    if (extent.is_none() || header.fan_out.is_none())
        && let Some(copy) = source.whole(watch)?
    {
        return read_cut(&copy, options, cut, watch);
    }
    let mut problems = Problems::new();
    let bytes = cut.bytes as u64;
    let read = |runs: &[Run]| read_runs(source, &header, runs, cut, watch);
    let rows = if let (Some(extent), Some(count), Some(fan_out)) =
        (extent, header.count, header.fan_out)
    {
        let found = tree::search(source, header.index, count, fan_out, &extent, watch)?;
        read(&runs::some(source, header.features, &found, bytes, &mut problems)?)?
    } else {
        let indexed = runs::indexed(source, &header, bytes)?;
        match indexed.as_deref().map(read).transpose()?.flatten() {
            Some(rows) => Some(rows),
            None => read(&runs::walked(source, &header, bytes, watch, &mut problems)?)?,
        }
    };
    // Runs that were found by going through the file are runs.
    let rows = rows
        .ok_or_else(|| FileError::new(source.path(), Message::new("flatgeobuf-error-changed")))?;
    table_of(source.path(), header, rows, options, problems)
}

/// The rows of runs one after another; none where one turns out to be no run.
fn read_runs(
    source: &dyn Source,
    header: &Header,
    runs: &[Run],
    cut: Cut,
    watch: &Watch,
) -> Result<Option<Rows>, FileError> {
    watch.set_total(runs.iter().map(|run| run.end - run.start).sum());
    watch.set_done(0);
    let make = |piece: usize, buffer: &mut Vec<u8>| {
        watch.check().map_err(|_| Ended::File(FileError::cancelled(source.path())))?;
        let run = runs.get(piece).ok_or(Ended::NotARun)?;
        let length = usize::try_from(run.end - run.start).unwrap_or(usize::MAX);
        let bytes = source.read_into(buffer, length, run.start).map_err(Ended::File)?;
        let rows = Rows::read(header, run, bytes).map_err(|NotARun| Ended::NotARun)?;
        watch.advance(run.end - run.start);
        Ok(rows)
    };
    let mut whole = Rows::new(header);
    let mut pieces = 0;
    let read = cut.in_order(runs.len(), make, |rows: Rows| {
        whole.append(rows);
        pieces += 1;
        if typed::are_too_many(whole.count, whole.columns.len(), source.length()) {
            let what = Message::new("flatgeobuf-error-too-many-cells");
            return Err(Ended::File(FileError::new(source.path(), what)));
        }
        // What grows bit by bit is moved again and again.
        if pieces == 1 {
            whole.reserve_for(whole.count.saturating_mul(runs.len()));
        }
        Ok(())
    });
    match read {
        Ok(()) => Ok(Some(whole)),
        Err(Ended::NotARun) => Ok(None),
        Err(Ended::File(error)) => Err(error),
    }
}

/// Why the runs were not read to their end.
enum Ended {
    NotARun,
    File(FileError),
}

fn table_of(
    path: &Path,
    header: Header,
    rows: Rows,
    options: &ReadOptions,
    mut problems: Problems,
) -> Result<Table, FileError> {
    let Rows { geometry, with_geometry, columns, count, problems: found, .. } = rows;
    problems.extend(found);
    let (fields, arrays) = finish(path, &header, columns, count, options, &mut problems)?;
    // A file of rows without any place says of itself that the type is not known.
    let has_place = with_geometry || header.geometry != GeometryType::Unknown;
    let geometry = if has_place { Some(finish_geometry(path, geometry)?) } else { None };
    let layer_crs = geometry.as_ref().and_then(|geometry| {
        problems.add("problem-no-geometry", geometry.missing() as u64);
        crs::find(header.crs.as_ref(), geometry, options.crs.as_ref(), &mut problems)
    });
    let note = note_of(&header);
    let name = header.name.or(header.title).unwrap_or_else(|| stem_of(path));
    let table = Table::new(name, count, fields, arrays, geometry);
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

/// All that the file says about itself in words: what it is called beside its name, a description,
/// and further pairs of names and values.
fn note_of(header: &Header) -> Option<String> {
    let title = header.title.clone().filter(|_| header.name.is_some());
    let title = title.filter(|title| header.name.as_ref() != Some(title));
    let pairs = header.metadata.as_ref().map(|text| match serde_json::from_str(text) {
        Ok(serde_json::Value::Object(pairs)) => {
            let pair = |(name, value): (&String, &serde_json::Value)| match value.as_str() {
                Some(text) => format!("{name}: {text}"),
                None => format!("{name}: {value}"),
            };
            pairs.iter().map(pair).collect::<Vec<_>>().join("; ")
        }
        _ => text.clone(),
    });
    let said = [title, header.description.clone(), pairs];
    let said: Vec<String> =
        said.into_iter().flatten().filter(|text| !text.trim().is_empty()).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn finish_geometry(
    path: &Path,
    geometry: GeometryBuilder,
) -> Result<crate::table::GeometryColumn, FileError> {
    geometry.finish().map_err(|_| {
        let what = Message::new("error-too-many-coordinates");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    })
}

/// The columns that are kept; what was left out is told.
fn finish(
    path: &Path,
    header: &Header,
    columns: Vec<Values>,
    count: usize,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Result<(Vec<Field>, Vec<ArrayRef>), FileError> {
    let (names, repeated) = field_names::unique(header.columns.iter().map(|c| c.name.as_str()));
    for name in repeated {
        let args = vec![("field", Arg::Text(name))];
        problems.report("problem-repeated-field", 1, args, None);
    }
    let described = header.columns.iter().zip(names).zip(columns);
    let (kept, left): (Vec<_>, Vec<_>) = described.partition(|(_, values)| values.kept);
    for ((_, name), values) in left {
        values.report(&name, problems);
    }
    let finished = in_parallel(kept, |((column, name), values)| {
        let mut found = Problems::new();
        let chosen = options.kinds.get(&name).copied();
        let made = values.finish(&name, count, chosen, &mut found);
        (column, name, made, found)
    });
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    for (column, name, made, found) in finished {
        problems.extend(found);
        let (kind, array) = made.map_err(|_| {
            let what = Message::new("error-too-much-text");
            FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
        })?;
        let mut field = Field::new(name, kind);
        field.label = column.title.clone();
        field.description = column.description.clone();
        fields.push(field);
        arrays.push(array);
    }
    Ok((fields, arrays))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says_of_itself_becomes_a_note() {
        let note = |name: Option<&str>, title: Option<&str>, about: &str, metadata: &str| {
            note_of(&Header {
                name: name.map(str::to_owned),
                title: title.map(str::to_owned),
                description: Some(about.to_owned()),
                metadata: Some(metadata.to_owned()),
                geometry: GeometryType::Unknown,
                columns: Vec::new(),
                crs: None,
                count: None,
                fan_out: None,
                index: 0,
                features: 0,
            })
        };
        let said =
            note(Some("a"), Some("Bomen"), "Alle bomen", "{\"jaar\":2026,\"licentie\":\"CC0\"}");
        assert_eq!(said.as_deref(), Some("Bomen; Alle bomen; jaar: 2026; licentie: CC0"));
        assert_eq!(note(None, Some("Bomen"), " ", "{}"), None);
        assert_eq!(note(Some("a"), Some("a"), "", "geen JSON").as_deref(), Some("geen JSON"));
    }
}
