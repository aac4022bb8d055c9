//! The services as a test holds them: they listen from their start until they are dropped.

use std::io::BufReader;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::city::Row;
use super::lie::{Lie, Lies};
use super::query::newcomer;
use super::stream::{self, Stream};
use super::{api, files, sparql, wfs};
use crate::fake_portal::answer::Answer;
use crate::fake_portal::{ALWAYS, Fault, Manner, Request, bomb, wire};

#[derive(Default)]
struct State {
    /// What a target holds, and what goes wrong then, how often still.
    faults: Vec<(String, Fault, usize)>,
    lies: Vec<(String, Lie)>,
    requests: Vec<Request>,
    targets: Vec<String>,
    /// How many pages a layer that grows has given.
    given: usize,
    version: usize,
    streams: Vec<Stream>,
    /// Pages that lie ready: what a target begins with, their kind, and what they say.
    pages: Vec<(String, &'static str, Vec<u8>)>,
}

/// Services on a port of the loopback.
pub struct FakeServices {
    shared: Arc<Shared>,
    port: u16,
    listening: Mutex<Option<Listening>>,
}

struct Shared {
    state: Mutex<State>,
    address: String,
}

struct Listening {
    closed: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// What a request is answered by.
pub struct Scene<'a> {
    pub request: &'a Request,
    pub lies: Lies,
    pub version: usize,
    address: &'a str,
    given: &'a mut usize,
}

impl Scene<'_> {
    pub fn base(&self) -> String {
        self.address.to_owned()
    }

    /// The row that has come in front, if one has.
    pub fn present(&self) -> Option<Row> {
        let grown = self.lies.has(&Lie::Grows) && *self.given > 0;
        grown.then(newcomer)
    }

    /// The same, before one more page is given.
    pub fn grown(&mut self) -> Option<Row> {
        let present = self.present();
        *self.given += 1;
        present
    }
}

impl FakeServices {
    /// On a free port.
    pub fn start() -> FakeServices {
        FakeServices::on(0).expect("a port of the loopback")
    }

    /// On this port (0: any that is free).
    pub fn on(port: u16) -> std::io::Result<FakeServices> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let address = format!("http://127.0.0.1:{port}");
        let shared = Arc::new(Shared { state: Mutex::default(), address });
        let listening = Mutex::new(Some(listen(listener, &shared)));
        Ok(FakeServices { shared, port, listening })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.shared.address
    }

    /// An address of them.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.shared.address)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the next so many requests whose target (decoded) holds a text go wrong.
    pub fn fault(&self, part: &str, fault: Fault, times: usize) {
        self.state().faults.push((part.to_owned(), fault, times));
    }

    /// Lies to all requests whose target (decoded) holds a text.
    pub fn lie(&self, part: &str, lie: Lie) {
        self.state().lies.push((part.to_owned(), lie));
    }

    /// No more faults and lies.
    pub fn behave(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.lies.clear();
        state.given = 0;
    }

    /// Gives a stream from now on, in place of one at the same path.
    pub fn stream(&self, stream: Stream) {
        let mut state = self.state();
        state.streams.retain(|known| known.path != stream.path);
        state.streams.push(stream);
    }

    /// Gives a page from now on, where a target (decoded) is just this.
    pub fn page(&self, target: &str, kind: &'static str, body: impl Into<Vec<u8>>) {
        self.state().pages.push((target.to_owned(), kind, body.into()));
    }

    /// The files are others from now on.
    pub fn change_files(&self) {
        self.state().version += 1;
    }

    /// The targets of all requests so far, decoded.
    pub fn targets(&self) -> Vec<String> {
        self.state().targets.clone()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    pub fn forget_requests(&self) {
        let mut state = self.state();
        state.requests.clear();
        state.targets.clear();
        state.given = 0;
    }

    /// Nobody listens any more.
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

impl Drop for FakeServices {
    fn drop(&mut self) {
        self.go_offline();
    }
}

fn target(request: &Request) -> String {
    let pairs = request.query.iter().map(|(name, value)| format!("{name}={value}"));
    format!("{}?{}", request.path, pairs.collect::<Vec<_>>().join("&"))
}

impl Shared {
    fn serve(&self, stream: &TcpStream, closed: &AtomicBool) -> Option<()> {
        let request = Request::read(BufReader::new(stream.try_clone().ok()?))?;
        let gzip = request.accepts_gzip();
        let target = target(&request);
        let (fault, answer) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.requests.push(request.clone());
            state.targets.push(target.clone());
            let fault = state
                .faults
                .iter_mut()
                .find(|(part, _, times)| *times > 0 && target.contains(part));
            let fault = fault.map(|(_, fault, times)| {
                if *times != ALWAYS {
                    *times -= 1;
                }
                fault.clone()
            });
            let lies = state.lies.iter().filter(|(part, _)| target.contains(part));
            let lies = Lies(lies.map(|(_, lie)| lie.clone()).collect());
            let version = state.version;
            let stream = state.streams.iter().find(|it| it.path == request.path).cloned();
            let page = state.pages.iter().rev().find(|(known, ..)| *known == target);
            let page = page.map(|(_, kind, body)| Answer::new(200, kind, body.clone()));
            let given = &mut state.given;
            let mut scene =
                Scene { request: &request, lies, version, address: &self.address, given };
            let answer = match &fault {
                Some(Fault::GzipBomb { bytes }) => bomb(*bytes),
                Some(fault) => fault
                    .answer(&format!("{}{target}", self.address), 1000)
                    .or(page)
                    .unwrap_or_else(|| route(&mut scene, stream.as_ref())),
                None => page.unwrap_or_else(|| route(&mut scene, stream.as_ref())),
            };
            (fault, answer)
        };
        if matches!(fault, Some(Fault::Stall)) {
            wire::stall(stream, closed);
            return None;
        }
        let is_bomb = matches!(fault, Some(Fault::GzipBomb { .. }));
        let manner = fault.map_or_else(Manner::default, |fault| fault.manner());
        wire::send(stream, answer, &manner, gzip || is_bomb, closed).ok()
    }
}

fn route(scene: &mut Scene<'_>, stream: Option<&Stream>) -> Answer {
    let path = scene.request.path.clone();
    if let Some(stream) = stream {
        return stream::answer(stream, scene);
    }
    if path == "/sparql" {
        return sparql::answer(scene);
    }
    if path.contains("/context/") {
        return stream::context();
    }
    if let Some(flavour) = wfs::FLAVOURS.iter().find(|flavour| path == flavour.path) {
        return wfs::answer(flavour, scene);
    }
    let below = |flavour: &&api::Flavour| {
        path.strip_prefix(flavour.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if let Some(flavour) = api::FLAVOURS.iter().find(below) {
        return api::answer(*flavour, scene);
    }
    files::answer(scene)
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
                // None: the client went away, or was to be left hanging.
                let _ = shared.serve(&stream, &ends);
            });
        }
    });
    Listening { closed, thread }
}
