//! How often a dataset changes, and how often it is asked for.
//!
//! The portal's own words come first (`update_frequency`: a word in some language, or an address of
//! the European Union's [frequency list][list]); where they are quick, how far apart changes were
//! seen says whether that is so. A dataset that changes once a day or more often is *live*: it is
//! asked as often as it changes, slower ones than ten minutes four times in that time. Any other is
//! asked when a project is opened, at most once a day.
//!
//! [list]: http://publications.europa.eu/resource/authority/frequency

use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};

use super::ask::{Quota, jitter};
use crate::i18n::fold;

/// No dataset is asked more often than this.
pub const SHORTEST_PAUSE: Duration = Duration::from_secs(30);

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// How often a dataset changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// At least once a day: every so often.
    Live(Duration),
    /// Less often, or nobody knows.
    Seldom,
}

/// What makes a dataset be asked less often than its rhythm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Restraint {
    /// Whether the window is seen by nobody.
    pub is_hidden: bool,
    /// Whether the person works in another window.
    pub is_aside: bool,
    /// What the portal allows.
    pub quota: Option<Quota>,
    /// How often in a row it could not be asked.
    pub failures: u32,
}

impl Rhythm {
    /// From the portal's words, the dataset's name (which says "real-time" where the words are
    /// missing), and when its data were seen to be new, in that order of time.
    pub fn of(frequency: &str, name: &str, changes: &[DateTime<FixedOffset>]) -> Rhythm {
        let said = period(frequency).or_else(|| is_real_time(&fold(name)).then_some(MINUTE));
        match (said, usual_gap(changes)) {
            (Some(said), _) if said > DAY => Rhythm::Seldom,
            (_, Some(gap)) if gap <= DAY => Rhythm::Live(gap),
            (Some(said), _) => Rhythm::Live(said),
            (None, _) => Rhythm::Seldom,
        }
    }

    /// How long to wait between two questions, without restraint; none for what is not live.
    pub fn pause(self) -> Option<Duration> {
        match self {
            Rhythm::Live(period) if period <= 10 * MINUTE => Some(period.max(SHORTEST_PAUSE)),
            Rhythm::Live(period) => Some((period / 4).clamp(10 * MINUTE, 6 * HOUR)),
            Rhythm::Seldom => None,
        }
    }
}

impl Restraint {
    /// A pause made longer: twice in another window, five times where nobody sees it, four or
    /// twenty times when less than a fifth or a twentieth of the portal's quota is left, twice for
    /// each failure (up to an hour); and up to a tenth more, so that programs that were started
    /// together do not ask together. Never shorter than [`SHORTEST_PAUSE`].
    pub fn apply(&self, pause: Duration) -> Duration {
        let pause = pause.max(SHORTEST_PAUSE);
        let unseen = match (self.is_hidden, self.is_aside) {
            (true, _) => 5,
            (false, true) => 2,
            (false, false) => 1,
        };
        let scarce = match self.quota {
            Some(quota) if quota.remaining.saturating_mul(20) < quota.limit => 20,
            Some(quota) if quota.remaining.saturating_mul(5) < quota.limit => 4,
            _ => 1,
        };
        let failing = 1 << self.failures.min(7);
        let longest = pause.max(HOUR);
        let longer = pause.saturating_mul(unseen * scarce * failing).min(longest);
        longer + jitter(longer / 5)
    }
}

/// When a moment is old for a rhythm: more than ten times as old as the dataset's period, and at
/// least a quarter of an hour.
pub fn is_stale(at: DateTime<Utc>, now: DateTime<Utc>, period: Duration) -> bool {
    now.signed_duration_since(at).to_std().is_ok_and(|age| age > stale_after(period))
}

/// After how much time a record is old.
pub fn stale_after(period: Duration) -> Duration {
    (period * 10).max(15 * MINUTE)
}

/// The middle one of the times between changes; none where too few were seen.
fn usual_gap(changes: &[DateTime<FixedOffset>]) -> Option<Duration> {
    let gap = |pair: &[DateTime<FixedOffset>]| match pair {
        [one, next] => next.signed_duration_since(*one).to_std().ok(),
        _ => None,
    };
    let mut gaps: Vec<Duration> =
        changes.windows(2).filter_map(gap).filter(|gap| !gap.is_zero()).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().filter(|_| gaps.len() >= 3).map(rounded)
}

/// The time nearest to one, by their ratio, that a clock would be set to: what was seen depends on
/// when it was looked at.
fn rounded(time: Duration) -> Duration {
    const MINUTES: [u64; 15] = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440];
    let distance = |minutes: &u64| {
        let round = Duration::from_mins(*minutes).as_secs_f64();
        (time.as_secs_f64().max(1.0) / round).ln().abs()
    };
    let half = Duration::from_secs(30);
    if time < Duration::from_secs(42) {
        return half;
    }
    let nearest = MINUTES.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)));
    nearest.filter(|_| time <= DAY).map_or(time, |minutes| Duration::from_mins(*minutes))
}

/// What the portal's words say; none where they say nothing of use.
pub fn period(words: &str) -> Option<Duration> {
    let words = words.trim();
    if let Some((_, code)) = words.rsplit_once("authority/frequency/") {
        return of_code(code);
    }
    if let Some(period) = of_iso_8601(words) {
        return Some(period);
    }
    let words = fold(words);
    if is_real_time(&words) {
        return Some(MINUTE);
    }
    let parts: Vec<&str> =
        words.split(|letter: char| !letter.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let unit = parts.iter().find_map(|part| unit_of(part));
    let count = parts.iter().find_map(|part| count_of(part));
    match unit {
        Some((unit, is_countable)) => {
            let is_times =
                parts.iter().any(|part| matches!(*part, "x" | "keer" | "times" | "fois"));
            let count = count.unwrap_or(1).clamp(1, 10_000);
            Some(if is_times {
                unit / count
            } else if is_countable {
                unit * count
            } else {
                unit
            })
        }
        // "10min", "1u".
        None => parts.iter().find_map(|part| {
            let end = part.find(|letter: char| !letter.is_ascii_digit())?;
            let (count, unit) = part.split_at_checked(end)?;
            let count: u32 = count.parse().ok()?;
            unit_of(unit).map(|(unit, _)| unit * count.clamp(1, 10_000))
        }),
    }
}

fn is_real_time(words: &str) -> bool {
    const WORDS: [&str; 9] = [
        "real time",
        "real-time",
        "realtime",
        "real_time",
        "temps reel",
        "temps-reel",
        "continu",
        "doorlopend",
        "permanent",
    ];
    WORDS.iter().any(|word| words.contains(word))
}

/// The time of a word, and whether a number before it counts times of it.
fn unit_of(word: &str) -> Option<(Duration, bool)> {
    const WEEK: Duration = Duration::from_hours(24 * 7);
    const MONTH: Duration = Duration::from_hours(24 * 30);
    const YEAR: Duration = Duration::from_hours(24 * 365);
    Some(match word {
        "s" | "sec" | "seconde" | "seconden" | "second" | "seconds" | "secondes" => {
            (Duration::from_secs(1), true)
        }
        "min" | "minuut" | "minuten" | "minute" | "minutes" => (MINUTE, true),
        "u" | "h" | "uur" | "uren" | "hour" | "hours" | "heure" | "heures" => (HOUR, true),
        "hourly" | "uurlijks" | "horaire" => (HOUR, false),
        "dag" | "dagen" | "day" | "days" | "jour" | "jours" => (DAY, true),
        "daily" | "dagelijks" | "dagelijkse" | "quotidien" | "quotidienne" | "journalier" => {
            (DAY, false)
        }
        "week" | "weken" | "weeks" | "semaine" | "semaines" => (WEEK, true),
        "weekly" | "wekelijks" | "wekelijkse" | "hebdomadaire" => (WEEK, false),
        "maand" | "maanden" | "month" | "months" | "mois" => (MONTH, true),
        "monthly" | "maandelijks" | "maandelijkse" | "mensuel" | "mensuelle" => (MONTH, false),
        "kwartaal" | "trimester" | "trimestre" | "quarterly" | "driemaandelijks"
        | "trimestriel" | "trimestrielle" => (3 * MONTH, false),
        "halfjaarlijks" | "semestriel" | "semestrielle" | "biannual" => (6 * MONTH, false),
        "jaar" | "jaren" | "year" | "years" | "an" | "ans" | "annee" | "seizoen" | "season" => {
            (YEAR, true)
        }
        "yearly" | "jaarlijks" | "jaarlijkse" | "annual" | "annually" | "annuel" | "annuelle"
        | "statisch" | "static" | "statique" | "nooit" | "never" | "jamais" | "eenmalig" => {
            (YEAR, false)
        }
        _ => return None,
    })
}

fn count_of(word: &str) -> Option<u32> {
    let number = word.parse().ok();
    number.or_else(|| {
        let words = [
            ("twee", 2),
            ("two", 2),
            ("deux", 2),
            ("drie", 3),
            ("three", 3),
            ("trois", 3),
            ("vijf", 5),
            ("five", 5),
            ("cinq", 5),
            ("tien", 10),
            ("ten", 10),
            ("dix", 10),
            ("vijftien", 15),
            ("quinze", 15),
            ("dertig", 30),
            ("trente", 30),
        ];
        words.iter().find(|(name, _)| *name == word).map(|(_, count)| *count)
    })
}

/// A code of the European Union's frequency list.
fn of_code(code: &str) -> Option<Duration> {
    let code = code.trim_end_matches('/');
    if let Some(minutes) = code.strip_suffix("MIN") {
        return minutes.parse().ok().map(|minutes: u32| MINUTE * minutes.clamp(1, 60));
    }
    Some(match code {
        "UPDATE_CONT" | "CONT" => MINUTE,
        "HOURLY" => HOUR,
        "BIHOURLY" => 2 * HOUR,
        "TRIHOURLY" => 3 * HOUR,
        "12HRS" | "DAILY_2" => 12 * HOUR,
        "DAILY" => DAY,
        "WEEKLY_3" => 2 * DAY,
        "WEEKLY_2" => 3 * DAY,
        "WEEKLY" => 7 * DAY,
        "BIWEEKLY" | "MONTHLY_2" => 14 * DAY,
        "MONTHLY_3" => 10 * DAY,
        "MONTHLY" => 30 * DAY,
        "BIMONTHLY" => 60 * DAY,
        "QUARTERLY" => 90 * DAY,
        "ANNUAL_2" => 180 * DAY,
        "ANNUAL_3" => 120 * DAY,
        "UNKNOWN" | "IRREG" | "OTHER" | "AS_NEEDED" | "OP_DATPRO" => return None,
        // Years and decades, never, not planned.
        _ => 365 * DAY,
    })
}

/// `PT10M`, `P1D`, repeated or not (`R/P1Y`): ISO 8601, as DCAT once asked for.
fn of_iso_8601(text: &str) -> Option<Duration> {
    let text = text.strip_prefix("R/").unwrap_or(text);
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.get(1..)?, ""));
    let mut sum = Duration::ZERO;
    for (part, units) in [
        (days, [('Y', 365 * DAY), ('M', 30 * DAY), ('W', 7 * DAY), ('D', DAY)]),
        (time, [('H', HOUR), ('M', MINUTE), ('S', Duration::from_secs(1)), ('_', DAY)]),
    ] {
        let mut digits = String::new();
        for letter in part.chars() {
            if letter.is_ascii_digit() {
                digits.push(letter);
            } else {
                let (_, unit) = units.iter().find(|(name, _)| *name == letter)?;
                let count: u32 = digits.parse().ok()?;
                sum = sum.saturating_add(unit.saturating_mul(count));
                digits.clear();
            }
        }
        if !digits.is_empty() {
            return None;
        }
    }
    (!sum.is_zero()).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(minutes: &[i64]) -> Vec<DateTime<FixedOffset>> {
        let at = |minute: &i64| DateTime::from_timestamp(minute * 60, 0).unwrap().fixed_offset();
        minutes.iter().map(at).collect()
    }

    #[test]
    fn words_in_three_languages_and_codes_say_how_often() {
        let minutes = |words: &str| period(words).map(|period| period.as_secs() / 60);
        for (words, expected) in [
            ("real-time", 1),
            ("Realtime", 1),
            ("En temps réel", 1),
            ("continu", 1),
            ("elke minuut", 1),
            ("Elke 10 minuten", 10),
            ("om de vijf minuten", 5),
            ("every 5 minutes", 5),
            ("toutes les 15 minutes", 15),
            ("10min", 10),
            ("hourly", 60),
            ("elk uur", 60),
            ("Horaire", 60),
            ("2 keer per dag", 720),
            ("dagelijks", 1440),
            ("Quotidienne", 1440),
            ("daily", 1440),
            ("wekelijks", 10_080),
            ("jaarlijks", 525_600),
            ("Annual", 525_600),
            ("statisch", 525_600),
            ("PT10M", 10),
            ("R/P1D", 1440),
            ("R/P1Y", 525_600),
            ("http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT", 1),
            ("http://publications.europa.eu/resource/authority/frequency/5MIN", 5),
            ("http://publications.europa.eu/resource/authority/frequency/HOURLY", 60),
            ("http://publications.europa.eu/resource/authority/frequency/DAILY", 1440),
            ("http://publications.europa.eu/resource/authority/frequency/ANNUAL", 525_600),
            ("http://publications.europa.eu/resource/authority/frequency/NEVER", 525_600),
        ] {
            assert_eq!(minutes(words), Some(expected), "{words}");
        }
        for nothing in [
            "",
            "onregelmatig",
            "P",
            "PT",
            "Pxx",
            "http://publications.europa.eu/resource/authority/frequency/UNKNOWN",
        ] {
            assert_eq!(period(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_was_seen_corrects_quick_words_and_never_wakes_slow_ones() {
        let seen = moments(&[0, 11, 22, 31, 42]);
        assert_eq!(Rhythm::of("real-time", "", &seen), Rhythm::Live(10 * MINUTE));
        assert_eq!(Rhythm::of("", "", &seen), Rhythm::Live(10 * MINUTE));
        assert_eq!(Rhythm::of("jaarlijks", "real-time", &seen), Rhythm::Seldom);
        assert_eq!(Rhythm::of("", "", &moments(&[0, 10])), Rhythm::Seldom);
        assert_eq!(Rhythm::of("", "bezetting-real-time", &[]), Rhythm::Live(MINUTE));
        let slow = moments(&[0, 5000, 10_000, 15_000]);
        assert_eq!(Rhythm::of("", "", &slow), Rhythm::Seldom);
        assert_eq!(Rhythm::of("elk uur", "", &slow), Rhythm::Live(HOUR));
        let rounded = |seconds| rounded(Duration::from_secs(seconds)).as_secs();
        assert_eq!([5, 49, 61, 290, 700, 4000].map(rounded), [30, 60, 60, 300, 600, 3600]);
    }

    #[test]
    fn a_dataset_is_asked_as_often_as_it_changes_and_never_within_half_a_minute() {
        let pause = |period| Rhythm::Live(period).pause();
        assert_eq!(pause(Duration::from_secs(5)), Some(SHORTEST_PAUSE));
        assert_eq!(pause(MINUTE), Some(MINUTE));
        assert_eq!(pause(HOUR), Some(15 * MINUTE));
        assert_eq!(pause(DAY), Some(6 * HOUR));
        assert_eq!(Rhythm::Seldom.pause(), None);
    }

    #[test]
    fn unseen_scarce_and_failing_make_pauses_longer_within_a_tenth() {
        let none = Restraint::default();
        let quota = |remaining| Some(Quota { limit: 1000, remaining, reset: None });
        for (restraint, expected) in [
            (none, 60),
            (Restraint { is_aside: true, ..none }, 120),
            (Restraint { is_hidden: true, is_aside: true, ..none }, 300),
            (Restraint { quota: quota(900), ..none }, 60),
            (Restraint { quota: quota(100), ..none }, 240),
            (Restraint { quota: quota(10), ..none }, 1200),
            (Restraint { failures: 2, ..none }, 240),
            (Restraint { failures: 99, ..none }, 3600),
        ] {
            let pause = restraint.apply(MINUTE).as_secs_f64();
            let expected = f64::from(expected);
            assert!((expected..=expected * 1.1).contains(&pause), "{restraint:?}: {pause}");
        }
        assert!(none.apply(Duration::ZERO) >= SHORTEST_PAUSE);
        // What is slow anyway is not made quicker by the limit.
        assert!(Restraint { failures: 9, ..none }.apply(6 * HOUR) >= 6 * HOUR);
    }

    #[test]
    fn ten_periods_make_a_record_old_but_not_a_quarter_of_an_hour() {
        let now = DateTime::from_timestamp(1_000_000, 0).unwrap();
        let ago = |minutes| now - chrono::TimeDelta::minutes(minutes);
        assert!(!is_stale(ago(14), now, MINUTE) && is_stale(ago(16), now, MINUTE));
        assert!(!is_stale(ago(99), now, 10 * MINUTE) && is_stale(ago(101), now, 10 * MINUTE));
        assert!(!is_stale(ago(-600), now, MINUTE), "from a clock that is ahead");
    }
}
