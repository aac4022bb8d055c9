//! The rows highlighted in a layer.

use std::sync::atomic::{AtomicU64, Ordering};

use super::LayerScene;
use crate::table::RowSet;

/// Up to how many rows their chunks are looked up at once; of more rows every chunk in view looks
/// for itself, on a worker.
const LOOKED_UP: usize = 64;

/// The rows highlighted in a layer.
#[derive(Debug)]
pub(super) struct Selection {
    /// Another one for each selection.
    pub number: u64,
    pub rows: RowSet,
    /// The chunks that hold them; none when every chunk may.
    chunks: Option<Vec<usize>>,
}

impl Selection {
    pub fn new(scene: &LayerScene, rows: &RowSet) -> Selection {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let chunks = (rows.count() <= LOOKED_UP).then(|| {
            let few: Vec<u32> = rows.iter().filter_map(|row| u32::try_from(row).ok()).collect();
            let holds = |at: &usize| {
                let chunk = scene.chunks().get(*at);
                chunk.is_some_and(|chunk| few.iter().any(|row| chunk.has_row(*row)))
            };
            (0..scene.chunks().len()).filter(holds).collect()
        });
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Selection { number, rows: rows.clone(), chunks }
    }

    /// Whether a chunk may hold any of the rows.
    pub fn is_in(&self, chunk: usize) -> bool {
        self.chunks.as_ref().is_none_or(|chunks| chunks.binary_search(&chunk).is_ok())
    }
}
