//! A server of tiles and of files in ranges, on the loopback: it counts what it sends.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What is answered: a status, headers, and a body.
pub type Reply = (u16, Vec<(&'static str, String)>, Vec<u8>);

/// The server.
pub struct Served {
    pub address: String,
    /// How many bytes of bodies were sent with success.
    pub bytes: Arc<AtomicU64>,
    pub paths: Arc<Mutex<Vec<String>>>,
}

/// Answers by a function of the path and the range asked for.
pub fn serve(answer: impl Fn(&str, Option<(u64, u64)>) -> Reply + Send + Sync + 'static) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (bytes, paths) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (counted, seen, answer) = (Arc::clone(&bytes), Arc::clone(&paths), Arc::new(answer));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (counted, seen, answer) =
                (Arc::clone(&counted), Arc::clone(&seen), Arc::clone(&answer));
            std::thread::spawn(move || {
                let Some((path, range)) = read(&stream) else { return };
                seen.lock().unwrap().push(path.clone());
                let (status, headers, body) = answer(&path, range);
                if status < 300 {
                    counted.fetch_add(body.len() as u64, Ordering::SeqCst);
                }
                let mut head = format!(
                    "HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {}\r\n",
                    body.len()
                );
                for (name, value) in headers {
                    head += &format!("{name}: {value}\r\n");
                }
                let mut stream = &stream;
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(b"\r\n");
                let _ = stream.write_all(&body);
            });
        }
    });
    Served { address, bytes, paths }
}

fn read(stream: &TcpStream) -> Option<(String, Option<(u64, u64)>)> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut range = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        if name.eq_ignore_ascii_case("range") {
            let (first, last) = value.trim().strip_prefix("bytes=")?.split_once('-')?;
            range = Some((first.parse().ok()?, last.parse().ok()?));
        }
    }
    Some((path, range))
}

/// A part of a file, as a server that knows ranges answers.
pub fn part(file: &[u8], range: Option<(u64, u64)>) -> Reply {
    let Some((first, last)) = range else { return (200, Vec::new(), file.to_vec()) };
    let end = (last + 1).min(file.len() as u64);
    let body = file[first as usize..end as usize].to_vec();
    let about = format!("bytes {first}-{}/{}", end - 1, file.len());
    (206, vec![("Content-Range", about), ("ETag", "\"een\"".to_owned())], body)
}
