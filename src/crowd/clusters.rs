//! Points near each other as one, for a level of zoom.
//!
//! Points are put into cells of half the distance, so that those in one are always near each
//! other. Then the fullest cell takes in all cells around it whose middle is nearer than the
//! distance, the fullest that is left does the same, and so on. Nothing of it depends on the view,
//! and cells lie fixed in the world: a level has the same clusters however one came to it.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "numbers of cells of the world, and of points"
)]

use arrow_array::BooleanArray;
use arrow_buffer::BooleanBufferBuilder;

use super::Crowd;
use crate::crs::mercator_metres_per_point;
use crate::jobs::{Cancelled, Watch};
use crate::table::{Extent, SpatialIndex};

/// How many cells are a distance.
const CELLS: f64 = 2.0;

/// How many cells are looked at between two looks at the watch.
const PER_LOOK: usize = 1 << 13;

/// Several points as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Their middle, Web Mercator metres.
    pub at: [f64; 2],
    /// What they cover, Web Mercator metres.
    pub extent: Extent,
    /// How many they are: 2 at least.
    pub count: u64,
    /// Where their rows begin and end in the level's.
    rows: [usize; 2],
}

impl Cluster {
    /// Whether all are at the very same place: zooming in does not part them.
    pub fn is_one_place(&self) -> bool {
        self.extent.width() < 0.01 && self.extent.height() < 0.01
    }
}

/// The clusters of a level of zoom.
#[derive(Debug, Default)]
pub struct ClusterLevel {
    /// The level, in half levels of zoom.
    pub level: i32,
    /// The clusters, the fullest first.
    pub clusters: Vec<Cluster>,
    /// Which rows are alone and have a symbol of their own, of all rows of the table.
    pub alone: Alone,
    /// How many those are.
    pub lone: u64,
    /// The number of points of the fullest cluster.
    pub most: u64,
    rows: Vec<u32>,
    index: SpatialIndex,
}

/// Which rows are alone: a value for each row of the table.
#[derive(Debug)]
pub struct Alone(pub std::sync::Arc<BooleanArray>);

impl Default for Alone {
    fn default() -> Self {
        Alone(std::sync::Arc::new(BooleanArray::from(Vec::<bool>::new())))
    }
}

impl ClusterLevel {
    /// The rows of a cluster.
    pub fn rows_of(&self, cluster: &Cluster) -> &[u32] {
        let [from, to] = cluster.rows;
        self.rows.get(from..to).unwrap_or_default()
    }

    /// The numbers of the clusters whose middle is in an extent (Web Mercator metres), the fullest
    /// first.
    pub fn within(&self, extent: &Extent) -> Vec<usize> {
        let mut found = self.index.search(extent);
        found.sort_unstable();
        found
    }
}

/// The level of clusters for a zoom: half a level of zoom is one.
pub fn level_of(zoom: f64) -> i32 {
    (zoom * 2.0).round().clamp(-8.0, 60.0) as i32
}

/// A cell with points in it.
struct Cell {
    /// Its row and column.
    key: (i64, i64),
    sum: [f64; 2],
    count: u64,
    /// Where its points begin and end in the order of cells.
    points: [usize; 2],
    /// The cluster it is part of.
    taken: Option<u32>,
}

impl Cell {
    fn middle(&self) -> [f64; 2] {
        self.sum.map(|sum| sum / self.count as f64)
    }
}

/// The clusters of points that are nearer to each other than `within` points of the screen at a
/// level: for a worker.
///
/// # Errors
/// When the person cancelled.
pub fn cluster(
    crowd: &Crowd,
    level: i32,
    within: f32,
    watch: &Watch,
) -> Result<ClusterLevel, Cancelled> {
    let distance = f64::from(within) * mercator_metres_per_point(f64::from(level) / 2.0);
    let (order, mut cells) = in_cells(crowd, distance / CELLS, watch)?;
    let mut fullest: Vec<usize> = (0..cells.len()).collect();
    let count = |cells: &[Cell], at: usize| cells.get(at).map_or(0, |cell| cell.count);
    // The keys ascend with the number of the cell: equally full ones come in the same order.
    fullest.sort_by_key(|at| (std::cmp::Reverse(count(&cells, *at)), *at));
    watch.check()?;
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (number, at) in fullest.into_iter().enumerate() {
        if number % PER_LOOK == 0 {
            watch.check()?;
        }
        if cells.get(at).is_none_or(|cell| cell.taken.is_some()) {
            continue;
        }
        let near = near(&cells, at, distance);
        let cluster = u32::try_from(members.len()).ok();
        for near in &near {
            if let Some(cell) = cells.get_mut(*near) {
                cell.taken = cluster;
            }
        }
        members.push(near);
    }
    Ok(made(crowd, level, &order, &cells, &members))
}

/// Points by the cell they are in: their order, and the cells by row and column.
fn in_cells(crowd: &Crowd, side: f64, watch: &Watch) -> Result<(Vec<usize>, Vec<Cell>), Cancelled> {
    let key = |[x, y]: [f64; 2]| ((y / side).floor() as i64, (x / side).floor() as i64);
    let mut keyed: Vec<((i64, i64), u32)> =
        crowd.at.iter().map(|at| key(*at)).zip(0..u32::MAX).collect();
    watch.check()?;
    keyed.sort_unstable();
    watch.check()?;
    let mut cells: Vec<Cell> = Vec::new();
    let mut order = Vec::with_capacity(keyed.len());
    for (key, point) in keyed {
        let point = point as usize;
        let Some([x, y]) = crowd.at.get(point).copied() else { continue };
        let end = order.len() + 1;
        order.push(point);
        match cells.last_mut() {
            Some(cell) if cell.key == key => {
                cell.sum = [cell.sum[0] + x, cell.sum[1] + y];
                cell.count += 1;
                cell.points[1] = end;
            }
            _ => {
                let points = [end - 1, end];
                cells.push(Cell { key, sum: [x, y], count: 1, points, taken: None });
            }
        }
    }
    Ok((order, cells))
}

/// A cell and those around it that are free and near, by their numbers.
fn near(cells: &[Cell], at: usize, distance: f64) -> Vec<usize> {
    let Some(cell) = cells.get(at) else { return Vec::new() };
    let ((row, column), [x, y]) = (cell.key, cell.middle());
    let reach = CELLS as i64 + 1;
    let mut found = Vec::new();
    for row in row - reach..=row + reach {
        let from = (row, column - reach);
        let begin = cells.partition_point(|cell| cell.key < from);
        let line = cells.get(begin..).unwrap_or_default().iter().enumerate();
        for (number, other) in line {
            if other.key > (row, column + reach) {
                break;
            }
            let [ox, oy] = other.middle();
            let is_near = (ox - x).hypot(oy - y) < distance;
            if other.taken.is_none() && (is_near || begin + number == at) {
                found.push(begin + number);
            }
        }
    }
    found
}

fn made(
    crowd: &Crowd,
    level: i32,
    order: &[usize],
    cells: &[Cell],
    members: &[Vec<usize>],
) -> ClusterLevel {
    let mut alone = BooleanBufferBuilder::new(crowd.all_rows);
    alone.append_n(crowd.all_rows, false);
    let mut level = ClusterLevel { level, ..ClusterLevel::default() };
    for members in members {
        let of = || members.iter().filter_map(|at| cells.get(*at));
        let count: u64 = of().map(|cell| cell.count).sum();
        let points = of().filter_map(|cell| order.get(cell.points[0]..cell.points[1])).flatten();
        if count < 2 {
            for point in points {
                if let Some(row) = crowd
                    .rows
                    .get(*point)
                    .filter(|row| usize::try_from(**row).is_ok_and(|row| row < crowd.all_rows))
                {
                    alone.set_bit(*row as usize, true);
                    level.lone += 1;
                }
            }
            continue;
        }
        let begin = level.rows.len();
        let mut extent: Option<Extent> = None;
        for point in points {
            let Some((at, row)) = crowd.at.get(*point).zip(crowd.rows.get(*point)) else {
                continue;
            };
            let own = Extent::of_point(*at);
            extent = Some(extent.map_or(own, |extent| extent.union(own)));
            level.rows.push(*row);
        }
        let sum = of().fold([0.0, 0.0], |[x, y], cell| [x + cell.sum[0], y + cell.sum[1]]);
        let at = sum.map(|sum| sum / count as f64);
        let extent = extent.unwrap_or_else(|| Extent::of_point(at));
        let rows = [begin, level.rows.len()];
        level.clusters.push(Cluster { at, extent, count, rows });
    }
    level
        .clusters
        .sort_by(|one, other| other.count.cmp(&one.count).then(one.rows.cmp(&other.rows)));
    level.most = level.clusters.first().map_or(0, |fullest| fullest.count);
    let places = level.clusters.iter().map(|cluster| Extent::of_point(cluster.at));
    level.index = SpatialIndex::of_extents((0..u32::MAX).zip(places));
    level.alone = Alone(std::sync::Arc::new(BooleanArray::new(alone.finish(), None)));
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd() -> Crowd {
        let places: Vec<[f64; 2]> = (0..3000_u32)
            .map(|at| {
                let spread = f64::from(at % 5) + 1.0;
                let [x, y] = [f64::from(at * 7919 % 1009), f64::from(at * 104_729 % 997)];
                [400_000.0 + x * spread, 6_600_000.0 + y * spread]
            })
            .collect();
        Crowd::of_places(places)
    }

    #[test]
    fn every_point_is_in_one_cluster_or_alone_at_every_level() {
        let crowd = crowd();
        let mut before = usize::MAX;
        for level in (4..=44).rev() {
            let made = cluster(&crowd, level, 60.0, &Watch::unwatched()).unwrap();
            let counted: u64 = made.clusters.iter().map(|cluster| cluster.count).sum();
            assert_eq!(counted + made.lone, 3000, "{level}");
            assert_eq!(made.lone, made.alone.0.true_count() as u64);
            let mut rows: Vec<u32> =
                made.clusters.iter().flat_map(|of| made.rows_of(of).iter().copied()).collect();
            rows.extend((0..3000).filter(|row| made.alone.0.value(*row as usize)));
            rows.sort_unstable();
            assert!(rows.iter().copied().eq(0..3000), "each row once");
            let things = made.clusters.len() + usize::try_from(made.lone).unwrap();
            assert!(things <= before.saturating_add(before / 10), "zooming out joins: {level}");
            before = things;
            for cluster in &made.clusters {
                assert_eq!(made.rows_of(cluster).len() as u64, cluster.count);
                let Extent { min_x, max_x, .. } = cluster.extent;
                assert!((min_x..=max_x).contains(&cluster.at[0]));
            }
        }
        assert!(before < 4, "far out all are together: {before}");
    }

    #[test]
    fn points_nearer_than_the_distance_are_one() {
        let level = 30;
        let per_point = mercator_metres_per_point(15.0);
        let at = |points: f64| [5000.0 + points * per_point, 7000.0];
        let of = |apart: f64| {
            let crowd = Crowd::of_places(vec![at(0.0), at(apart)]);
            cluster(&crowd, level, 60.0, &Watch::unwatched()).unwrap()
        };
        assert_eq!(of(59.0).clusters.len(), 1);
        assert_eq!(of(59.0).clusters[0].count, 2);
        assert!(!of(59.0).clusters[0].is_one_place());
        assert!(of(0.0).clusters[0].is_one_place());
        assert_eq!((of(61.0).clusters.len(), of(61.0).lone), (0, 2));
    }

    #[test]
    fn clusters_in_view_are_found_the_fullest_first() {
        let crowd = crowd();
        let made = cluster(&crowd, 24, 60.0, &Watch::unwatched()).unwrap();
        let extent =
            Extent { min_x: 400_500.0, min_y: 6_600_500.0, max_x: 402_000.0, max_y: 6_602_000.0 };
        let seen = made.within(&extent);
        assert!(!seen.is_empty() && seen.is_sorted());
        let counts: Vec<u64> = seen.iter().map(|at| made.clusters[*at].count).collect();
        assert!(counts.is_sorted_by(|one, other| one >= other), "{counts:?}");
    }
}
