//! Pixels in memory, and the blocks an image is cut into.

/// How an image is cut into blocks of one size; those at the right and the bottom may be cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// The image's width and height, pixels.
    pub size: [u32; 2],
    /// A block's width and height, pixels.
    pub block: [u32; 2],
}

impl Grid {
    /// A grid; blocks are never larger than the image.
    pub fn new(size: [u32; 2], block: [u32; 2]) -> Grid {
        Grid { size, block: block.map(|side| side.max(1)) }
    }

    /// How many blocks there are from left to right and from top to bottom.
    pub fn counts(&self) -> [u32; 2] {
        let [width, height] = self.size;
        let [across, down] = self.block;
        [width.div_ceil(across), height.div_ceil(down)]
    }

    /// How many blocks there are.
    pub fn count(&self) -> u64 {
        let [across, down] = self.counts();
        u64::from(across) * u64::from(down)
    }

    /// Where a block begins and how much of it lies inside the image.
    pub fn part(&self, [column, row]: [u32; 2]) -> ([u32; 2], [u32; 2]) {
        let [width, height] = self.size;
        let [across, down] = self.block;
        let at = [column.saturating_mul(across), row.saturating_mul(down)];
        let size =
            [across.min(width.saturating_sub(at[0])), down.min(height.saturating_sub(at[1]))];
        (at, size)
    }
}

/// A rectangle of pixels of 8 bits a channel, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    pub width: u32,
    pub height: u32,
    /// 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha; 0 where nothing is at all, and no
    /// bytes are kept. Alpha is straight.
    pub channels: u8,
    pub data: Vec<u8>,
}

impl Pixels {
    /// A rectangle where nothing is.
    pub fn nothing(width: u32, height: u32) -> Pixels {
        Pixels { width, height, channels: 0, data: Vec::new() }
    }

    /// How many bytes it takes, with what is kept around it.
    pub fn bytes(&self) -> usize {
        self.data.len() + 256
    }

    /// Whether every pixel is opaque.
    pub fn is_opaque(&self) -> bool {
        matches!(self.channels, 1 | 3)
    }

    /// A row of the pixels: so many from a column on.
    fn row(&self, y: u32, from: u32, count: u32) -> &[u8] {
        let channels = usize::from(self.channels);
        let begin = (y as usize * self.width as usize + from as usize) * channels;
        self.data.get(begin..begin + count as usize * channels).unwrap_or_default()
    }
}

/// A part of an image as red, green, blue and straight alpha, put together from its blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The column and row of the image where it begins.
    pub at: [u32; 2],
    /// Its width and height, pixels.
    pub size: [u32; 2],
    /// Red, green, blue and alpha of each pixel; no bytes as long as nothing is anywhere.
    pub rgba: Vec<[u8; 4]>,
    /// Whether every pixel is opaque, as far as something was put in.
    pub is_opaque: bool,
}

impl Window {
    /// A window in which nothing is yet.
    pub fn new(at: [u32; 2], size: [u32; 2]) -> Window {
        Window { at, size, rgba: Vec::new(), is_opaque: true }
    }

    /// How many pixels it has.
    fn count(&self) -> usize {
        (self.size[0] as usize).saturating_mul(self.size[1] as usize)
    }

    /// Puts in what a block has of the window. `at` is where the block begins in the image.
    pub fn put(&mut self, at: [u32; 2], block: &Pixels) {
        if block.channels == 0 {
            self.is_opaque = false;
            return;
        }
        let begin = [self.at[0].max(at[0]), self.at[1].max(at[1])];
        let end = |axis: usize, block: u32| {
            let [this, theirs] = [&self.at, &at].map(|at| at.get(axis).copied().unwrap_or(0));
            let size = self.size.get(axis).copied().unwrap_or(0);
            this.saturating_add(size).min(theirs.saturating_add(block))
        };
        let end = [end(0, block.width), end(1, block.height)];
        let Some(count) = end[0].checked_sub(begin[0]).filter(|count| *count > 0) else { return };
        if self.rgba.is_empty() {
            self.rgba = vec![[0; 4]; self.count()];
        }
        self.is_opaque &= block.is_opaque();
        for y in begin[1]..end[1] {
            let source = block.row(y - at[1], begin[0] - at[0], count);
            let to = (y - self.at[1]) as usize * self.size[0] as usize
                + (begin[0] - self.at[0]) as usize;
            let target = self.rgba.get_mut(to..to + count as usize).unwrap_or_default();
            put_row(block.channels, source, target);
        }
    }

    /// Takes alpha from another window of the same place: where that is black, nothing is.
    pub fn mask(&mut self, mask: &Window) {
        self.is_opaque = false;
        if mask.rgba.is_empty() {
            self.rgba = Vec::new();
        }
        for (pixel, mask) in self.rgba.iter_mut().zip(&mask.rgba) {
            if mask[0] == 0 || mask[3] == 0 {
                *pixel = [0; 4];
            }
        }
    }
}

fn put_row(channels: u8, source: &[u8], target: &mut [[u8; 4]]) {
    match channels {
        1 => {
            for (to, grey) in target.iter_mut().zip(source) {
                *to = [*grey, *grey, *grey, 255];
            }
        }
        2 => {
            for (to, [grey, alpha]) in target.iter_mut().zip(source.as_chunks::<2>().0) {
                *to = [*grey, *grey, *grey, *alpha];
            }
        }
        3 => {
            for (to, [red, green, blue]) in target.iter_mut().zip(source.as_chunks::<3>().0) {
                *to = [*red, *green, *blue, 255];
            }
        }
        4 => {
            for (to, from) in target.iter_mut().zip(source.as_chunks::<4>().0) {
                *to = *from;
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_put_together_from_blocks_of_any_kind() {
        let grid = Grid::new([5, 4], [3, 2]);
        assert_eq!((grid.counts(), grid.count()), ([2, 2], 4));
        assert_eq!(grid.part([1, 1]), ([3, 2], [2, 2]));
        let mut window = Window::new([1, 1], [4, 3]);
        for row in 0..2_u32 {
            for column in 0..2_u32 {
                let ([x, y], [width, height]) = grid.part([column, row]);
                let channels = [1, 2, 3, 4][(row * 2 + column) as usize];
                let value = |x: u32, y: u32| u8::try_from(10 * y + x).unwrap();
                let data = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
                let data = data.flat_map(|(x, y)| vec![value(x, y); usize::from(channels)]);
                window.put([x, y], &Pixels { width, height, channels, data: data.collect() });
            }
        }
        let seen: Vec<u8> = window.rgba.iter().map(|[red, ..]| *red).collect();
        assert_eq!(seen, [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34]);
        let alphas: Vec<u8> = window.rgba.iter().map(|[.., alpha]| *alpha).collect();
        assert_eq!(alphas, [255, 255, 13, 14, 255, 255, 23, 24, 255, 255, 33, 34]);
        assert!(!window.is_opaque);
    }

    #[test]
    fn nothing_is_reserved_for_absurd_sizes() {
        let grid = Grid::new([u32::MAX, u32::MAX], [1, 1]);
        assert_eq!(grid.count(), u64::from(u32::MAX) * u64::from(u32::MAX));
        assert_eq!(grid.part([u32::MAX, 0]), ([u32::MAX, 0], [0, 1]));
    }
}
