//! Basemaps by their address, against servers of our own on the loopback: what is found, what is
//! refused and why, and the tiles that are asked for then.

mod faults;
pub mod services;

use std::sync::Arc;
use std::time::Duration;

use belfort::jobs::Watch;
use belfort::network::{Network, Proxy};
use belfort::problem::FileError;
use belfort::tiles::{
    Basemap, FoundMap, FoundService, TileId, TileLimits, TileState, TileStore, look_at,
};

/// Ghent.
const TILE: TileId = TileId { z: 12, x: 2090, y: 1369 };

fn network() -> Network {
    Network { offline: false, proxy: Proxy::None }
}

fn look(address: &str) -> Result<FoundMap, FileError> {
    look_at(address, &network(), &Watch::unwatched())
}

#[track_caller]
fn service(address: &str) -> FoundService {
    match look(address) {
        Ok(FoundMap::Service(service)) => *service,
        other => panic!("{other:?}"),
    }
}

/// The state of a tile from a store of its own.
fn tile(basemap: &Basemap, tile: TileId) -> TileState {
    let folder = tempfile::tempdir().unwrap();
    let limits = TileLimits { first_retry: Duration::from_mins(1), ..TileLimits::default() };
    let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
    let watch = Watch::unwatched();
    store.wait(basemap, &[tile], Duration::from_secs(20), &watch).unwrap().remove(0)
}

#[track_caller]
fn is_there(state: &TileState) {
    assert!(matches!(state, TileState::Ready(_)), "{state:?}");
}
