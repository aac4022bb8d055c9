//! A small HTTP server of tiles on the loopback.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use belfort::i18n::Localized;
use belfort::tiles::Basemap;

/// What the server answers: status, headers, body; and how long it takes.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub delay: Duration,
}

impl Reply {
    pub fn new(status: u16, body: Vec<u8>) -> Reply {
        Reply { status, headers: Vec::new(), body, delay: Duration::ZERO }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Reply {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A request as the server saw it: path, and headers by lower-case name.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    pub headers: HashMap<String, String>,
    /// When it came.
    pub at: Instant,
}

/// A small HTTP server: answers by a function of the request and its number.
pub struct Server {
    pub address: String,
    requests: Arc<Mutex<Vec<Request>>>,
    pub most_at_once: Arc<AtomicUsize>,
}

impl Server {
    pub fn start(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let most_at_once = Arc::new(AtomicUsize::new(0));
        let now = Arc::new(AtomicUsize::new(0));
        let answer = Arc::new(answer);
        let (seen, most) = (Arc::clone(&requests), Arc::clone(&most_at_once));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, most) = (Arc::clone(&seen), Arc::clone(&most));
                let (now, answer) = (Arc::clone(&now), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    let number = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.len() - 1
                    };
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let reply = answer(&request, number);
                    std::thread::sleep(reply.delay);
                    now.fetch_sub(1, Ordering::SeqCst);
                    write(&stream, &reply);
                });
            }
        });
        Server { address, requests, most_at_once }
    }

    pub fn basemap(&self) -> Basemap {
        let text = || Localized::same("test");
        Basemap {
            id: "test".to_owned(),
            name: text(),
            url: format!("{}/{{z}}/{{x}}/{{y}}.png", self.address),
            retina_url: None,
            min_zoom: 0,
            levels: Vec::new(),
            servers: Vec::new(),
            deepens: true,
            max_zoom: 19,
            attribution: "test".to_owned(),
            attribution_url: String::new(),
            offline: false,
            terms: text(),
            terms_url: String::new(),
        }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    Some(Request { path, headers, at: Instant::now() })
}

fn write(mut stream: &TcpStream, reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} -\r\nConnection: close\r\n", reply.status);
    if reply.status != 304 {
        head += &format!("Content-Length: {}\r\n", reply.body.len());
    }
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    // The client may be gone.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(b"\r\n");
    let _ = stream.write_all(&reply.body);
}

impl Server {
    /// The paths asked for, in order.
    pub fn paths(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.path).collect()
    }
}

/// A PNG of one colour.
pub fn png(rgb: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb(rgb));
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}
