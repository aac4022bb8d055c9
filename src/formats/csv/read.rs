//! Reading delimited text.

use std::ops::Range;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use csv::StringRecord;

use super::dialect::{self, Dialect};
use super::guard;
use super::records::{Cell, Records, ends_quoted};
use super::source::{CutError, Source, cut_at_lines, cut_at_records, is_web_page};
use super::values::{self, Column, Inferred, Shape};
use crate::formats::encoding::evidence_of_utf8;
use crate::formats::open::stem_of;
use crate::formats::pieces::Cut;
use crate::formats::{ReadOptions, place};
use crate::i18n::{Arg, Message};
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Place, Problems};
use crate::table::{Field, Origin, Table};

/// The most columns a table may have.
const FIELDS: usize = 16_384;

/// How many records of a piece are looked at to find what the columns are.
const LOOKED_AT: usize = 400;

/// Reads a delimited text: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    read_cut(path, options, Cut::default(), watch).map(|table| vec![table])
}

pub(super) fn read_cut(
    path: &Path,
    options: &ReadOptions,
    cut: Cut,
    watch: &Watch,
) -> Result<Table, FileError> {
    let encoding = options.encoding.as_deref();
    if let Some(source) = Source::in_file(path, encoding, cut)? {
        match read_source(path, &source, options, Problems::new(), cut, watch) {
            Ok(table) => return Ok(table),
            Err(CutError::File(error)) => return Err(error),
            Err(CutError::NotPlain | CutError::Quoted) => watch.set_done(0),
        }
    }
    let mut problems = Problems::new();
    let source = Source::in_memory(path, encoding, &mut problems, watch)?;
    read_source(path, &source, options, problems, cut, watch).map_err(|error| match error {
        CutError::File(error) => error,
        // What is in memory was decoded, and cut at records at last.
        CutError::NotPlain | CutError::Quoted => FileError::new(path, Message::new("error-binary")),
    })
}

fn read_source(
    path: &Path,
    source: &Source,
    options: &ReadOptions,
    problems: Problems,
    cut: Cut,
    watch: &Watch,
) -> Result<Table, CutError> {
    let head = source.head(path)?;
    let start = head.trim_start();
    if start.is_empty() {
        if matches!(source, Source::File { .. }) {
            return Err(CutError::NotPlain);
        }
        let error = FileError::new(path, Message::new("error-file-empty"));
        return Err(error.remedy(Message::new("remedy-get-again")).into());
    }
    if is_web_page(start) {
        let error = FileError::new(path, Message::new("error-web-page"));
        return Err(error.remedy(Message::new("remedy-get-again")).into());
    }
    let dialect = dialect::find(&head, &crate::formats::open::extension_of(path));
    watch.set_total(count(source.len()));
    let pieces = cut_at_lines(path, source, dialect.skip, cut)?;
    let mut text = Text { path, source, dialect, pieces, cut, options, watch };
    let read = match text.read(problems.clone()) {
        Err(CutError::Quoted) => {
            watch.set_done(0);
            text.pieces =
                cut_at_records(path, source, &text.pieces, dialect.delimiter, cut, watch)?;
            text.read(problems)
        }
        read => read,
    };
    let (raw, problems) = read?;
    let mut table = assemble(path, raw, source.encoding(), options, problems)?;
    let evidence = source.evidence();
    let evidence =
        evidence.unwrap_or_else(|| evidence_of_utf8(&table, options.encoding.as_deref(), false));
    table.origin.texts = Some(evidence);
    Ok(table)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A text with all that is needed to read it again and again.
struct Text<'a> {
    path: &'a Path,
    source: &'a Source,
    dialect: Dialect,
    /// Whole records each.
    pieces: Vec<Range<usize>>,
    cut: Cut,
    options: &'a ReadOptions,
    watch: &'a Watch,
}

/// The first record.
struct Head {
    /// Its cells.
    cells: usize,
    /// Whether it names the columns.
    is_header: bool,
    names: Vec<String>,
    /// The columns that have a name in the file.
    named: Vec<bool>,
}

/// Some records one after another, read.
struct Rows {
    /// One for each column that is wanted.
    columns: Vec<Column>,
    /// Columns beyond those of the first record, with values.
    surplus: Vec<Column>,
    count: usize,
    /// Lines are from the first of these rows on.
    problems: Problems,
    /// The line of the last record, and how many lines it has.
    last: Option<(u64, u64)>,
    /// Ends of lines.
    lines: u64,
    quotes: u64,
}

/// Records of the usual length, to be read column by column: the same kind of value again and again.
struct Batch {
    /// Cells of a record.
    width: usize,
    /// Where they stand in the text, record by record.
    cells: Vec<Cell>,
    rows: usize,
}

impl Batch {
    /// How many records: their cells stay in the nearest cache.
    const FULL: usize = 128;
}

impl Rows {
    fn new(shapes: impl IntoIterator<Item = Shape>) -> Rows {
        Rows {
            columns: shapes.into_iter().map(Column::new).collect(),
            surplus: Vec::new(),
            count: 0,
            problems: Problems::new(),
            last: None,
            lines: 0,
            quotes: 0,
        }
    }

    /// Makes room for so many pieces of a file like the first, which is read. Vectors that grow
    /// bit by bit are moved again and again.
    fn reserve(&mut self, pieces: usize) {
        // A few rows more are cheaper than a move at the end.
        let rows = self.count.saturating_mul(pieces);
        let rows = rows.saturating_add(rows / 64);
        self.columns.iter_mut().for_each(|column| column.reserve_for(rows));
    }

    /// Adds the records of a batch, column by column, and empties it.
    fn take(&mut self, text: &str, batch: &mut Batch) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let cells = batch.cells.iter().skip(at).step_by(batch.width.max(1));
            column.push_all(cells.map(|cell| text.get(cell.clone()).unwrap_or_default()));
        }
        self.count += std::mem::take(&mut batch.rows);
        batch.cells.clear();
    }

    /// Adds a record.
    fn push<'c>(&mut self, mut cells: impl Iterator<Item = &'c str>) {
        for column in &mut self.columns {
            match cells.next() {
                Some(cell) => column.push(cell),
                None => column.push_null(),
            }
        }
        for (column, cell) in self.surplus.iter_mut().zip(cells) {
            column.pad_to(self.count);
            column.push(cell);
        }
        self.count += 1;
    }

    /// Makes room for so many columns beyond those of the first record.
    fn widen(&mut self, surplus: usize) {
        while self.surplus.len() < surplus {
            self.surplus.push(Column::new(Shape::Text));
        }
    }

    /// Adds the records that follow.
    fn append(&mut self, mut other: Rows) {
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.append(theirs);
        }
        self.widen(other.surplus.len());
        for (mine, theirs) in self.surplus.iter_mut().zip(other.surplus) {
            mine.pad_to(self.count);
            mine.append(theirs);
        }
        self.count += other.count;
        other.problems.shift_lines(self.lines);
        self.problems.extend(other.problems);
        let last = other.last.map(|(line, lines)| (self.lines + line, lines));
        self.last = last.or(self.last);
        self.lines += other.lines;
        self.quotes += other.quotes;
    }
}

impl Text<'_> {
    /// The columns, found and read, and the problems met besides those that were known.
    ///
    /// # Errors
    /// When the file cannot be read or is not plain, a piece does not end with a record, or the
    /// person cancelled.
    fn read(&self, mut problems: Problems) -> Result<(Raw, Problems), CutError> {
        let (head, mut kinds) = self.look(&mut problems)?;
        for (kind, name) in kinds.iter_mut().zip(&head.names) {
            // As they are written: the person says what they are.
            if self.options.fields.contains_key(name) {
                *kind = Some(Shape::Text);
            }
        }
        let mut rows = self.rows(&head, &kinds)?;
        problems.extend(std::mem::take(&mut rows.problems));
        // A quote that is never closed swallows the rest of the file into the last record.
        if let Some((line, _)) = rows.last.filter(|(_, lines)| *lines > 2 && rows.quotes % 2 == 1) {
            problems.at("problem-unclosed-quote", Place::Line { line, column: 0 });
        }
        Ok((Raw::of(self, head, rows, kinds)?, problems))
    }

    fn piece<'b>(&'b self, at: usize, buffer: &'b mut Vec<u8>) -> Result<&'b str, CutError> {
        let range = self.pieces.get(at).cloned().unwrap_or_default();
        self.source.text(self.path, range, buffer)
    }

    /// Reads the first record, and finds what the columns are by records from three places.
    fn look(&self, problems: &mut Problems) -> Result<(Head, Vec<Option<Shape>>), CutError> {
        let last = self.pieces.len().saturating_sub(1);
        let mut head = Head { cells: 0, is_header: true, names: Vec::new(), named: Vec::new() };
        let mut sample = Rows::new([]);
        let mut places = vec![0, last / 2, last];
        places.dedup();
        let mut buffer = Vec::new();
        for place in places {
            let text = self.piece(place, &mut buffer)?;
            let mut records = Records::new(text, self.dialect.delimiter);
            let mut left = LOOKED_AT;
            if place == 0 && records.advance() {
                head = Head::of(&records.cells().collect(), problems);
                sample = Rows::new(vec![Shape::Text; head.cells]);
                if !head.is_header {
                    sample.push(records.cells());
                }
            }
            while left > 0 && records.advance() {
                sample.push(records.cells());
                left -= 1;
            }
        }
        let comma = self.decimal_comma();
        let rows = sample.count;
        let shapes = in_parallel(sample.columns, |column| {
            let (_, texts) = column.finish(rows).ok()?;
            values::infer(texts.as_string_opt::<i32>()?, comma).shape
        });
        Ok((head, shapes))
    }

    fn decimal_comma(&self) -> bool {
        self.dialect.delimiter != b','
    }

    /// Reads all records, the columns as the shapes say; as text where there is none.
    fn rows(&self, head: &Head, shapes: &[Option<Shape>]) -> Result<Rows, CutError> {
        let shapes = || shapes.iter().map(|shape| shape.unwrap_or(Shape::Text));
        let mut all = Rows::new(shapes());
        let last = self.pieces.len().saturating_sub(1);
        let make = |at: usize, buffer: &mut Vec<u8>| {
            let text = self.piece(at, buffer)?;
            let mut rows = Rows::new(shapes());
            rows.quotes = count(memchr::memchr_iter(b'"', text.as_bytes()).count());
            let ends = || ends_quoted(text.as_bytes(), self.dialect.delimiter, false);
            if at < last && rows.quotes > 0 && ends() {
                return Err(CutError::Quoted);
            }
            // A line that only tells the delimiter was skipped.
            let skipped = u64::from(at == 0 && self.dialect.skip > 0);
            let mut lines = Lines { text: text.as_bytes(), passed: 0, line: 1 + skipped };
            let mut place = None;
            let ends_of_lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
            rows.columns.iter_mut().for_each(|column| column.reserve_for(ends_of_lines + 1));
            let mut batch = Batch { width: head.cells, cells: Vec::new(), rows: 0 };
            self.each(at, head, text, |records| {
                place = Some((records.start(), records.end()));
                if let Some(cells) = records.plain().filter(|cells| cells.len() == head.cells) {
                    batch.cells.extend_from_slice(cells);
                    batch.rows += 1;
                    if batch.rows == Batch::FULL {
                        rows.take(text, &mut batch);
                    }
                    return;
                }
                rows.take(text, &mut batch);
                let mut beyond = (head.cells..records.len()).filter_map(|at| records.cell(at));
                let surplus = beyond.any(|cell| !cell.is_empty());
                if records.len() < head.cells || surplus {
                    let line = lines.of(records.start());
                    rows.problems.at("problem-record-length", Place::Line { line, column: 0 });
                }
                if surplus {
                    rows.widen(records.len().min(FIELDS).saturating_sub(head.cells));
                }
                rows.push(records.cells());
            })?;
            rows.take(text, &mut batch);
            rows.lines = skipped + count(ends_of_lines);
            rows.last = place.map(|(start, end)| {
                let after = |place: usize| text.as_bytes().get(place..).unwrap_or_default();
                let line = |place| 1 + rows.lines - newlines(after(place));
                (line(start), line(end) - line(start) + 1)
            });
            self.watch.advance(count(text.len()));
            Ok(rows)
        };
        let mut taken = 0;
        self.cut.in_order(self.pieces.len(), make, |rows| {
            all.append(rows);
            if taken == 0 {
                all.reserve(self.pieces.len());
            }
            taken += 1;
            Ok(())
        })?;
        all.columns.iter_mut().chain(&mut all.surplus).for_each(|column| column.pad_to(all.count));
        Ok(all)
    }

    /// Reads some columns, by their places, as text.
    fn texts(&self, head: &Head, wanted: &[usize]) -> Result<Vec<Column>, CutError> {
        let shapes = || wanted.iter().map(|_| Shape::Text);
        let mut all = Rows::new(shapes());
        let make = |at: usize, buffer: &mut Vec<u8>| {
            let text = self.piece(at, buffer)?;
            let mut rows = Rows::new(shapes());
            self.each(at, head, text, |records| {
                rows.push(wanted.iter().map(|at| records.cell(*at).unwrap_or_default()));
            })?;
            Ok(rows)
        };
        self.cut.in_order(self.pieces.len(), make, |rows| {
            all.append(rows);
            Ok::<(), CutError>(())
        })?;
        Ok(all.columns)
    }

    /// Goes through the records of a piece that are rows.
    fn each<'t>(
        &self,
        at: usize,
        head: &Head,
        text: &'t str,
        mut work: impl FnMut(&Records<'t>),
    ) -> Result<(), FileError> {
        self.watch.check().map_err(|_| FileError::cancelled(self.path))?;
        let mut records = Records::new(text, self.dialect.delimiter);
        if at == 0 && head.is_header {
            records.advance();
        }
        while records.advance() {
            work(&records);
        }
        Ok(())
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    count(memchr::memchr_iter(b'\n', bytes).count())
}

/// Which line a place in a text is on, for places further and further on.
struct Lines<'a> {
    text: &'a [u8],
    /// The last place asked for, and its line.
    passed: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> u64 {
        let between = self.text.get(self.passed..place.min(self.text.len())).unwrap_or_default();
        self.line += newlines(between);
        self.passed += between.len();
        self.line
    }
}

impl Head {
    fn of(record: &StringRecord, problems: &mut Problems) -> Head {
        let cells = record.len();
        if dialect::has_header(record) {
            let bare = record.iter().map(|cell| guard::taken_off(cell).unwrap_or(cell));
            let (names, repeated) = dialect::names(bare);
            for name in repeated {
                let args = vec![("field", Arg::Text(name))];
                problems.report("problem-repeated-field", 1, args, None);
            }
            let named = record.iter().map(|cell| !cell.trim().is_empty()).collect();
            Head { cells, is_header: true, names, named }
        } else {
            problems.add("problem-no-header", 1);
            let mut head = Head { cells, is_header: false, names: Vec::new(), named: Vec::new() };
            head.widen(cells);
            head
        }
    }

    /// Names columns that the file does not name.
    fn widen(&mut self, wanted: usize) {
        for at in self.names.len()..wanted {
            let base = format!("column_{}", at + 1);
            let taken = self.names.contains(&base);
            self.names.push(if taken { format!("{base}_2") } else { base });
            self.named.push(false);
        }
    }
}

/// The columns read.
struct Raw {
    names: Vec<String>,
    named: Vec<bool>,
    columns: Vec<Inferred>,
    rows: usize,
}

impl Raw {
    /// Finishes the columns; what was not what it looked like at first is read again as text.
    fn of(
        text: &Text<'_>,
        mut head: Head,
        rows: Rows,
        shapes: Vec<Option<Shape>>,
    ) -> Result<Raw, CutError> {
        let Rows { columns, surplus, count: rows, .. } = rows;
        head.widen(head.cells + surplus.len());
        let broken = columns.iter().enumerate().filter(|(_, column)| column.broken);
        let broken: Vec<usize> = broken.map(|(at, _)| at).collect();
        let again = if broken.is_empty() { Vec::new() } else { text.texts(&head, &broken)? };
        let mut again = again.into_iter();
        let shapes = shapes.into_iter().map(|shape| shape.filter(|shape| *shape != Shape::Text));
        let known = shapes.chain(std::iter::repeat(None));
        let columns = columns.into_iter().chain(surplus).zip(known);
        let columns = columns.zip(&head.names).map(|((column, known), name)| {
            let column = if column.broken {
                again.next().map(|column| (column, None))
            } else {
                Some((column, known))
            };
            let (column, known) = column.unwrap_or((Column::new(Shape::Text), None));
            (column, known, text.options.fields.contains_key(name))
        });
        let comma = text.decimal_comma();
        let finished = in_parallel(columns.collect::<Vec<_>>(), |(column, known, is_text)| {
            let (markers, guarded) = (column.markers, column.guarded);
            let (kind, array) = column.finish(rows)?;
            Ok(match array.as_string_opt::<i32>().filter(|_| known.is_none()) {
                Some(texts) if !is_text => Inferred { guarded, ..values::infer(texts, comma) },
                _ => Inferred { kind, array, markers, guarded, shape: known },
            })
        });
        let columns: Result<Vec<Inferred>, crate::table::TooMuchText> =
            finished.into_iter().collect();
        let columns = columns.map_err(|_| {
            FileError::new(text.path, Message::new("error-too-much-text"))
                .remedy(Message::new("remedy-smaller-parts"))
        })?;
        Ok(Raw { names: head.names, named: head.named, columns, rows })
    }
}

fn assemble(
    path: &Path,
    raw: Raw,
    encoding: &'static str,
    options: &ReadOptions,
    mut problems: Problems,
) -> Result<Table, FileError> {
    let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for ((name, named), column) in raw.names.into_iter().zip(raw.named).zip(raw.columns) {
        // Spreadsheets pad tables with columns that have neither name nor value.
        if !named && column.array.null_count() == column.array.len() {
            continue;
        }
        let args = vec![("field", Arg::Text(name.clone()))];
        problems.report("problem-no-value-words", column.markers, args.clone(), None);
        problems.report("problem-csv-unguarded", column.guarded, args, None);
        fields.push(Field::new(name, column.kind));
        arrays.push(column.array);
    }
    let chosen = options.crs.as_ref();
    let (geometry, crs) =
        place::take(path, &mut fields, &mut arrays, raw.rows, chosen, &mut problems)?;
    let table = Table::new(stem_of(path), raw.rows, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
    })?;
    table.crs = crs;
    table.origin = Origin {
        path: path.to_owned(),
        format: super::FORMAT.id,
        encoding: Some(encoding.to_owned()),
        problems,
        ..Origin::default()
    };
    Ok(table)
}
