//! A sheet or an atlas written to one file or several. Files that were there stay whole until all new
//! ones are: they are put in their places at the end. What is cancelled between two pages of an atlas
//! goes on there, as long as the window is open and nothing changed.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atlas::each_page;
use super::moment::moment;
use super::output::{OutputError, OutputKind, Written, WrittenPage, no_kind};
use super::parts::{Fineness, MadeSheet, SheetParts};
use crate::formats::{AtomicFile, FinishedFile};
use crate::jobs::Watch;
use crate::page::{
    DisplayList, Letters, PdfInfo, PdfPage, PdfWriter, SheetError, Tiling, encode_jpeg,
    encode_pixels, render, svg,
};
use crate::project::SheetTiles;
use crate::tiles::TileStore;

/// A file that a writer of PDF can own.
struct Out(AtomicFile);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_write().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_write().flush()
    }
}

/// Where pages go.
enum Sink {
    /// Into one PDF; begun with the first page.
    Pdf(Option<Box<PdfWriter<Out>>>),
    /// Each into a file of its own.
    Files(OutputKind, Vec<(PathBuf, FinishedFile)>),
}

/// Pages of an atlas that are written already, the files not yet in their places.
pub(in crate::app) struct Unfinished {
    sink: Sink,
    pages: Vec<WrittenPage>,
}

impl Unfinished {
    /// How many pages it has.
    pub fn len(&self) -> usize {
        self.pages.len()
    }
}

/// Why nothing was written, and what of it can be gone on with.
pub(in crate::app) struct Stopped {
    pub error: OutputError,
    pub unfinished: Option<Unfinished>,
}

impl From<OutputError> for Stopped {
    fn from(error: OutputError) -> Stopped {
        Stopped { error, unfinished: None }
    }
}

/// Makes a sheet or an atlas and writes it: as PDF in one file, else each page in one of its own
/// (`blad.png`, `blad-2.png` …). Goes on with what was not finished before. A failure leaves older files
/// whole.
pub(in crate::app) fn write(
    parts: &SheetParts,
    tiles: &TileStore,
    path: &Path,
    (dots_per_inch, patience): (f64, Duration),
    before: Option<Unfinished>,
    watch: &Watch,
) -> Result<Written, Stopped> {
    let how = (Fineness::Dots(dots_per_inch), patience);
    let kind = OutputKind::of(path).ok_or_else(|| OutputError::File(no_kind(path)))?;
    let mut writing = Writing {
        path,
        dots_per_inch,
        over: parts.sheet.over,
        is_atlas: parts.atlas().is_some(),
        made: before.unwrap_or_else(|| Unfinished {
            sink: match kind {
                OutputKind::Pdf => Sink::Pdf(None),
                other => Sink::Files(other, Vec::new()),
            },
            pages: Vec::new(),
        }),
    };
    let done = writing.made.len();
    match each_page(parts, tiles, how, done, watch, |made| writing.take(made, watch)) {
        Ok(()) => Ok(writing.finish()?),
        Err(error) => {
            let is_kept =
                error == OutputError::Cancelled && writing.is_atlas && writing.made.len() > 0;
            Err(Stopped { error, unfinished: is_kept.then_some(writing.made) })
        }
    }
}

/// Pages being written.
struct Writing<'a> {
    path: &'a Path,
    dots_per_inch: f64,
    over: Option<SheetTiles>,
    is_atlas: bool,
    made: Unfinished,
}

impl Writing<'_> {
    /// Writes the pages of a sheet that was made.
    fn take(&mut self, made: MadeSheet, watch: &Watch) -> Result<(), OutputError> {
        // Half a page cannot be gone on with: between two pages of an atlas it is looked whether the
        // person cancelled.
        let unwatched = Watch::unwatched();
        let watch = if self.is_atlas { &unwatched } else { watch };
        let mut made = made;
        let tiling =
            self.over.and_then(|tiles| Some((Tiling::of(made.plan.paper, &tiles)?, tiles)));
        if self.over.is_some() && tiling.is_none() {
            made.page.problems.add("problem-sheet-not-tiled", 1);
        }
        match &mut self.made.sink {
            Sink::Pdf(writer) => {
                if writer.is_none() {
                    let file = AtomicFile::create(self.path).map_err(OutputError::File)?;
                    *writer = Some(Box::new(PdfWriter::new(Out(file), info_of(&made))?));
                }
                if let Some(writer) = writer {
                    add_pages(writer, &made, tiling.as_ref(), self.is_atlas, watch)?;
                }
            }
            Sink::Files(kind, files) => {
                // What is not finished of a sheet begins anew.
                let mut new = Vec::new();
                for page in std::iter::once(&made.page.page).chain(&made.page.more) {
                    let mut put = |page: &DisplayList| {
                        let to = numbered(self.path, files.len() + new.len());
                        let bytes = encoded(page, &made.title, *kind, self.dots_per_inch, watch)?;
                        let write = || {
                            let mut file = AtomicFile::create(&to)?;
                            file.write_all(&bytes)?;
                            file.finish()
                        };
                        new.push((to.clone(), write().map_err(OutputError::File)?));
                        Ok::<(), OutputError>(())
                    };
                    match &tiling {
                        None => put(page)?,
                        Some((tiling, _)) => {
                            for tile in tiling.tiles() {
                                watch.check().map_err(SheetError::from)?;
                                put(&tiling.whole(page, tile, &made.title, made.language))?;
                            }
                        }
                    }
                }
                files.append(&mut new);
            }
        }
        self.made.pages.push(WrittenPage::of(made, tiling.map(|(tiling, _)| tiling)));
        Ok(())
    }

    /// Puts the files in their places.
    fn finish(self) -> Result<Written, OutputError> {
        let Unfinished { sink, pages } = self.made;
        let mut files = Vec::new();
        match sink {
            Sink::Pdf(writer) => {
                if let Some(writer) = writer {
                    writer.finish()?.0.commit().map_err(OutputError::File)?;
                    files.push(self.path.to_owned());
                }
            }
            Sink::Files(_, finished) => {
                for (path, file) in finished {
                    file.put_in_place().map_err(OutputError::File)?;
                    files.push(path);
                }
            }
        }
        Ok(Written { pages, files })
    }
}

/// A page of the file that shows the map of a sheet, with its line in the list of pages.
fn named<'a>(page: &'a DisplayList, made: &MadeSheet, bookmark: Option<String>) -> PdfPage<'a> {
    PdfPage { bookmark, alternative: Some(made.title.clone()), ..PdfPage::new(page) }
}

/// Puts the pages of a sheet into a PDF: as they are, or over smaller paper.
fn add_pages(
    writer: &mut PdfWriter<Out>,
    made: &MadeSheet,
    tiling: Option<&(Tiling, SheetTiles)>,
    is_listed: bool,
    watch: &Watch,
) -> Result<(), OutputError> {
    let Some((tiling, over)) = tiling else {
        writer.add_page(&pdf_page(made, is_listed), watch)?;
        for more in &made.page.more {
            writer.add_page(&PdfPage::new(more), watch)?;
        }
        return Ok(());
    };
    let language = made.language;
    for page in std::iter::once(&made.page.page).chain(&made.page.more) {
        let form = writer.add_form(page, watch)?;
        let words = tiling.words(over, language).in_language(language);
        let titled = (made.title.as_str(), words.as_str());
        let (around, at, scale) = tiling.overview(page, titled, language);
        let first = named(&around, made, is_listed.then(|| made.title.clone()));
        writer.add_small(&first, &form, (at, scale), watch)?;
        for tile in tiling.tiles() {
            let around = tiling.around(page, tile, &made.title, language);
            let label = Some(Tiling::name(tile));
            let page = PdfPage { label, ..named(&around, made, Some(Tiling::name(tile))) };
            writer.add_tile(&page, &form, (tiling, tile), watch)?;
        }
    }
    Ok(())
}

/// What a file says about itself: after its first page.
fn info_of(made: &MadeSheet) -> PdfInfo {
    PdfInfo {
        title: made.title.clone(),
        language: made.language.code().to_owned(),
        created: Some(moment()),
        ..PdfInfo::default()
    }
}

fn pdf_page(made: &MadeSheet, is_listed: bool) -> PdfPage<'_> {
    PdfPage {
        bookmark: is_listed.then(|| made.title.clone()),
        alternative: Some(made.title.clone()),
        viewport: made.page.viewport.clone(),
        ..PdfPage::new(&made.page.page)
    }
}

/// A page as a file of its own.
fn encoded(
    page: &DisplayList,
    title: &str,
    kind: OutputKind,
    dots_per_inch: f64,
    watch: &Watch,
) -> Result<Vec<u8>, OutputError> {
    if kind == OutputKind::Svg {
        return Ok(svg(page, title, Letters::Text).0.into_bytes());
    }
    let per_unit = dots_per_inch / 25.4 * f64::from(page.millimetres_per_unit);
    #[expect(clippy::cast_possible_truncation, reason = "pixels per unit")]
    let pixels = render(page, per_unit as f32, watch)?;
    Ok(if kind == OutputKind::Jpeg {
        encode_jpeg(&pixels, dots_per_inch)?
    } else {
        encode_pixels(&pixels, dots_per_inch)?
    })
}

/// The path of the file of a page: the one asked for, then the same with a number.
fn numbered(path: &Path, at: usize) -> PathBuf {
    if at == 0 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{}.{ending}", at + 1))
}
