//! Whatever goes wrong is said in words, in both languages; nothing half is kept, and an older copy
//! stays and is shown.

use std::time::Duration;

use belfort::portal::{Freshness, PortalSettings, Wanted};

use super::rows::told;
use super::world::{World, why_kept};
use crate::fake_portal::{ALWAYS, Change, Fault, Framing};

const ID: &str = "stadswijken-gent";
const ABOUT: &str = "/catalog/datasets/stadswijken-gent";
const RECORDS: &str = "/catalog/datasets/stadswijken-gent/records";
const EXPORT: &str = "/catalog/datasets/stadswijken-gent/exports";

struct Case {
    fault: Fault,
    at: &'static str,
    /// What is said in Dutch and in English, without the name of the server.
    said: [&'static str; 2],
    /// What to do is said with these words.
    advice: [&'static str; 2],
    /// How many requests are made at most.
    requests: usize,
}

const LATER: [&str; 2] = ["Probeer het later opnieuw", "Try again later"];
const CHECK: [&str; 2] = ["kijk dan het adres van het portaal na", "check the portal’s address"];
const NARROW: [&str; 2] = ["Beperk de download", "Narrow the download"];

/// Each fault with: it comes for ever; the dataset was fetched before and changed since.
#[track_caller]
fn holds(case: &Case) {
    let mut world = World::new();
    let settings = |world: &World, download_limit| {
        let settings = world.portals.settings();
        world.portals.set_settings(PortalSettings { download_limit, ..settings });
    };
    let what = format!("{:?} at {}", case.fault, case.at);
    let said = |world: &World, texts: &[String; 2]| {
        for (text, words) in texts.iter().zip(case.said) {
            let words = words.replace("HOST", world.host());
            assert!(text.contains(&words), "{what}: {words:?} is not in {text:?}");
            assert!(!text.contains("portal-") && !text.contains("\u{2068}"), "{text}");
        }
    };
    // Nothing was fetched yet: an error, and nothing is left of the attempt.
    world.portal.fault(case.at, case.fault.clone(), ALWAYS);
    settings(&world, 1_000_000);
    let texts = world.refusal(ID, Wanted::Kept);
    said(&world, &texts);
    for (text, advice) in texts.iter().zip(case.advice) {
        assert!(text.contains(advice), "{what}: {advice:?} is not in {text:?}");
    }
    let requests = world.portal.requests().len();
    assert!(requests <= case.requests, "{what}: {requests} requests");
    assert!(world.files().is_empty(), "{what}: {:?}", world.files());
    // The portal recovers.
    world.portal.clear_faults();
    world.restart();
    let (first, from) = world.good(ID, Wanted::Newest);
    assert_eq!((first.rows(), from.freshness), (25, Freshness::Fetched), "{what}");
    let kept = world.files();
    assert_eq!((world.data().len(), kept.len()), (1, 2));
    // Another state, that cannot be fetched: the copy is shown, and why.
    world.portal.change(ID, Change::set(3, "naam", "Een andere naam"));
    world.portal.fault(case.at, case.fault.clone(), ALWAYS);
    world.portal.forget_requests();
    settings(&world, 1_000_000);
    let (second, from) = world.good(ID, Wanted::Newest);
    said(&world, &why_kept(&from));
    assert_eq!(told(&second), told(&first), "{what}");
    assert!(from.receipt.is_complete());
    let requests = world.portal.requests().len();
    assert!(requests <= case.requests, "{what}: {requests} requests");
    assert_eq!(world.files(), kept, "{what}");
    // Who wants the newest and nothing else is told that there is none.
    world.restart();
    settings(&world, 1_000_000);
    said(&world, &world.refusal(ID, Wanted::Fetched));
    assert_eq!(world.files(), kept, "{what}");
    // And once it is over, the newest comes.
    world.portal.clear_faults();
    world.restart();
    let (third, from) = world.good(ID, Wanted::Newest);
    assert_eq!(from.freshness, Freshness::Fetched);
    assert_ne!(told(&third), told(&first));
    assert_eq!(world.data().len(), 1, "the older copy made room");
}

#[test]
fn too_many_for_long() {
    holds(&Case {
        fault: Fault::TooMany { wait: Duration::from_hours(1) },
        at: ABOUT,
        said: [
            "HOST kreeg te veel vragen en antwoordt opnieuw om ",
            "HOST got too many questions and answers again at ",
        ],
        advice: ["Wacht tot dan", "Wait until then"],
        requests: 1,
    });
}

#[test]
fn errors_of_the_server_that_stay() {
    for (at, requests) in [(ABOUT, 3), (RECORDS, 4), (EXPORT, 5)] {
        holds(&Case {
            fault: Fault::Status(500),
            at,
            said: [
                "HOST gaf fout 500: “Something went wrong on our side, please try again later.”",
                "HOST failed with error 500: “Something went wrong on our side, please try again later.”",
            ],
            advice: LATER,
            requests,
        });
    }
    holds(&Case {
        fault: Fault::Status(503),
        at: EXPORT,
        said: ["HOST gaf fout 503", "HOST failed with error 503"],
        advice: LATER,
        requests: 5,
    });
}

#[test]
fn a_key_is_wanted() {
    for status in [401, 403] {
        holds(&Case {
            fault: Fault::Status(status),
            at: ABOUT,
            said: ["HOST vraagt een sleutel: “Something", "HOST asks for a key: “Something"],
            advice: ["Geef een geldige sleutel", "Give a valid key"],
            requests: 1,
        });
    }
}

#[test]
fn a_dataset_that_has_gone() {
    for (fault, at, requests) in
        [(Fault::Gone, ABOUT, 1), (Fault::Status(404), ABOUT, 1), (Fault::Gone, EXPORT, 3)]
    {
        holds(&Case {
            fault,
            at,
            said: [
                "HOST heeft geen dataset “stadswijken-gent” (meer)",
                "HOST has no dataset “stadswijken-gent” (any more)",
            ],
            advice: ["Zoek in de catalogus", "Look for it under another name"],
            requests,
        });
    }
}

#[test]
fn an_answer_that_breaks_off() {
    for framing in [Framing::Length, Framing::Chunked] {
        for (at, requests) in [(ABOUT, 3), (EXPORT, 5)] {
            holds(&Case {
                fault: Fault::Cut { after: 700, framing },
                at,
                said: ["Het antwoord van HOST brak af na ", "The answer of HOST broke off after "],
                advice: LATER,
                requests,
            });
        }
    }
}

#[test]
fn an_export_that_ends_in_the_middle_and_says_it_is_whole() {
    holds(&Case {
        fault: Fault::EndsEarly { after: 5_000 },
        at: EXPORT,
        said: [
            "Het antwoord van HOST brak af na 5 kB en is dus niet volledig",
            "The answer of HOST broke off after 5 kB, so it is not complete",
        ],
        advice: LATER,
        requests: 3,
    });
}

#[test]
fn json_that_is_none() {
    for (at, requests) in [(ABOUT, 1), (EXPORT, 3)] {
        holds(&Case {
            fault: Fault::Malformed,
            at,
            said: [
                "HOST gaf iets anders dan gegevens: kapotte JSON (",
                "HOST answered with something else than data: broken JSON (",
            ],
            advice: CHECK,
            requests,
        });
    }
}

#[test]
fn silence() {
    for (fault, at, requests) in [
        (Fault::Stall, ABOUT, 1),
        (Fault::Stall, EXPORT, 3),
        (Fault::StallAfter { after: 500 }, EXPORT, 3),
    ] {
        holds(&Case {
            fault,
            at,
            said: [
                "HOST viel stil: 2 seconden geen antwoord",
                "HOST went silent: no answer for 2 seconds",
            ],
            advice: LATER,
            requests,
        });
    }
}

#[test]
fn a_trickle() {
    for at in [ABOUT, EXPORT] {
        holds(&Case {
            // Uncompressed or not, that is less than a modem of 1990.
            fault: Fault::Drip { bytes: 40, pause: Duration::from_millis(100) },
            at,
            said: [
                "HOST antwoordt te traag om op te wachten",
                "HOST answers too slowly to wait for",
            ],
            advice: LATER,
            requests: 3,
        });
    }
}

#[test]
fn something_else_than_data() {
    for (fault, said) in [
        (
            Fault::ContentType("image/png"),
            ["HOST gaf iets anders dan gegevens: image/png", "something else than data: image/png"],
        ),
        (
            Fault::HtmlPage,
            [
                "HOST gaf iets anders dan gegevens: een webpagina",
                "something else than data: a web page",
            ],
        ),
    ] {
        for (at, requests) in [(ABOUT, 1), (EXPORT, 3)] {
            holds(&Case { fault: fault.clone(), at, said, advice: CHECK, requests });
        }
    }
}

#[test]
fn a_little_that_unpacks_to_very_much() {
    holds(&Case {
        fault: Fault::GzipBomb { bytes: 80_000_000 },
        at: ABOUT,
        said: [
            "HOST gaf iets anders dan gegevens: een antwoord dat groter is dan zinvol kan zijn",
            "something else than data: an answer larger than any that makes sense",
        ],
        advice: CHECK,
        requests: 1,
    });
    holds(&Case {
        fault: Fault::GzipBomb { bytes: 80_000_000 },
        at: EXPORT,
        said: [
            "De download is groter dan 1 MB, de grens in de instellingen",
            "The download is larger than 1 MB, the limit in the settings",
        ],
        advice: NARROW,
        requests: 3,
    });
}

#[test]
fn addresses_that_lead_to_each_other() {
    for at in [ABOUT, EXPORT] {
        holds(&Case {
            fault: Fault::RedirectLoop,
            at,
            said: [
                "HOST stuurt telkens door naar een ander adres",
                "HOST keeps sending on to other addresses",
            ],
            advice: CHECK,
            requests: 14,
        });
    }
}

#[test]
fn what_passes_is_waited_out() {
    let world = World::new();
    for (fault, at, times) in [
        (Fault::Status(500), ABOUT, 2),
        (Fault::Status(502), RECORDS, 1),
        (Fault::Status(503), EXPORT, 2),
        (Fault::Cut { after: 500, framing: Framing::Chunked }, EXPORT, 2),
        (Fault::Cut { after: 500, framing: Framing::Length }, ABOUT, 1),
    ] {
        world.portal.forget_requests();
        world.portal.fault(at, fault.clone(), times);
        let (table, from) = world.good(ID, Wanted::Fetched);
        assert_eq!((table.rows(), from.receipt.is_complete()), (25, true), "{fault:?} at {at}");
        assert_eq!(world.portal.requests().len(), 3 + times, "{fault:?} at {at}");
        assert_eq!(world.data().len(), 1);
    }
}

/// The portal is left alone until the time it gives; nobody notices but by the clock.
#[test]
fn too_many_for_a_moment_is_waited_out() {
    let world = World::new();
    world.portal.fault(EXPORT, Fault::TooMany { wait: Duration::from_secs(1) }, 1);
    let start = std::time::Instant::now();
    let (table, from) = world.good(ID, Wanted::Newest);
    assert_eq!((table.rows(), from.freshness), (25, Freshness::Fetched));
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(world.portal.requests().len(), 4);
}

/// Until the time it gave, the portal gets no question at all, about whatever.
#[test]
fn a_portal_that_had_enough_is_left_alone() {
    let world = World::new();
    world.portal.fault(ABOUT, Fault::TooMany { wait: Duration::from_hours(1) }, 1);
    world.refusal(ID, Wanted::Newest);
    for other in [ID, "straten-gent"] {
        let [dutch, english] = world.refusal(other, Wanted::Newest);
        assert!(dutch.contains("Too many requests on the domain"), "{dutch}");
        assert!(english.contains("answers again at"), "{english}");
    }
    assert_eq!(world.portal.requests().len(), 1);
}

/// The fields have other names than when the condition was made.
#[test]
fn fields_under_other_names() {
    let mut world = World::new();
    let narrowed = "stadswijken-gent?where=wijknr+%3C+6&select=naam%2Cwijknr";
    let (first, _) = world.good(narrowed, Wanted::Newest);
    assert_eq!(first.rows(), 5);
    world.portal.change(ID, Change::Touch);
    world.portal.fault(ABOUT, Fault::Renamed(vec![("wijknr", "nummer")]), ALWAYS);
    let words = ["begrijpt de vraag niet: “", "does not understand the question: “"];
    let (second, from) = world.good(narrowed, Wanted::Newest);
    for (text, words) in why_kept(&from).iter().zip(words) {
        assert!(text.contains(words) && text.contains("Unknown field: wijknr"), "{text}");
    }
    assert_eq!(told(&second), told(&first));
    world.restart();
    let texts = world.refusal(narrowed, Wanted::Fetched);
    assert!(texts[0].contains("Kijk de voorwaarde en de namen van de velden na"), "{texts:?}");
    // Whole it comes with the new names.
    let (whole, from) = world.good(ID, Wanted::Newest);
    assert!(from.receipt.is_complete());
    assert!(whole.field_index("nummer").is_some() && whole.field_index("wijknr").is_none());
}

/// The catalogue says one thing and the records another: told, and no field lost.
#[test]
fn fields_that_no_record_has() {
    let world = World::new();
    world.portal.fault(EXPORT, Fault::Renamed(vec![("wijknr", "nummer")]), ALWAYS);
    let (table, from) = world.good(ID, Wanted::Newest);
    assert!(from.receipt.is_complete());
    assert!(table.field_index("nummer").is_some());
    let empty = table.column("wijknr").unwrap();
    assert_eq!(arrow_array::Array::null_count(empty), 25);
    let problems: Vec<_> = table.origin.problems.iter().collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    for (language, words) in [
        (belfort::i18n::Language::Dutch, "geen enkel record van de download heeft het"),
        (belfort::i18n::Language::English, "no record of the download has it"),
    ] {
        let text = problems[0].text(language);
        assert!(text.contains("“wijknr”") && text.contains(words), "{text}");
    }
}

#[test]
fn nobody_listens() {
    let world = World::new();
    let (first, _) = world.good(ID, Wanted::Newest);
    world.portal.go_offline();
    let (second, from) = world.good(ID, Wanted::Newest);
    assert_eq!(told(&second), told(&first));
    let [dutch, english] = why_kept(&from);
    assert!(dutch.contains("is niet bereikbaar ("), "{dutch}");
    assert!(english.contains("cannot be reached ("), "{english}");
    let [dutch, english] = world.refusal("straten-gent", Wanted::Kept);
    assert!(dutch.contains("Kijk je verbinding en het adres"), "{dutch}");
    assert!(english.contains("Check the connection"), "{english}");
    world.portal.go_online();
    assert_eq!(world.good(ID, Wanted::Newest).1.freshness, Freshness::Unchanged);
}

/// A site that is no portal at all, and one that has no catalogue.
#[test]
fn no_portal_there() {
    let world = World::new();
    world.portal.fault("/catalog/datasets", Fault::Status(404), ALWAYS);
    let info = world.info();
    let search = belfort::portal::Search { limit: 10, ..Default::default() };
    let watch = belfort::jobs::Watch::unwatched();
    let error = world.portals.ask(&info).search(&search, &watch).unwrap_err();
    let text = error.what().in_language(belfort::i18n::Language::English);
    assert!(text.contains("is this an Opendatasoft portal?"), "{text}");
}
