//! Whether the system asks programs to move less. Linux desktops tell through the desktop portal
//! (`org.freedesktop.portal.Settings`, which also speaks for GNOME and KDE), GNOME's settings, or
//! KDE's file. They are asked by the small programs that come with them, on a thread: at the start,
//! and again when the window comes to the front, because the person may just have changed it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Wake;
use crate::jobs::{Job, Poll, Watch};

/// The longest that a program may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The least time between two questions.
const REST: Duration = Duration::from_secs(5);

/// What the system was last heard to wish.
#[derive(Default)]
pub(super) struct SystemMotion {
    asking: Option<Job<Option<bool>>>,
    asked: Option<Instant>,
    /// Whether things may not move; none where the system does not tell.
    pub reduced: Option<bool>,
    had_window_focus: bool,
}

impl SystemMotion {
    /// Asks when the window comes to the front, and takes the answer; answers whether it is
    /// another one than before.
    pub fn follow(&mut self, has_window_focus: bool, wake: &Wake) -> bool {
        let has_come = has_window_focus && !self.had_window_focus;
        self.had_window_focus = has_window_focus;
        let is_time = self.asked.is_none_or(|asked| has_come && asked.elapsed() > REST);
        if is_time && self.asking.is_none() {
            self.asked = Some(Instant::now());
            let wake = wake.clone();
            self.asking = Some(Job::start("system motion", move || wake(), ask));
        }
        let answer = match self.asking.as_ref().map(Job::poll) {
            None | Some(Poll::Running) => return false,
            Some(Poll::Done(answer)) => answer,
            Some(Poll::Lost) => None,
        };
        self.asking = None;
        let is_new = answer != self.reduced;
        self.reduced = answer;
        is_new
    }
}

#[cfg(target_os = "linux")]
fn ask(watch: &Watch) -> Option<bool> {
    ask_with(Path::new(""), kde_file().as_deref(), watch)
}

/// Elsewhere the setting decides alone.
#[cfg(not(target_os = "linux"))]
fn ask(_: &Watch) -> Option<bool> {
    None
}

#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
fn kde_file() -> Option<PathBuf> {
    let folders = directories::BaseDirs::new()?;
    Some(folders.config_dir().join("kdeglobals"))
}

/// Asks the programs of a folder (empty: those of the system) and reads KDE's file. The first that
/// knows is believed.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
fn ask_with(programs: &Path, kde: Option<&Path>, watch: &Watch) -> Option<bool> {
    let portal = |space: &str, key: &str| {
        let arguments = [
            "call",
            "--session",
            "--timeout=2",
            "--dest=org.freedesktop.portal.Desktop",
            "--object-path=/org/freedesktop/portal/desktop",
            "--method=org.freedesktop.portal.Settings.Read",
            space,
            key,
        ];
        answer_of(&programs.join("gdbus"), &arguments, watch)
    };
    let reduced = || reduced_motion(&portal("org.freedesktop.appearance", "reduced-motion")?);
    let animates = || animations(&portal("org.gnome.desktop.interface", "enable-animations")?);
    let gnome = || {
        let arguments = ["get", "org.gnome.desktop.interface", "enable-animations"];
        animations(&answer_of(&programs.join("gsettings"), &arguments, watch)?)
    };
    let kde = || duration_factor(&std::fs::read_to_string(kde?).ok()?);
    // Who has KDE may have GNOME's settings too, which then say nothing.
    reduced().or_else(kde).or_else(animates).or_else(gnome)
}

/// The portal's `reduced-motion`: 0 for no preference, 1 for reduced.
fn reduced_motion(answer: &str) -> Option<bool> {
    match answer.split(|c: char| !c.is_ascii_digit()).rfind(|part| !part.is_empty())? {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// GNOME's `enable-animations`: `true` or `false`, alone or within D-Bus's brackets.
fn animations(answer: &str) -> Option<bool> {
    let is_word = |word: &str| answer.split(|c: char| !c.is_alphabetic()).any(|part| part == word);
    match (is_word("true"), is_word("false")) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

/// KDE's `AnimationDurationFactor` in the group `[KDE]`: 0 for no animation at all.
fn duration_factor(file: &str) -> Option<bool> {
    let mut is_group = false;
    for line in file.lines().map(str::trim) {
        if line.starts_with('[') {
            is_group = line == "[KDE]";
        } else if let Some(("AnimationDurationFactor", factor)) = line.split_once('=')
            && is_group
        {
            return factor.trim().parse::<f32>().ok().map(|factor| factor <= 0.0);
        }
    }
    None
}

/// What a program writes, where it exists, succeeds, and does not take too long.
fn answer_of(program: &Path, arguments: &[&str], watch: &Watch) -> Option<String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break,
            Ok(None) if begin.elapsed() < PATIENCE && watch.check().is_ok() => {
                std::thread::sleep(Duration::from_millis(5));
            }
            _ => {
                // It may have ended by itself: then there is nothing to end.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    }
    // An answer is a few bytes, which fit the pipe.
    let out = child.wait_with_output().ok()?;
    String::from_utf8(out.stdout).ok()
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn program(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The forms that `gdbus` and `gsettings` write (GLib 2.74).
    #[test]
    fn answers_are_understood() {
        assert_eq!(animations("true\n"), Some(false));
        assert_eq!(animations("(<<false>>,)\n"), Some(true));
        assert_eq!(animations("No such schema"), None);
        assert_eq!(reduced_motion("(<<uint32 1>>,)\n"), Some(true));
        assert_eq!(reduced_motion("(<<uint32 0>>,)\n"), Some(false));
        assert_eq!(reduced_motion("(<<uint32 12>>,)\n"), None);
        let kde = "[General]\nAnimationDurationFactor=3\n\n[KDE]\nLookAndFeelPackage=breeze\nAnimationDurationFactor=0\n";
        assert_eq!(duration_factor(kde), Some(true));
        assert_eq!(duration_factor("[KDE]\nAnimationDurationFactor=0.5"), Some(false));
        assert_eq!(duration_factor("[General]\nAnimationDurationFactor=0"), None);
    }

    #[test]
    fn the_first_that_knows_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let watch = Watch::unwatched();
        let ask = |kde: Option<&Path>| ask_with(folder.path(), kde, &watch);
        assert_eq!(ask(None), None, "nobody to ask");
        program(folder.path(), "gsettings", "[ \"$3\" = enable-animations ] && echo false");
        assert_eq!(ask(None), Some(true));
        // The portal knows no reduced motion, but GNOME's animations.
        let portal =
            "for last; do :; done\n[ \"$last\" = enable-animations ] || exit 1\necho '(<<true>>,)'";
        program(folder.path(), "gdbus", portal);
        assert_eq!(ask(None), Some(false));
        let kde = folder.path().join("kdeglobals");
        std::fs::write(&kde, "[KDE]\nAnimationDurationFactor=0\n").unwrap();
        assert_eq!(ask(Some(&kde)), Some(true));
        program(folder.path(), "gdbus", "echo '(<<uint32 0>>,)'");
        assert_eq!(ask(Some(&kde)), Some(false), "the portal itself goes first");
    }

    #[test]
    fn who_does_not_answer_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "slow", "exec sleep 60");
        let watch = Watch::default();
        watch.cancel();
        assert_eq!(answer_of(&folder.path().join("slow"), &[], &watch), None);
    }
}
