//! A made-up city portal on the loopback, to look at the window against:
//! `cargo run --release --example fake_portal -- --port 8123`.
//!
//! It is the one of the tests (`tests/fake_portal/`); its live data follow the clock.
//! `--fault KIND PREFIX` lets every request below a path go wrong: `429`, a status such as `500`,
//! `cut`, `stall`, `drip`, `html`, `malformed`, `gone` or `lie`. Lines typed on its standard input:
//! `fault KIND PREFIX`, `clear`, `offline`, `online`, `change ID`. It serves until it is interrupted.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

#[path = "../tests/fake_portal/mod.rs"]
mod fake_portal;

use std::io::BufRead as _;
use std::time::Duration;

use fake_portal::{ALWAYS, Change, Clock, FakePortal, Fault, Framing, data};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut port = 8123;
    let mut faults = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--port" => port = value()?.parse()?,
            "--fault" => faults.push((value()?, value()?)),
            _ => return Err("usage: fake_portal [--port N] [--fault KIND PREFIX]…".into()),
        }
    }
    let portal = FakePortal::with(data::city(), port)?;
    portal.set_clock(Clock::Real);
    for (kind, prefix) in faults {
        portal.fault(&prefix, fault(&kind)?, ALWAYS);
    }
    println!("{}", portal.address());
    println!("{} datasets at {}", portal.ids().len(), portal.api());
    for line in std::io::stdin().lock().lines() {
        if let Err(error) = obey(&portal, &line?) {
            eprintln!("{error}");
        }
    }
    loop {
        std::thread::park();
    }
}

fn obey(portal: &FakePortal, line: &str) -> Result<(), Failure> {
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [] => {}
        ["fault", kind, prefix] => portal.fault(prefix, fault(kind)?, ALWAYS),
        ["clear"] => portal.clear_faults(),
        ["offline"] => portal.go_offline(),
        ["online"] => portal.go_online(),
        ["change", id] if portal.ids().iter().any(|known| known == id) => {
            portal.change(id, Change::Remove { row: 0 });
        }
        _ => return Err(format!("not understood: {line}").into()),
    }
    Ok(())
}

fn fault(kind: &str) -> Result<Fault, Failure> {
    Ok(match kind {
        "429" => Fault::TooMany { wait: Duration::from_secs(30) },
        "cut" => Fault::Cut { after: 100_000, framing: Framing::Chunked },
        "stall" => Fault::Stall,
        "drip" => Fault::Drip { bytes: 2000, pause: Duration::from_millis(100) },
        "html" => Fault::HtmlPage,
        "malformed" => Fault::Malformed,
        "gone" => Fault::Gone,
        "lie" => Fault::CountOff(12),
        status => Fault::Status(status.parse().map_err(|_| format!("no fault {status}"))?),
    })
}
