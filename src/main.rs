//! Belfort's binary: arguments, then the window or a headless command.

use std::process::ExitCode;

use belfort::i18n::Language;
use belfort::{app, cli};

fn main() -> ExitCode {
    env_logger::init();
    let parsed = cli::parse(std::env::args_os());
    // A page is drawn in many large blocks one after another, and then the program ends.
    if !matches!(parsed, Ok(cli::Invocation::Print { .. })) {
        belfort::memory::give_back_large_blocks();
    }
    match parsed {
        Ok(cli::Invocation::Window { paths, language }) if cli::has_display() => {
            // The system's language gives way to the one chosen in the window.
            let asked = (language != Language::of_system()).then_some(language);
            match app::run(paths, asked) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => cli::no_window(language, &error.message()),
            }
        }
        Ok(invocation) => cli::run(invocation),
        Err(status) => status,
    }
}
