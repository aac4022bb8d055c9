//! How an answer goes over the wire: head, gzip, chunks, and the breaks that faults ask for.

use std::io::{self, BufWriter, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::answer::{Answer, Body};
use super::fault::{Framing, Manner, half_at_most};

/// A body shorter than this is not worth packing.
const SMALL: usize = 200;

/// Where a malformed body of unknown length goes wrong.
const WRONG_AFTER: usize = 5000;

/// Sends an answer; what fails is the client's business.
pub fn send(
    stream: &TcpStream,
    answer: Answer,
    manner: &Manner,
    gzip: bool,
    closed: &AtomicBool,
) -> io::Result<()> {
    let Answer { status, content_type, headers, body } = answer;
    let content_type = manner.content_type.unwrap_or(&content_type);
    let mut head = format!(
        "HTTP/1.1 {status} {}\r\nConnection: close\r\nContent-Type: {content_type}\r\n\
         Vary: Accept-Encoding\r\n",
        reason(status)
    );
    if headers.iter().all(|(name, _)| *name != "Cache-Control") {
        head += "Cache-Control: no-store\r\n";
    }
    for (name, value) in &headers {
        head += &format!("{name}: {value}\r\n");
    }
    let small = matches!(&body, Body::Whole(bytes) if bytes.len() < SMALL);
    let gzip = gzip && !small;
    if gzip {
        head += "Content-Encoding: gzip\r\n";
    }
    let limits = Limits {
        cut: manner.cut.map(|(after, _)| half_at_most(&body, after)),
        stall: manner.stall_after.map(|after| half_at_most(&body, after)),
        drip: manner.drip,
    };
    let spoil = Spoil {
        after: manner
            .ends_early
            .or(manner.malformed.then_some(WRONG_AFTER))
            .map(|after| half_at_most(&body, after)),
        malformed: manner.malformed,
    };
    match body {
        Body::Whole(bytes) => {
            let mut packed = Vec::new();
            spoil.through(gzip, &mut packed, |out| out.write_all(&bytes))?;
            let (length, chunked) = match manner.cut {
                Some((_, Framing::Chunked)) => (None, true),
                Some((_, Framing::Length)) => (Some(packed.len() + 1000), false),
                None => (Some(packed.len()), false),
            };
            if let Some(length) = length {
                head += &format!("Content-Length: {length}\r\n");
            }
            let mut wire = Wire::open(stream, &head, chunked, limits, closed)?;
            wire.write_all(&packed)?;
            wire.finish()
        }
        Body::Stream(make) => {
            let chunked = !matches!(manner.cut, Some((_, Framing::Length)));
            if let Some((after, Framing::Length)) = manner.cut {
                head += &format!("Content-Length: {}\r\n", after * 2 + 1000);
            }
            let wire = Wire::open(stream, &head, chunked, limits, closed)?;
            let mut buffered = BufWriter::with_capacity(1 << 16, wire);
            spoil.through(gzip, &mut buffered, make)?;
            buffered.flush()?;
            buffered.get_mut().finish()
        }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Other",
    }
}

/// What a fault does to the contents of a body, before it is packed and framed.
struct Spoil {
    after: Option<usize>,
    malformed: bool,
}

impl Spoil {
    fn through(
        &self,
        gzip: bool,
        out: &mut dyn Write,
        make: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let malformed = self.malformed;
        if gzip {
            let mut packed = GzEncoder::new(out, Compression::fast());
            make(&mut Spoiled { out: &mut packed, left: self.after, malformed })?;
            return packed.finish().map(drop);
        }
        make(&mut Spoiled { out, left: self.after, malformed })
    }
}

struct Spoiled<'a> {
    out: &'a mut dyn Write,
    /// Bytes that still pass; none for all.
    left: Option<usize>,
    malformed: bool,
}

impl Write for Spoiled<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(left) = self.left else {
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        };
        let pass = left.min(bytes.len());
        self.out.write_all(&bytes[..pass])?;
        self.left = Some(left - pass);
        if pass < bytes.len() && self.malformed {
            self.out.write_all(b"\",,]<oops>{")?;
            self.malformed = false;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[derive(Clone, Copy)]
struct Limits {
    cut: Option<usize>,
    stall: Option<usize>,
    drip: Option<(usize, Duration)>,
}

/// The body's bytes as they leave.
struct Wire<'a> {
    stream: &'a TcpStream,
    chunked: bool,
    sent: usize,
    limits: Limits,
    closed: &'a AtomicBool,
}

impl<'a> Wire<'a> {
    fn open(
        mut stream: &'a TcpStream,
        head: &str,
        chunked: bool,
        limits: Limits,
        closed: &'a AtomicBool,
    ) -> io::Result<Wire<'a>> {
        stream.write_all(head.as_bytes())?;
        stream.write_all(if chunked { b"Transfer-Encoding: chunked\r\n\r\n" } else { b"\r\n" })?;
        Ok(Wire { stream, chunked, sent: 0, limits, closed })
    }

    fn piece(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut stream = self.stream;
        if self.chunked {
            stream.write_all(format!("{:x}\r\n", bytes.len()).as_bytes())?;
        }
        stream.write_all(bytes)?;
        if self.chunked {
            stream.write_all(b"\r\n")?;
        }
        self.sent += bytes.len();
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let mut stream = self.stream;
        if self.chunked && self.limits.cut.is_none() {
            stream.write_all(b"0\r\n\r\n")?;
        }
        stream.flush()
    }
}

impl Write for Wire<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        if self.closed.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let mut now = bytes.len();
        if let Some((few, pause)) = self.limits.drip {
            now = now.min(few.max(1));
            std::thread::sleep(pause);
        }
        if let Some(end) = self.limits.cut.into_iter().chain(self.limits.stall).min() {
            if self.sent >= end {
                if self.limits.stall.is_some() {
                    stall(self.stream, self.closed);
                }
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            now = now.min(end - self.sent);
        }
        self.piece(&bytes[..now])?;
        Ok(now)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Says nothing until the client hangs up or the portal closes.
pub fn stall(stream: &TcpStream, closed: &AtomicBool) {
    if stream.set_read_timeout(Some(Duration::from_millis(20))).is_err() {
        return;
    }
    let mut byte = [0_u8];
    while !closed.load(Ordering::Relaxed) {
        match io::Read::read(&mut &*stream, &mut byte) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error)
                if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
            Err(_) => return,
        }
    }
}
