//! Belfort's binary: arguments, then the window or a headless command.

use std::process::ExitCode;

use belfort::cli;

fn main() -> ExitCode {
    env_logger::init();
    match cli::parse(std::env::args_os()) {
        Ok(invocation) => cli::run(invocation),
        Err(status) => status,
    }
}
