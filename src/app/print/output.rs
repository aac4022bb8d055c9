//! A sheet written to a file.

use std::ffi::OsStr;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atlas::each_page;
use super::moment::moment;
use super::parts::{Fineness, MadeSheet, SheetParts};
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::page::{
    DisplayList, Dropped, FigureError, Letters, PdfError, PdfInfo, PdfPage, PdfWriter, SheetError,
    SheetPlan, encode_jpeg, encode_pixels, render, svg,
};
use crate::problem::{FileError, Problems};
use crate::project::About;
use crate::tiles::TileStore;

/// What kind of file a sheet becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum OutputKind {
    Pdf,
    Svg,
    Png,
    Jpeg,
}

impl OutputKind {
    pub const ALL: [OutputKind; 4] =
        [OutputKind::Pdf, OutputKind::Svg, OutputKind::Png, OutputKind::Jpeg];

    pub fn extension(self) -> &'static str {
        match self {
            OutputKind::Pdf => "pdf",
            OutputKind::Svg => "svg",
            OutputKind::Png => "png",
            OutputKind::Jpeg => "jpg",
        }
    }

    /// Whether it is made of pixels.
    pub fn has_pixels(self) -> bool {
        matches!(self, OutputKind::Png | OutputKind::Jpeg)
    }

    /// By the ending of a file's name.
    pub fn of(path: &Path) -> Option<OutputKind> {
        let ending = path.extension().and_then(OsStr::to_str)?.to_lowercase();
        let ending = if ending == "jpeg" { "jpg" } else { &ending };
        OutputKind::ALL.into_iter().find(|kind| kind.extension() == ending)
    }
}

/// Why a sheet was not written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum OutputError {
    Cancelled,
    Other(Message),
    File(FileError),
}

impl From<SheetError> for OutputError {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Figure(FigureError::Cancelled) => OutputError::Cancelled,
            other => OutputError::Other(other.message()),
        }
    }
}

impl From<FigureError> for OutputError {
    fn from(error: FigureError) -> Self {
        SheetError::from(error).into()
    }
}

impl From<PdfError> for OutputError {
    fn from(error: PdfError) -> Self {
        match error {
            PdfError::Cancelled => OutputError::Cancelled,
            other => OutputError::Other(other.message()),
        }
    }
}

/// What is told of a sheet that was written.
#[derive(Debug, Default)]
pub(in crate::app) struct Written {
    /// The pages, one after another, without what was drawn.
    pub pages: Vec<WrittenPage>,
    /// The files, the one asked for first.
    pub files: Vec<PathBuf>,
}

/// A page that was written.
#[derive(Debug)]
pub(in crate::app) struct WrittenPage {
    pub title: String,
    pub plan: SheetPlan,
    pub words: Message,
    pub labels: u64,
    pub dropped: Vec<Dropped>,
    pub legend_items: usize,
    pub index_entries: usize,
    pub problems: Problems,
}

impl WrittenPage {
    fn of(made: MadeSheet) -> WrittenPage {
        let MadeSheet { page, plan, words, title, .. } = made;
        WrittenPage {
            title,
            plan,
            words,
            labels: page.labels,
            dropped: page.dropped,
            legend_items: page.legend_items,
            index_entries: page.index_entries,
            problems: page.problems,
        }
    }
}

/// Makes a sheet or an atlas and writes it: as PDF in one file, else each page in one of its own
/// (`blad.png`, `blad-2.png` …). A failure leaves older files whole.
pub(in crate::app) fn write(
    parts: &SheetParts,
    tiles: &TileStore,
    path: &Path,
    (dots_per_inch, patience): (f64, Duration),
    watch: &Watch,
) -> Result<Written, OutputError> {
    let how = (Fineness::Dots(dots_per_inch), patience);
    let mut written = Written::default();
    match OutputKind::of(path) {
        Some(OutputKind::Pdf) => {
            let mut file = AtomicFile::create(path).map_err(OutputError::File)?;
            written.pages = write_pages(parts, tiles, (&mut file, path), how, watch)?;
            file.commit().map_err(OutputError::File)?;
            written.files.push(path.to_owned());
        }
        Some(kind) => each_page(parts, tiles, how, watch, |made| {
            for page in std::iter::once(&made.page.page).chain(&made.page.more) {
                let bytes = encoded(page, &made.title, kind, dots_per_inch, watch)?;
                let to = numbered(path, written.files.len());
                let write = || {
                    let mut file = AtomicFile::create(&to)?;
                    file.write_all(&bytes)?;
                    file.commit()
                };
                write().map_err(OutputError::File)?;
                written.files.push(to);
            }
            written.pages.push(WrittenPage::of(made));
            Ok(())
        })?,
        None => return Err(OutputError::File(no_kind(path))),
    }
    Ok(written)
}

/// Writes the pages into one PDF file.
fn write_pages(
    parts: &SheetParts,
    tiles: &TileStore,
    (file, path): (&mut AtomicFile, &Path),
    how: (Fineness, Duration),
    watch: &Watch,
) -> Result<Vec<WrittenPage>, OutputError> {
    let mut pages = Vec::new();
    let mut out = Some(BufWriter::new(file.as_write()));
    let mut writer = None;
    each_page(parts, tiles, how, watch, |made| {
        if let Some(out) = out.take() {
            writer = Some(PdfWriter::new(out, info_of(&made, parts.of_project()))?);
        }
        let Some(writer) = &mut writer else { return Ok(()) };
        writer.add_page(&pdf_page(&made, parts.atlas().is_some()), watch)?;
        for more in &made.page.more {
            writer.add_page(&PdfPage::new(more), watch)?;
        }
        pages.push(WrittenPage::of(made));
        Ok(())
    })?;
    if let Some(writer) = writer {
        let mut out = writer.finish()?;
        out.flush().map_err(|error| OutputError::File(FileError::io(path, &error)))?;
    }
    Ok(pages)
}

/// A file's name from which no kind follows.
pub(in crate::app) fn no_kind(path: &Path) -> FileError {
    let remedy = Message::new("sheet-error-kind-remedy");
    FileError::new(path, Message::new("sheet-error-kind")).remedy(remedy)
}

/// What a file says about itself: after its first page.
fn info_of(made: &MadeSheet, about: &About) -> PdfInfo {
    let with_licence = [about.description.trim(), about.licence.trim()];
    let said: Vec<&str> = with_licence.into_iter().filter(|text| !text.is_empty()).collect();
    PdfInfo {
        title: made.title.clone(),
        author: about.author.clone(),
        subject: said.join(". "),
        language: made.language.code().to_owned(),
        created: Some(moment()),
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
