//! The portal as a test holds it: it listens from its start until it is dropped.

use std::io::BufReader;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::clock::Clock;
use super::data;
use super::dataset::Dataset;
use super::edits::Change;
use super::fault::{Fault, Manner};
use super::openapi::inspect;
use super::request::{BASE, Request};
use super::routes;
use super::state::State;
use super::value::Row;
use super::view::Order;
use super::wire;

/// A fault that never ends.
pub const ALWAYS: usize = usize::MAX;

/// A portal on a port of the loopback.
pub struct FakePortal {
    shared: Arc<Shared>,
    port: u16,
    listening: Mutex<Option<Listening>>,
}

struct Shared {
    state: Mutex<State>,
    address: String,
    now: AtomicUsize,
    most: AtomicUsize,
}

struct Listening {
    closed: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl FakePortal {
    /// With the whole made-up city, on a free port.
    pub fn start() -> FakePortal {
        FakePortal::with(data::city(), 0).expect("a port of the loopback")
    }

    /// With these datasets, on this port (0: any that is free).
    pub fn with(datasets: Vec<Dataset>, port: u16) -> std::io::Result<FakePortal> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared {
            state: Mutex::new(State::new(datasets)),
            address: format!("http://127.0.0.1:{port}"),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        });
        let listening = Mutex::new(Some(listen(listener, &shared)));
        Ok(FakePortal { shared, port, listening })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.shared.address
    }

    /// The base of the API.
    pub fn api(&self) -> String {
        format!("{}{BASE}", self.shared.address)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }

    /// Lets the next so many requests whose path (below the API's base, or whole) begins so go
    /// wrong; [`ALWAYS`] for all. Of several that fit, the one asked for first comes first.
    pub fn fault(&self, prefix: &str, fault: Fault, times: usize) {
        self.state().faults.push((prefix.to_owned(), fault, times));
    }

    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Changes a dataset; its `data_processed` moves by an hour.
    pub fn change(&self, id: &str, change: Change) {
        let mut state = self.state();
        assert!(state.datasets.contains_key(id), "no dataset {id}");
        Arc::make_mut(state.edits.entry(id.to_owned()).or_default()).make(change);
    }

    /// Adds a dataset of the test's own, or puts it in the place of one.
    pub fn add(&self, dataset: Dataset) {
        self.state().datasets.insert(dataset.id.clone(), Arc::new(dataset));
    }

    /// The dataset goes out of the catalogue: a 404 from now on.
    pub fn take_away(&self, id: &str) {
        self.state().away.insert(id.to_owned());
    }

    pub fn bring_back(&self, id: &str) {
        self.state().away.remove(id);
    }

    pub fn set_clock(&self, clock: Clock) {
        self.state().clock = clock;
    }

    /// Keys that are accepted; any other sent is refused with 401.
    pub fn accept_key(&self, key: &str) {
        self.state().keys.push(key.to_owned());
    }

    /// Refuses requests without a key.
    pub fn need_key(&self) {
        self.state().key_needed = true;
    }

    /// How many requests are allowed from now on, before 429.
    pub fn set_quota(&self, quota: u64) {
        let mut state = self.state();
        state.quota = quota;
        state.used = 0;
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    pub fn forget_requests(&self) {
        inspect(&self.requests());
        self.state().requests.clear();
        self.shared.most.store(0, Ordering::SeqCst);
    }

    /// The most requests that were being answered at once.
    pub fn most_at_once(&self) -> usize {
        self.shared.most.load(Ordering::SeqCst)
    }

    /// Ids of the datasets in the catalogue.
    pub fn ids(&self) -> Vec<String> {
        self.state().views().into_iter().map(|view| view.dataset.id.clone()).collect()
    }

    /// How many rows a dataset has, as a test would count them.
    pub fn count(&self, id: &str) -> usize {
        self.state().view(id).map_or(0, |view| view.len())
    }

    /// The rows of a dataset at this moment, in the order of `/records`.
    pub fn rows(&self, id: &str) -> Vec<Row> {
        let view = self.state().view(id);
        view.iter().flat_map(|view| view.rows(Order::Kept)).map(|(_, row)| row).collect()
    }

    /// Nobody listens any more: connections are refused, and those under way break off.
    pub fn go_offline(&self) {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Listening { closed, thread }) = listening.take() else { return };
        closed.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        thread.join().expect("the listener ends");
    }

    /// Listens again, at the same address.
    pub fn go_online(&self) {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        if listening.is_none() {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port));
            *listening = Some(listen(listener.expect("the port is still free"), &self.shared));
        }
    }
}

/// Whatever a test asked, the program's requests are ones that the vendor's document knows.
impl Drop for FakePortal {
    fn drop(&mut self) {
        self.go_offline();
        if !std::thread::panicking() {
            inspect(&self.requests());
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, stream: &TcpStream, closed: &AtomicBool) -> Option<()> {
        let request = Request::read(BufReader::new(stream.try_clone().ok()?))?;
        let gzip = request.accepts_gzip();
        let (fault, job, headers) = {
            let mut state = self.state();
            state.requests.push(request.clone());
            let fault = state.fault_for(&request.path);
            let job = routes::answer(&mut state, &self.address, &request, fault.as_ref());
            (fault, job, state.rate_headers())
        };
        if matches!(fault, Some(Fault::Stall)) {
            wire::stall(stream, closed);
            return None;
        }
        let mut answer = job.done();
        answer.headers.extend(headers);
        let bomb = matches!(fault, Some(Fault::GzipBomb { .. }));
        let manner = fault.map_or_else(Manner::default, |fault| fault.manner());
        wire::send(stream, answer, &manner, gzip || bomb, closed).ok()
    }
}

fn listen(listener: TcpListener, shared: &Arc<Shared>) -> Listening {
    let closed = Arc::new(AtomicBool::new(false));
    let (ends, shared) = (Arc::clone(&closed), Arc::clone(shared));
    let thread = std::thread::spawn(move || {
        for stream in listener.incoming() {
            if ends.load(Ordering::SeqCst) {
                break;
            }
            let Ok(stream) = stream else { continue };
            let (ends, shared) = (Arc::clone(&ends), Arc::clone(&shared));
            std::thread::spawn(move || {
                let now = shared.now.fetch_add(1, Ordering::SeqCst) + 1;
                shared.most.fetch_max(now, Ordering::SeqCst);
                // None: the client went away, or was to be left hanging.
                let _ = shared.serve(&stream, &ends);
                shared.now.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    Listening { closed, thread }
}
