//! The bookkeeping of a store: what is in memory, what is wanted and in what order, and which
//! servers are away.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::catalogue::host_of;
use super::fetch::{Outcome, Server};
use super::source::KeptSource;
use super::store::{Activity, TileLimits};
use super::{Basemap, Missing, TileId, TileImage, TileSource, TileState};
use crate::jobs::cores;

/// Tiles asked for within so short a time belong to the same look at the map.
const SAME_LOOK: Duration = Duration::from_millis(4);

/// A tile not asked for again for so long while others were is no longer wanted.
const FORGOTTEN: Duration = Duration::from_secs(1);

/// How long a tile without a word about its freshness, or a stale one, is shown before its server
/// is asked again.
const ASK_AGAIN: Duration = Duration::from_mins(1);

/// A tile of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub source: String,
    pub tile: TileId,
}

enum Entry {
    Here { image: Arc<TileImage>, until: Instant, used: u64 },
    Gone { why: Missing, failures: u32, until: Instant },
}

struct Wanted {
    source: KeptSource,
    /// The look it was first asked for in: later looks come first.
    look: u64,
    /// Its place within the look: the middle of the map is asked for first.
    place: u64,
    asked: Instant,
    not_before: Instant,
}

#[derive(Default)]
struct Host {
    failures: u32,
    /// Until when it is left alone, and why.
    away: Option<(Instant, Missing)>,
    /// Whether it asked for that itself.
    has_asked: bool,
}

/// See the module.
pub(super) struct State {
    limits: TileLimits,
    entries: HashMap<Key, Entry>,
    bytes: u64,
    wanted: HashMap<Key, Wanted>,
    /// What workers are fetching, and when it was last asked for.
    running: HashMap<Key, Instant>,
    /// How many of those are made here: no more at a time than there are cores, so that downloads
    /// do not wait behind them.
    making: usize,
    hosts: HashMap<String, Host>,
    basemaps: HashMap<String, Arc<Basemap>>,
    last_asked: Option<Instant>,
    look: u64,
    clock: u64,
    pub workers: usize,
    pub idle: usize,
    pub closing: bool,
}

impl State {
    pub fn new(limits: TileLimits) -> State {
        State {
            limits,
            entries: HashMap::new(),
            bytes: 0,
            wanted: HashMap::new(),
            running: HashMap::new(),
            making: 0,
            hosts: HashMap::new(),
            basemaps: HashMap::new(),
            last_asked: None,
            look: 0,
            clock: 0,
            workers: 0,
            idle: 0,
            closing: false,
        }
    }

    /// How a tile stands; what is not here is wanted from now on.
    pub fn ask(&mut self, source: TileSource<'_>, tile: TileId, now: Instant) -> TileState {
        if !source.may_have(tile) {
            return TileState::Missing(Missing::NoSuchTile);
        }
        if self.last_asked.is_none_or(|last| now.duration_since(last) > SAME_LOOK) {
            self.look += 1;
        }
        self.last_asked = Some(now);
        self.clock += 1;
        let key = Key { source: source.key().to_owned(), tile };
        let clock = self.clock;
        let mut is_final = false;
        let (answer, not_before) = match self.entries.get_mut(&key) {
            Some(Entry::Here { image, until, used }) => {
                *used = clock;
                (TileState::Ready(Arc::clone(image)), *until)
            }
            Some(Entry::Gone { why, failures, until }) => {
                is_final = *failures == 0;
                (TileState::Missing(why.clone()), *until)
            }
            None => (TileState::Loading, now),
        };
        let is_here = matches!(answer, TileState::Ready(_));
        // What holds for now is asked for again when it no longer does; what failed is tried again
        // without being asked.
        let holds = (is_here || is_final) && not_before > now;
        if let Some(asked) = self.running.get_mut(&key) {
            *asked = now;
        } else if !holds {
            let source = self.keep(source);
            self.want(key, source, now, not_before);
        }
        answer
    }

    fn keep(&mut self, source: TileSource<'_>) -> KeptSource {
        let basemap = match source {
            TileSource::Local(tiles) => return KeptSource::Local(Arc::clone(tiles)),
            TileSource::Server(basemap) => basemap,
        };
        let kept = self.basemaps.get(&basemap.id).filter(|kept| kept.as_ref() == basemap);
        KeptSource::Server(if let Some(kept) = kept {
            Arc::clone(kept)
        } else {
            let made = Arc::new(basemap.clone());
            self.basemaps.insert(basemap.id.clone(), Arc::clone(&made));
            made
        })
    }

    fn want(&mut self, key: Key, source: KeptSource, now: Instant, not_before: Instant) {
        let (look, place) = (self.look, self.clock);
        let wanted = self.wanted.entry(key).or_insert(Wanted {
            source,
            look,
            place,
            asked: now,
            not_before,
        });
        wanted.asked = now;
    }

    /// Whether a worker is of use.
    pub fn has_work(&self) -> bool {
        self.wanted.values().any(|wanted| self.may_begin(wanted))
    }

    fn may_begin(&self, wanted: &Wanted) -> bool {
        matches!(wanted.source, KeptSource::Server(_)) || self.making < cores()
    }

    /// The next tile to fetch or make, its source, and why its server is away if it is known to be.
    pub fn take(&mut self, now: Instant) -> Option<(Key, KeptSource, Option<Missing>)> {
        let last = self.last_asked.unwrap_or(now);
        self.wanted.retain(|_, wanted| last.saturating_duration_since(wanted.asked) < FORGOTTEN);
        let due = self.wanted.iter().filter(|(_, wanted)| wanted.not_before <= now);
        let due = due.filter(|(_, wanted)| self.may_begin(wanted));
        let (key, _) =
            due.min_by_key(|(_, wanted)| (std::cmp::Reverse(wanted.look), wanted.place))?;
        let key = key.clone();
        let wanted = self.wanted.remove(&key)?;
        self.running.insert(key.clone(), wanted.asked);
        let away = match &wanted.source {
            KeptSource::Server(basemap) => {
                let host = self.hosts.get(host_of(&basemap.url));
                let away = host.and_then(|host| host.away.as_ref());
                away.filter(|(until, _)| *until > now).map(|(_, why)| why.clone())
            }
            KeptSource::Local(_) => {
                self.making += 1;
                None
            }
        };
        Some((key, wanted.source, away))
    }

    /// When the next try of something that failed is due.
    pub fn next_try(&self) -> Option<Instant> {
        let possible = self.wanted.values().filter(|wanted| self.may_begin(wanted));
        possible.map(|wanted| wanted.not_before).min()
    }

    /// Notes what became of a tile.
    pub fn record(&mut self, key: &Key, source: &KeptSource, outcome: Outcome, now: Instant) {
        let asked = self.running.remove(key);
        let away_until = match source {
            KeptSource::Server(basemap) => self.record_server(basemap, outcome.server, now),
            KeptSource::Local(_) => {
                self.making = self.making.saturating_sub(1);
                None
            }
        };
        let before = self.entries.remove(key);
        if let Some(Entry::Here { image, .. }) = &before {
            self.bytes = self.bytes.saturating_sub(bytes_of(image));
        }
        let entry = match (outcome.result, outcome.holds) {
            (Ok(image), holds) => {
                self.bytes = self.bytes.saturating_add(bytes_of(&image));
                // What is stale on arrival is not asked for again at once.
                let until = now + holds.unwrap_or_default().max(ASK_AGAIN);
                Entry::Here { image, until, used: self.clock }
            }
            (Err(why), Some(holds)) => Entry::Gone { why, failures: 0, until: now + holds },
            (Err(why), None) => {
                let failures = match before {
                    Some(Entry::Gone { failures, .. }) => failures.saturating_add(1),
                    _ => 1,
                };
                let until = now + back_off(&self.limits, failures);
                let until = away_until.map_or(until, |away| away.max(now));
                Entry::Gone { why, failures, until }
            }
        };
        if let (Entry::Gone { failures: 1.., until, .. }, Some(asked)) = (&entry, asked) {
            // Tried again even if the window sleeps until then.
            self.want(key.clone(), source.clone(), asked, *until);
        }
        self.entries.insert(key.clone(), entry);
        self.make_room();
    }

    /// Notes how a server behaved; answers until when it is left alone, if it is.
    fn record_server(
        &mut self,
        basemap: &Basemap,
        server: Option<Server>,
        now: Instant,
    ) -> Option<Instant> {
        let host = self.hosts.entry(host_of(&basemap.url).to_owned()).or_default();
        match server {
            Some(Server::Well) => *host = Host::default(),
            Some(Server::Away(why, after))
                if host.away.as_ref().is_none_or(|(until, _)| *until <= now) =>
            {
                host.failures = host.failures.saturating_add(1);
                host.has_asked = after.is_some();
                let pause = after.unwrap_or_default().min(Duration::from_hours(1));
                let pause = pause.max(back_off(&self.limits, host.failures));
                host.away = Some((now + pause, why));
            }
            // Downloads that were under way together fail together: that is one failure.
            Some(Server::Away(..)) | None => {}
        }
        host.away.as_ref().map(|(until, _)| *until)
    }

    /// Forgets the longest unused tiles beyond the limit.
    fn make_room(&mut self) {
        if self.bytes <= self.limits.memory {
            return;
        }
        let here = self.entries.iter().filter_map(|(key, entry)| match entry {
            Entry::Here { image, used, .. } => Some((*used, bytes_of(image), key.clone())),
            Entry::Gone { .. } => None,
        });
        let mut oldest: Vec<_> = here.collect();
        oldest.sort_by_key(|(used, ..)| *used);
        for (_, bytes, key) in oldest {
            if self.bytes <= self.limits.memory {
                break;
            }
            self.entries.remove(&key);
            self.bytes = self.bytes.saturating_sub(bytes);
        }
    }

    /// Forgets all failures, so that what is asked for next is tried at once; servers that asked
    /// to be left alone are left alone.
    pub fn try_again(&mut self, now: Instant) {
        self.hosts.retain(|_, host| host.has_asked);
        self.entries.retain(|_, entry| matches!(entry, Entry::Here { .. }));
        for wanted in self.wanted.values_mut() {
            wanted.not_before = now;
        }
    }

    /// Forgets all failures: the network is another one from now on.
    pub fn use_other_network(&mut self, now: Instant) {
        self.hosts.clear();
        self.try_again(now);
    }

    /// A tile that is in memory.
    pub fn kept(&self, basemap: &Basemap, tile: TileId) -> Option<Arc<TileImage>> {
        match self.entries.get(&Key { source: basemap.id.clone(), tile }) {
            Some(Entry::Here { image, .. }) => Some(Arc::clone(image)),
            _ => None,
        }
    }

    pub fn activity(&self) -> Activity {
        let mut activity = Activity::default();
        for key in self.wanted.keys().chain(self.running.keys()) {
            activity.loading += usize::from(!self.entries.contains_key(key));
        }
        activity
    }
}

/// Doubles with every failure up to a limit. Half of it is left to chance, so that what failed
/// together, here and in other programs, does not come back together.
fn back_off(limits: &TileLimits, failures: u32) -> Duration {
    let doubled = 1_u32.checked_shl(failures.saturating_sub(1).min(16)).unwrap_or(u32::MAX);
    let pause = limits.first_retry.saturating_mul(doubled).min(limits.last_retry);
    // The keys of a map's hasher are the chance that the standard library has.
    let chance = RandomState::new().hash_one(failures) % 1024;
    pause.mul_f64(0.5 + f64::from(u32::try_from(chance).unwrap_or(0)) / 2048.0)
}

fn bytes_of(image: &TileImage) -> u64 {
    u64::try_from(image.rgba.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_limit_and_differ() {
        let limits = TileLimits {
            first_retry: Duration::from_secs(2),
            last_retry: Duration::from_mins(1),
            ..TileLimits::default()
        };
        for (failures, most) in [(1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (40, 60), (u32::MAX, 60)]
        {
            let most = Duration::from_secs(most);
            let pauses: Vec<Duration> = (0..40).map(|_| back_off(&limits, failures)).collect();
            assert!(pauses.iter().all(|pause| *pause >= most / 2 && *pause <= most), "{pauses:?}");
            assert!(pauses.iter().any(|pause| *pause != pauses[0]), "all alike");
        }
    }
}
