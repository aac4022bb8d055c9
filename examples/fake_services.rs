//! Made-up services on the loopback, to look at the window against:
//! `cargo run --release --example fake_services -- --port 8124`.
//!
//! They are those of the tests (`tests/fake_services/`). `--fault KIND TEXT` lets every request go
//! wrong whose target holds a text: a status such as `500`, `cut`, `stall`, `drip` or `html`. Lines
//! typed on its standard input: `fault KIND TEXT`, `clear`, `offline`, `online`, `change`. It serves
//! until it is interrupted.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

#[path = "../tests/fake_portal/mod.rs"]
mod fake_portal;
#[path = "../tests/fake_services/mod.rs"]
mod fake_services;

use std::io::BufRead as _;
use std::time::Duration;

use fake_portal::{ALWAYS, Fault, Framing};
use fake_services::FakeServices;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut port = 8124;
    let mut faults = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--port" => port = value()?.parse()?,
            "--fault" => faults.push((value()?, value()?)),
            _ => return Err("usage: fake_services [--port N] [--fault KIND TEXT]…".into()),
        }
    }
    let services = FakeServices::on(port)?;
    for (kind, part) in faults {
        services.fault(&part, fault(&kind)?, ALWAYS);
    }
    for path in ["/geo/wfs", "/qgis?map=/stad.qgs", "/gml/wfs", "/api", "/kaal", "/mensen"] {
        println!("{}", services.at(path));
    }
    for line in std::io::stdin().lock().lines() {
        if let Err(error) = obey(&services, &line?) {
            eprintln!("{error}");
        }
    }
    loop {
        std::thread::park();
    }
}

fn obey(services: &FakeServices, line: &str) -> Result<(), Failure> {
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [] => {}
        ["fault", kind, part] => services.fault(part, fault(kind)?, ALWAYS),
        ["clear"] => services.behave(),
        ["offline"] => services.go_offline(),
        ["online"] => services.go_online(),
        ["change"] => services.change_files(),
        _ => return Err(format!("not understood: {line}").into()),
    }
    Ok(())
}

fn fault(kind: &str) -> Result<Fault, Failure> {
    Ok(match kind {
        "cut" => Fault::Cut { after: 50_000, framing: Framing::Chunked },
        "stall" => Fault::Stall,
        "drip" => Fault::Drip { bytes: 4000, pause: Duration::from_millis(100) },
        "html" => Fault::HtmlPage,
        status => Fault::Status(status.parse().map_err(|_| format!("no fault {status}"))?),
    })
}
