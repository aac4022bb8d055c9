//! What the GPU holds of each chunk, in the details that were seen lately, within a budget.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use super::buffers::Buffers;
use crate::map::LayerScene;
use crate::map::detail::dots::Hiding;
use crate::table::Extent;

/// The most details of one kind that are kept of a chunk.
const KEPT_PER_CHUNK: usize = 5;

/// What was made ready: which kind, and in what detail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub kind: Kind,
    /// The level of detail, for lines and polygons.
    pub level: i32,
    pub window: Window,
}

/// The kinds of things a chunk has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Whether lines know how long they are up to each vertex, as dashes need it.
    Shapes { measured: bool },
    /// With the numbers of the mask and of the order.
    Dots(u64, u64, Hiding),
    /// With the number of the selection.
    Selected(u64),
}

/// What is made ready at once around a view: cells of a grid that it meets, and one more on every
/// side, so that a map that is moved a little needs nothing new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    /// The side of a cell: 2^side metres of Web Mercator.
    side: i32,
    /// The first column and row, and those after the last; none for no window at all.
    cells: Option<[i32; 4]>,
}

impl Window {
    /// The window around a view.
    #[expect(clippy::cast_possible_truncation, reason = "cells of the world; saturates")]
    pub fn around(view: &Extent) -> Window {
        let longest = view.width().max(view.height()).max(4.0);
        let side = (longest / 2.0).log2().floor().clamp(0.0, 40.0);
        let cell = |at: f64| (at / side.exp2()).floor() as i32;
        let [west, south, east, north] = view.as_array().map(cell);
        let cells = [
            west.saturating_sub(1),
            south.saturating_sub(1),
            east.saturating_add(2),
            north.saturating_add(2),
        ];
        Window { side: side as i32, cells: Some(cells) }
    }

    /// What lies in it, Web Mercator metres.
    pub fn extent(self) -> Extent {
        let Some(cells) = self.cells else {
            let far = 1e9;
            return Extent { min_x: -far, min_y: -far, max_x: far, max_y: far };
        };
        let side = f64::from(self.side).exp2();
        let [min_x, min_y, max_x, max_y] = cells.map(|cell| f64::from(cell) * side);
        Extent { min_x, min_y, max_x, max_y }
    }
}

/// Where the positions of something on the GPU are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ground {
    /// Where position 0, 0 is, Web Mercator metres, and the metres of a step.
    pub origin: [f64; 2],
    pub step: f64,
    /// What it covers.
    pub extent: Extent,
}

/// Something made ready, on the GPU.
pub(super) struct Goods {
    pub buffers: Buffers,
    pub ground: Ground,
    /// Polygons of which only the outline is there.
    pub unfilled: u64,
    /// Nothing was left out: it serves all finer details too.
    pub is_whole: bool,
}

/// Something the GPU holds.
pub(super) struct Item {
    pub key: Key,
    pub goods: Goods,
    /// The frame it was last drawn in.
    seen: u64,
}

impl Key {
    fn same_kind(&self, other: &Key) -> bool {
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind)
    }

    /// How far an item is from what is wanted: 0 when it is as good, none when it is of no use.
    fn from(&self, item: &Item, view: &Extent) -> Option<u32> {
        let of = &item.key;
        if of == self {
            return Some(0);
        }
        if !self.same_kind(of) {
            return None;
        }
        // A detail too fine is right, only slow: a little of that is better than one too coarse,
        // which shows too little.
        let apart = |has: i32, wants: i32| match has.cmp(&wants) {
            std::cmp::Ordering::Less => has.abs_diff(wants),
            _ => 2 + has.abs_diff(wants),
        };
        // What covers the view is right, and only to be renewed before the view moves on.
        let ground = item.goods.ground.extent;
        let covers_view =
            ground.contains([view.min_x, view.min_y]) && ground.contains([view.max_x, view.max_y]);
        let other_window = if self.window == of.window {
            0
        } else if covers_view {
            1
        } else {
            500
        };
        match (self.kind, of.kind) {
            (Kind::Dots(mask, order, wanted), Kind::Dots(of_mask, of_order, has)) => {
                let other_order = if order == of_order { 0 } else { 2000 };
                let other_mask = if mask == of_mask { other_order } else { 10_000 };
                let serves = item.goods.is_whole && wanted.radius <= has.radius;
                if serves && other_mask == 0 {
                    return Some(other_window);
                }
                let same_look = wanted.depth == has.depth && wanted.shape == has.shape;
                let other_look = if same_look { 0 } else { 1000 };
                Some(1 + other_mask + other_look + other_window + apart(has.radius, wanted.radius))
            }
            (Kind::Selected(wanted), Kind::Selected(has)) if wanted != has => None,
            (wanted, has) => {
                // Lines in one piece stand in until dashes can be drawn.
                let is_short = wanted == Kind::Shapes { measured: true } && wanted != has;
                let unlike = u32::from(is_short);
                if item.goods.is_whole && self.level <= of.level {
                    return Some(other_window + unlike);
                }
                if self.level == of.level {
                    return Some(other_window + unlike);
                }
                Some(1 + other_window + unlike + apart(of.level, self.level))
            }
        }
    }
}

/// The items of a scene.
struct OfScene {
    scene: Weak<LayerScene>,
    /// By chunk, and at the end those of no chunk.
    chunks: Vec<Vec<Item>>,
}

/// All items of all scenes.
pub(super) struct Stock {
    scenes: HashMap<usize, OfScene>,
    bytes: u64,
    /// The most bytes that are kept when not in view.
    pub budget: u64,
    frame: u64,
}

/// Where a scene's items are: its address, which stays its own while the weak reference is held.
pub(super) fn scene_key(scene: &Arc<LayerScene>) -> usize {
    Arc::as_ptr(scene).addr()
}

impl Stock {
    pub fn new(budget: u64) -> Stock {
        Stock { scenes: HashMap::new(), bytes: 0, budget, frame: 0 }
    }

    /// Starts a frame: forgets scenes nobody has any more, and what was not seen for longest
    /// where there is too much.
    pub fn begin_frame(&mut self) {
        self.frame += 1;
        let bytes = &mut self.bytes;
        self.scenes.retain(|_, of| {
            let is_alive = of.scene.strong_count() > 0;
            if !is_alive {
                *bytes -=
                    of.chunks.iter().flatten().map(|item| item.goods.buffers.bytes).sum::<u64>();
            }
            is_alive
        });
        if self.bytes > self.budget {
            self.shrink();
        }
    }

    /// Drops items not drawn in the last frame, the longest unseen first, until all fits.
    fn shrink(&mut self) {
        let last = self.frame.saturating_sub(1);
        let items = || self.scenes.values().flat_map(|of| of.chunks.iter().flatten());
        let mut unseen: Vec<(u64, u64)> = items()
            .filter(|item| item.seen < last)
            .map(|item| (item.seen, item.goods.buffers.bytes))
            .collect();
        unseen.sort_unstable();
        // A quarter more than needed, so that not every frame looks through everything.
        let mut excess = self.bytes.saturating_sub(self.budget / 4 * 3);
        let mut limit = 0;
        for (seen, bytes) in unseen {
            if excess == 0 {
                break;
            }
            excess = excess.saturating_sub(bytes);
            limit = seen + 1;
        }
        let bytes = &mut self.bytes;
        for items in self.scenes.values_mut().flat_map(|of| of.chunks.iter_mut()) {
            items.retain(|item| {
                let stays = item.seen >= limit;
                if !stays {
                    *bytes -= item.goods.buffers.bytes;
                }
                stays
            });
        }
    }

    /// The bytes of all items.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether the budget allows no more.
    pub fn is_full(&self) -> bool {
        self.bytes > self.budget
    }

    /// The item nearest to what is wanted: its place, and whether it is as good.
    pub fn find(
        &mut self,
        scene: usize,
        chunk: usize,
        wanted: &Key,
        view: &Extent,
    ) -> Option<(usize, bool)> {
        let items = self.scenes.get_mut(&scene)?.chunks.get_mut(chunk)?;
        let distances = items.iter().enumerate();
        let distances = distances.filter_map(|(at, item)| Some((wanted.from(item, view)?, at)));
        let (distance, at) = distances.min()?;
        if let Some(item) = items.get_mut(at) {
            item.seen = self.frame;
        }
        Some((at, distance == 0))
    }

    pub fn item(&self, scene: usize, chunk: usize, at: usize) -> Option<&Item> {
        self.scenes.get(&scene)?.chunks.get(chunk)?.get(at)
    }

    /// Takes in something made. Of too many of a kind the one unseen for longest goes.
    pub fn put(&mut self, scene: &Arc<LayerScene>, chunk: usize, key: Key, goods: Goods) {
        let of = self.scenes.entry(scene_key(scene)).or_insert_with(|| OfScene {
            scene: Arc::downgrade(scene),
            chunks: (0..=scene.chunks().len()).map(|_| Vec::new()).collect(),
        });
        let Some(items) = of.chunks.get_mut(chunk) else { return };
        self.bytes += goods.buffers.bytes;
        let mut old = None;
        if let Some(same) = items.iter().position(|item| item.key == key) {
            old = Some(same);
        } else if items.iter().filter(|item| item.key.same_kind(&key)).count() >= KEPT_PER_CHUNK {
            let same = items.iter().enumerate().filter(|(_, item)| item.key.same_kind(&key));
            old = same.min_by_key(|(_, item)| item.seen).map(|(at, _)| at);
        }
        if let Some(old) = old {
            self.bytes -= items.swap_remove(old).goods.buffers.bytes;
        }
        items.push(Item { key, goods, seen: self.frame });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::PointShape;

    const VIEW: Extent = Extent { min_x: -50.0, min_y: -40.0, max_x: 50.0, max_y: 40.0 };

    fn shapes(level: i32) -> Key {
        Key { kind: Kind::Shapes { measured: false }, level, window: Window::default() }
    }

    fn dots(mask: u64, radius: i32) -> Key {
        let hiding = Hiding { radius, shape: PointShape::Circle, depth: 1 };
        Key { kind: Kind::Dots(mask, 0, hiding), level: 0, window: Window::default() }
    }

    fn stock(keys: &[(Key, bool)]) -> (Stock, Arc<LayerScene>) {
        let row = crate::map::tests::points(&[[0.0, 0.0]]);
        let scene = Arc::new(row);
        let mut stock = Stock::new(1000);
        for (key, is_whole) in keys {
            let buffers = Buffers::of_size(100);
            let ground = Ground { origin: [0.0; 2], step: 1.0, extent: key.window.extent() };
            let goods = Goods { buffers, ground, unfilled: 0, is_whole: *is_whole };
            stock.put(&scene, 0, *key, goods);
        }
        (stock, scene)
    }

    #[test]
    fn the_nearest_detail_stands_in_a_finer_one_before_a_coarser() {
        let (mut stock, scene) = stock(&[(shapes(3), false), (shapes(0), false)]);
        let scene = scene_key(&scene);
        assert_eq!(stock.find(scene, 0, &shapes(3), &VIEW), Some((0, true)));
        assert_eq!(stock.find(scene, 0, &shapes(2), &VIEW), Some((1, false)));
        assert_eq!(stock.find(scene, 0, &shapes(-3), &VIEW), Some((1, false)));
        assert_eq!(stock.find(scene, 0, &dots(0, 1), &VIEW), None);
    }

    #[test]
    fn what_is_whole_serves_everything_finer() {
        let (mut stock, scene) = stock(&[(shapes(0), true), (dots(7, 4), true)]);
        let scene = scene_key(&scene);
        assert_eq!(stock.find(scene, 0, &shapes(-3), &VIEW), Some((0, true)));
        assert_eq!(stock.find(scene, 0, &shapes(1), &VIEW), Some((0, false)));
        assert_eq!(stock.find(scene, 0, &dots(7, 1), &VIEW), Some((1, true)));
        assert_eq!(stock.find(scene, 0, &dots(7, 5), &VIEW), Some((1, false)));
        // Another choice of rows stands in only until its own is made.
        assert_eq!(stock.find(scene, 0, &dots(8, 4), &VIEW), Some((1, false)));
    }

    #[test]
    fn what_was_not_seen_for_longest_leaves_first() {
        let keys: Vec<_> = (0..4).map(|level| (shapes(level), false)).collect();
        let (mut stock, scene) = stock(&keys);
        let scene = scene_key(&scene);
        stock.budget = 250;
        for level in [0, 3, 2] {
            stock.frame += 1;
            stock.find(scene, 0, &shapes(level), &VIEW);
        }
        stock.begin_frame();
        // 400 bytes: two unseen ones go; what the last frame drew stays.
        assert_eq!(stock.bytes, 100);
        assert_eq!(stock.find(scene, 0, &shapes(2), &VIEW), Some((0, true)));
        assert!(!stock.is_full());
    }

    #[test]
    fn a_scene_nobody_has_is_forgotten() {
        let (mut stock, scene) = stock(&[(shapes(0), false)]);
        drop(scene);
        stock.begin_frame();
        assert_eq!((stock.bytes, stock.scenes.len()), (0, 0));
    }

    #[test]
    fn a_window_has_room_around_the_view() {
        let view = Extent { min_x: 1000.0, min_y: -300.0, max_x: 1900.0, max_y: 260.0 };
        let window = Window::around(&view).extent();
        assert!(window.min_x <= 775.0 && window.max_x >= 2125.0, "{window:?}");
        assert!(window.min_y <= -525.0 && window.max_y >= 485.0, "{window:?}");
        assert!(window.width() < 3.0 * view.width(), "{window:?}");
    }

    #[test]
    fn a_window_is_renewed_before_the_view_leaves_it() {
        let in_window = |view: &Extent| Key { window: Window::around(view), ..dots(0, 1) };
        let (mut stock, scene) = stock(&[(in_window(&VIEW), false)]);
        let scene = scene_key(&scene);
        let moved = |by: f64| Extent { min_x: VIEW.min_x + by, max_x: VIEW.max_x + by, ..VIEW };
        let mut find = |by: f64| stock.find(scene, 0, &in_window(&moved(by)), &moved(by));
        assert_eq!(find(0.0), Some((0, true)));
        assert_eq!(find(33.0), Some((0, false)), "it still covers the view");
        assert_eq!(find(1e6), Some((0, false)));
    }
}
