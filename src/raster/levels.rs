//! An image whose pixels can be asked for, in any of several sizes.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::blocks::Blocks;
use super::file::{RasterFile, Source};
use super::pixels::{Grid, Pixels, Window};
use super::pyramid;
use super::samples::{Look, Stretch};
use super::tiff::{Stored, Tiff, TiffImage};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};

/// How many blocks are looked at for the lowest and the highest value.
const LOOKED_AT: u32 = 64;

/// The image in one size.
#[derive(Debug)]
pub(super) struct Level {
    /// Width and height, pixels.
    pub size: [u32; 2],
    /// How many pixels of the image one of this level is, from left to right and down.
    pub scale: [f64; 2],
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// In the file.
    Stored(Stored),
    /// In memory.
    Built(Pixels),
}

/// An image whose pixels can be shown. It reads the blocks that are asked for and remembers
/// them for a while.
pub struct Raster {
    /// What was read of its files.
    pub file: RasterFile,
    /// How its values are shown, where that is not as they are.
    pub notes: Vec<Message>,
    number: u64,
    blocks: Arc<Blocks>,
    /// How each image of the file is shown.
    looks: Vec<Look>,
    /// The largest first.
    pub(super) levels: Vec<Level>,
    /// What was found out while blocks were read.
    found: Mutex<Problems>,
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes: Vec<[u32; 2]> = self.levels.iter().map(|level| level.size).collect();
        write!(f, "Raster({}, {sizes:?})", self.file.path.display())
    }
}

impl Drop for Raster {
    fn drop(&mut self) {
        self.blocks.forget(self.number);
    }
}

impl Raster {
    /// Opens an image to be shown: reads its heads, finds out how its values become colours, and
    /// makes smaller copies in memory (64 MB at most, and a third) of one that has none.
    /// Takes as long as reading the whole file then.
    ///
    /// # Errors
    /// As [`RasterFile::open`], and when the person cancelled.
    pub fn open(path: &Path, blocks: &Arc<Blocks>, watch: &Watch) -> Result<Raster, FileError> {
        let file = RasterFile::open(path)?;
        let mut raster = Raster {
            notes: Vec::new(),
            number: blocks.number(),
            blocks: Arc::clone(blocks),
            looks: Vec::new(),
            levels: Vec::new(),
            found: Mutex::default(),
            file,
        };
        raster.look(watch)?;
        raster.levels = raster.stored_levels();
        let smaller = pyramid::build(&raster, watch)?;
        raster.levels.extend(smaller);
        Ok(raster)
    }

    /// What is wrong with the image, with what was found out while it was shown.
    pub fn problems(&self) -> Problems {
        let mut all = self.file.problems.clone();
        all.extend(self.found.lock().unwrap_or_else(PoisonError::into_inner).clone());
        all
    }

    fn tiff(&self) -> Option<&Tiff> {
        match &self.file.source {
            Source::Tiff(tiff) => Some(tiff),
            Source::Picture(_) => None,
        }
    }

    /// Finds out how values become colours.
    fn look(&mut self, watch: &Watch) -> Result<(), FileError> {
        let Some(tiff) = self.tiff() else { return Ok(()) };
        let Some(main) = tiff.image(0) else { return Ok(()) };
        let nodata = self.file.nodata;
        let mut notes = Vec::new();
        let mut stretch = None;
        let look = Look::new(main, nodata);
        if look.first_bands(main) && main.samples > 3 {
            let count = u64::from(main.samples);
            notes.push(Message::new("raster-note-bands").count("count", count));
        }
        if Look::needs_stretch(main) {
            let coarsest = tiff.levels.last().map_or(0, |level| level.image);
            let image = tiff.image(coarsest).unwrap_or(main);
            let ([low, high], is_whole) =
                values(tiff, coarsest, image, &Look::new(image, nodata), watch)
                    .map_err(|_| FileError::cancelled(&self.file.path))?;
            stretch = Some(Stretch { low, high });
            let id = if is_whole { "raster-note-stretched" } else { "raster-note-stretched-some" };
            notes.push(Message::new(id).number("low", low, 4).number("high", high, 4));
        }
        let is_mask = |image: usize| tiff.levels.iter().any(|level| level.mask == Some(image));
        let looks = (0..).map_while(|number| Some((number, tiff.image(number)?)));
        let looks = looks.map(|(number, image)| {
            // A mask has values of its own.
            let mut look = Look::new(image, nodata.filter(|_| !is_mask(number)));
            look.stretch = stretch;
            look
        });
        self.looks = looks.collect();
        self.notes = notes;
        Ok(())
    }

    fn stored_levels(&self) -> Vec<Level> {
        let [width, height] = self.file.facts.size;
        let Some(tiff) = self.tiff() else {
            let held = Held::Stored(Stored { image: 0, mask: None });
            return vec![Level { size: [width, height], scale: [1.0; 2], held }];
        };
        let levels = tiff.levels.iter().filter_map(|stored| {
            let size = tiff.image(stored.image)?.grid.size;
            let scale =
                [f64::from(width) / f64::from(size[0]), f64::from(height) / f64::from(size[1])];
            Some(Level { size, scale, held: Held::Stored(*stored) })
        });
        levels.collect()
    }

    /// A level made in memory from one that has `scale` pixels of the image in each of its own.
    pub(super) fn built(pixels: Pixels, scale: [f64; 2]) -> Level {
        Level { size: [pixels.width, pixels.height], scale, held: Held::Built(pixels) }
    }

    /// The blocks a level is best read in; none where it is in memory.
    pub(super) fn grid_of(&self, level: &Level) -> Option<Grid> {
        match &level.held {
            Held::Stored(stored) => Some(self.grid(stored.image)),
            Held::Built(_) => None,
        }
    }

    fn grid(&self, image: usize) -> Grid {
        let size = self.file.facts.size;
        let found = self.tiff().and_then(|tiff| tiff.image(image)).map(|image| image.grid);
        found.unwrap_or(Grid { size, block: size })
    }

    /// A part of a level. What lies outside is left out of `size` by the caller.
    pub(super) fn window(&self, level: &Level, at: [u32; 2], size: [u32; 2]) -> Window {
        let mut window = Window::new(at, size);
        match &level.held {
            Held::Built(pixels) => window.put([0, 0], pixels),
            Held::Stored(stored) => {
                self.fill(stored.image, &mut window);
                if let Some(mask) = stored.mask {
                    let mut masked = Window::new(at, size);
                    self.fill(mask, &mut masked);
                    window.mask(&masked);
                }
            }
        }
        window
    }

    fn fill(&self, image: usize, window: &mut Window) {
        let grid = self.grid(image);
        let [across, down] = grid.block;
        let last = |axis: usize, block: u32| {
            let at = window.at.get(axis).copied().unwrap_or(0);
            let size = window.size.get(axis).copied().unwrap_or(0);
            at.saturating_add(size.saturating_sub(1)) / block.max(1)
        };
        let (last_column, last_row) = (last(0, across), last(1, down));
        for row in window.at[1] / down..=last_row {
            for column in window.at[0] / across..=last_column {
                let (at, _) = grid.part([column, row]);
                match self.block(image, [column, row], &grid) {
                    Some(block) => window.put(at, &block),
                    // Nothing is there.
                    None => window.is_opaque = false,
                }
            }
        }
    }

    /// A block of an image; none where it was left out of the file. One that cannot be read is
    /// remembered as nothing, so that it is told once.
    fn block(&self, image: usize, at: [u32; 2], grid: &Grid) -> Option<Arc<Pixels>> {
        self.blocks.get((self.number, image, at), || {
            self.read(image, at).unwrap_or_else(|error| {
                self.note(error);
                let (_, [width, height]) = grid.part(at);
                Some(Pixels::nothing(width, height))
            })
        })
    }

    fn read(&self, image: usize, at: [u32; 2]) -> Result<Option<Pixels>, FileError> {
        match &self.file.source {
            Source::Picture(picture) => picture.pixels().map(Some),
            Source::Tiff(tiff) => {
                let raw = tiff.read(image, at)?;
                let both = raw.zip(self.looks.get(image));
                Ok(both.map(|(raw, look)| look.pixels(&raw)))
            }
        }
    }

    /// Remembers that a block could not be read.
    fn note(&self, error: FileError) {
        let what = vec![("what", Arg::Message(Box::new(error.what)))];
        let place = error.place.filter(|place| matches!(place, Place::Byte(_)));
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.report("problem-raster-block", 1, what, place);
    }
}

/// The lowest and the highest value of an image, and whether all of its blocks were looked at.
fn values(
    tiff: &Tiff,
    number: usize,
    image: &TiffImage,
    look: &Look,
    watch: &Watch,
) -> Result<([f64; 2], bool), crate::jobs::Cancelled> {
    let [across, down] = image.grid.counts();
    let all = image.grid.count();
    let step = all.div_ceil(u64::from(LOOKED_AT)).max(1);
    let mut range: Option<[f64; 2]> = None;
    let mut at = step / 2;
    while at < all {
        watch.check()?;
        let column = u32::try_from(at % u64::from(across)).unwrap_or(0);
        let row = u32::try_from(at / u64::from(across)).unwrap_or(0).min(down.saturating_sub(1));
        // What cannot be read says nothing here, and is told when it is shown.
        let raw = tiff.read(number, [column, row]).ok().flatten();
        let found = raw.and_then(|raw| look.range(&raw));
        range = range.into_iter().chain(found).reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]);
        at += step;
    }
    Ok((range.unwrap_or([0.0, 1.0]), step == 1 && number == 0))
}
