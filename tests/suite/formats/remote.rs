//! Files on a web server: on one that gives ranges of bytes, only what is needed is fetched.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use belfort::formats::{ReadOptions, Within, is_address, open, open_address};
use belfort::jobs::Watch;
use belfort::network::{Line, Network};
use belfort::problem::FileError;
use belfort::table::{Extent, Table};

use super::columnar::{KINDS, made, python};
use super::write;

/// What the server does.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Ranges,
    /// Everything, whatever is asked.
    Whole,
    /// Ranges that end in the middle.
    CutOff,
    /// An error of its own, twice, and then ranges.
    Troubled,
    Missing,
}

/// A web server on the loopback with one file, until it is dropped.
struct Server {
    port: u16,
    closed: Arc<AtomicBool>,
    questions: Arc<Mutex<Vec<String>>>,
    sent: Arc<AtomicU64>,
}

impl Server {
    fn start(bytes: Vec<u8>, manner: Manner) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Server {
            port,
            closed: Arc::default(),
            questions: Arc::default(),
            sent: Arc::default(),
        };
        let (closed, questions) = (Arc::clone(&server.closed), Arc::clone(&server.questions));
        let (sent, bytes) = (Arc::clone(&server.sent), Arc::new(bytes));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if closed.load(Ordering::Relaxed) {
                    return;
                }
                let (questions, sent) = (Arc::clone(&questions), Arc::clone(&sent));
                let bytes = Arc::clone(&bytes);
                std::thread::spawn(move || {
                    serve(stream.unwrap(), &bytes, manner, &questions, &sent);
                });
            }
        });
        server
    }

    fn address(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("http://127.0.0.1:{}/data/{name}", self.port))
    }

    fn questions(&self) -> usize {
        self.questions.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(
    mut stream: TcpStream,
    bytes: &[u8],
    manner: Manner,
    questions: &Mutex<Vec<String>>,
    sent: &AtomicU64,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    while let Some(Ok(first)) = lines.next() {
        let mut range = None;
        for line in lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()) {
            if let Some(asked) = line.to_lowercase().strip_prefix("range: bytes=") {
                let (start, last) = asked.split_once('-').unwrap();
                range = Some((start.parse::<usize>().unwrap(), last.parse::<usize>().unwrap()));
            }
        }
        let number = {
            let mut questions = questions.lock().unwrap();
            questions.push(format!("{first} {range:?}"));
            questions.len()
        };
        let range = range.filter(|_| manner != Manner::Whole);
        let (status, body, extra) = match range {
            _ if manner == Manner::Missing => ("404 Not Found", &b"no"[..], String::new()),
            _ if manner == Manner::Troubled && number < 3 => {
                ("503 Busy", &b"later"[..], String::new())
            }
            Some((start, _)) if start >= bytes.len() => {
                ("416 Not Satisfiable", &b""[..], String::new())
            }
            Some((start, last)) => {
                let end = (last + 1).min(bytes.len());
                let extra = format!("Content-Range: bytes {start}-{}/{}\r\n", end - 1, bytes.len());
                ("206 Partial Content", &bytes[start..end], extra)
            }
            None => ("200 OK", bytes, String::new()),
        };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{extra}\r\n", body.len());
        let cut = manner == Manner::CutOff && body.len() > 100;
        let body = if cut { &body[..body.len() / 2] } else { body };
        sent.fetch_add(body.len() as u64, Ordering::Relaxed);
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).is_err() || cut {
            return;
        }
    }
}

fn ask(path: &Path, extent: Option<Extent>, offline: bool) -> Result<Table, FileError> {
    let network = Network { offline, ..Network::default() };
    let line = Line::new(network, Duration::from_secs(20));
    let options = ReadOptions { extent: extent.map(Within::Own), ..ReadOptions::default() };
    open_address(path, &line, &options, &Watch::unwatched()).map(|mut tables| tables.remove(0))
}

/// What a file holds in an extent, read from this machine.
fn local(path: &Path, extent: Option<Extent>) -> Table {
    let options = ReadOptions { extent: extent.map(Within::Own), ..ReadOptions::default() };
    open(path, &options, &Watch::unwatched()).unwrap().remove(0)
}

fn told(table: &Table) -> String {
    let problems = &table.origin.problems;
    format!("{:?} {:?} {:?} {problems:?}", table.fields, table.columns, table.geometry)
}

const VIEW: Extent =
    Extent { min_x: 99_000.0, min_y: 190_000.0, max_x: 99_400.0, max_y: 190_500.0 };

#[test]
fn of_a_view_only_what_is_needed_is_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomen.fgb");
    write(&made(KINDS[0], (false, false), 20_000, false, 3), &path);
    let bytes = std::fs::read(&path).unwrap();
    let size = bytes.len() as u64;
    let server = Server::start(bytes, Manner::Ranges);
    let address = server.address("bomen.fgb?version=2");
    assert!(is_address(&address));
    let table = ask(&address, Some(VIEW), false).unwrap();
    let wanted = local(&path, Some(VIEW));
    assert_eq!(told(&table), told(&wanted));
    assert!(wanted.rows() > 5 && wanted.rows() < 200, "{}", wanted.rows());
    assert_eq!(table.origin.path, address);
    let sent = server.sent.load(Ordering::Relaxed);
    assert!(sent < size / 5, "{sent} of {size}");
    assert!(server.questions() < 12, "{:?}", server.questions.lock().unwrap());

    // All of it is fetched in one go, after a look at the start.
    let all = ask(&address, None, false).unwrap();
    assert_eq!(told(&all), told(&local(&path, None)));
    assert!(server.sent.load(Ordering::Relaxed) - sent < size + (1 << 17));
}

#[test]
fn servers_without_ranges_and_with_troubles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.fgb");
    write(&made(KINDS[2], (true, false), 2_000, true, 3), &path);
    let bytes = std::fs::read(&path).unwrap();
    for extent in [None, Some(VIEW)] {
        for manner in [Manner::Whole, Manner::Troubled] {
            let server = Server::start(bytes.clone(), manner);
            let table = ask(&server.address("a.fgb"), extent, false).unwrap();
            assert_eq!(told(&table), told(&local(&path, extent)));
        }
        let server = Server::start(bytes.clone(), Manner::CutOff);
        let error = ask(&server.address("a.fgb"), extent, false).unwrap_err();
        assert_eq!(error.what.id, "remote-error-cut-off", "{error}");
        let server = Server::start(bytes.clone(), Manner::Missing);
        let error = ask(&server.address("a.fgb"), extent, false).unwrap_err();
        assert_eq!((error.what.id, server.questions()), ("remote-error-status", 1), "{error}");
        let error = ask(&server.address("a.fgb"), extent, true).unwrap_err();
        assert_eq!((error.what.id, server.questions()), ("remote-error-offline", 1), "{error}");
    }
    let server = Server::start(Vec::new(), Manner::Ranges);
    let error = ask(&server.address("a.fgb"), None, false).unwrap_err();
    assert_eq!(error.what.id, "flatgeobuf-error-magic", "{error}");
    let gone = server.address("a.fgb");
    drop(server);
    std::thread::sleep(Duration::from_millis(100));
    let error = ask(&gone, None, false).unwrap_err();
    assert_eq!(error.what.id, "remote-error-unreachable", "{error}");
}

#[test]
fn row_groups_of_parquet_are_fetched_by_what_they_cover() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let script = "
import sys, geopandas, shapely
places = [shapely.Point(95000 + n, 190000 + n % 700) for n in range(20000)]
frame = geopandas.GeoDataFrame({'nr': range(20000), 'name': [f'boom {n * 7919 % 20011}' for n in range(20000)]}, geometry=places, crs='EPSG:31370')
frame.to_parquet(sys.argv[1], write_covering_bbox=True, row_group_size=1000, schema_version='1.1.0')
";
    if python(&["geopandas", "shapely"], script, &[&path]).is_none() {
        return;
    }
    let bytes = std::fs::read(&path).unwrap();
    let size = bytes.len() as u64;
    let server = Server::start(bytes, Manner::Ranges);
    let address = server.address("a.parquet");
    let table = ask(&address, Some(VIEW), false).unwrap();
    let wanted = local(&path, Some(VIEW));
    assert_eq!(told(&table), told(&wanted));
    assert!(wanted.rows() > 100 && wanted.rows() < 1000, "{}", wanted.rows());
    let sent = server.sent.load(Ordering::Relaxed);
    assert!(sent < size / 2, "{sent} of {size}");
    let all = ask(&address, None, false).unwrap();
    assert_eq!(all.rows(), 20_000);
}
