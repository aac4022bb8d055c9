//! What a system that installs the program wants of it: pages of the manual, and completions for
//! shells, both from the one definition of the command line.

use clap::Args;
use clap_complete::Shell;

use super::Failure;
use super::arguments::definition;
use super::arguments::word;
use crate::i18n::{Language, Message, tr};

/// `belfort completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell.
    #[arg(
        value_name = "bash|elvish|fish|powershell|zsh",
        hide_possible_values = true,
        help = tr(super::arguments::language(), "cli-help-shell"),
        help_heading = word(tr(super::arguments::language(), "cli-heading-arguments")),
    )]
    pub shell: Shell,
}

/// `belfort man`.
#[derive(Args, Debug)]
pub struct Manual {
    /// The command that the page is about; none for the program.
    #[arg(
        value_name = word(tr(super::arguments::language(), "cli-value-command")),
        help = tr(super::arguments::language(), "cli-help-man-command"),
        help_heading = word(tr(super::arguments::language(), "cli-heading-arguments")),
    )]
    pub command: Option<String>,
}

/// The script that completes the program's arguments in a shell.
pub(super) fn completions(asked: &Completions) -> String {
    let mut out = Vec::new();
    clap_complete::generate(asked.shell, &mut definition(), "belfort", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// A page of the manual as roff, in the language of the help texts.
///
/// # Errors
/// When there is no such command.
pub(super) fn manual(asked: &Manual, language: Language) -> Result<String, Failure> {
    let mut root = definition();
    root.build();
    let (command, name) = match &asked.command {
        None => (root, "belfort".to_owned()),
        Some(name) => {
            let found = root.find_subcommand(name).cloned().ok_or_else(|| {
                let message = Message::new("cli-wrong-command").text("name", name.as_str());
                Failure::usage(&message, language)
            })?;
            (found, format!("belfort-{name}"))
        }
    };
    let mut out = Vec::new();
    clap_mangen::Man::new(command)
        .title(&name)
        .render(&mut out)
        .map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_has_a_page_and_each_shell_its_script() {
        let root = definition();
        let commands = root.get_subcommands().map(|command| command.get_name().to_owned());
        for command in commands.map(Some).chain([None]) {
            let page = manual(&Manual { command: command.clone() }, Language::English).unwrap();
            assert!(page.contains(".TH belfort"), "{command:?}: {page}");
        }
        let wrong = Manual { command: Some("vlieg".to_owned()) };
        assert!(manual(&wrong, Language::English).is_err());
        for shell in [Shell::Bash, Shell::Fish, Shell::Zsh, Shell::PowerShell] {
            let script = completions(&Completions { shell });
            assert!(script.contains("convert") && script.contains("basemap"), "{shell}");
        }
    }
}
