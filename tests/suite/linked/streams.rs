//! Streams: all members, the right version of each, and nothing asked for twice.

use belfort::jobs::Watch;
use belfort::portal::{LinkedAddress, Versions, Wanted};
use belfort::table::{Table, Value};

use crate::fake_portal::{ALWAYS, Fault};
use crate::fake_services::stream::member;
use crate::fake_services::{Lie, Stream};
use crate::services::world::{World, problems};

const PATH: &str = "/opendata/adlib2eventstream/v1/dmg/objecten";

/// 23 objects; of every third there are two versions, of every sixth three.
fn made() -> Stream {
    let mut members: Vec<(String, String)> = (0..23_usize)
        .flat_map(|number| {
            let versions =
                1 + usize::from(number.is_multiple_of(3)) + usize::from(number.is_multiple_of(6));
            (0..versions).map(move |version| {
                let title = format!("Gent: Abeelstraat {number}, staat {version}");
                member(number, version, &title)
            })
        })
        .collect();
    members.sort();
    Stream { path: PATH.into(), members }
}

fn world() -> World {
    let world = World::new();
    world.services.stream(made());
    world
}

fn stream(world: &World) -> LinkedAddress {
    LinkedAddress::ldes(world.services.at(PATH).parse().unwrap())
}

fn texts(table: &Table, name: &str) -> Vec<String> {
    let column = table.field_index(name).unwrap_or_else(|| panic!("{name}: {:?}", table.fields));
    (0..table.rows()).map(|row| table.value(row, column).to_data_text()).collect()
}

#[test]
fn of_each_object_the_newest_version_is_there() {
    let world = world();
    let (table, receipt) = world.good(&stream(&world).to_string());
    let mut titles = texts(&table, "titel");
    titles.sort();
    let mut expected: Vec<String> = (0..23)
        .map(|number: usize| {
            let newest =
                usize::from(number.is_multiple_of(3)) + usize::from(number.is_multiple_of(6));
            format!("Gent: Abeelstraat {number}, staat {newest}")
        })
        .collect();
    expected.sort();
    assert_eq!(titles, expected);
    let all = made().members.len();
    assert_eq!(problems(&table), ["problem-linked-superseded"]);
    let notes = receipt.service.unwrap();
    let pages = u64::try_from(all.div_ceil(5)).unwrap();
    assert_eq!((&*notes.protocol, &*notes.output, notes.pages), ("LDES", "JSON-LD", pages));
    assert_eq!(receipt.title, "Objecten van Design Museum Gent");
    assert!(receipt.attribution.contains("Collectie van de Gentenaar"));
    assert_eq!(&*texts(&table, "maker")[0], "Maker 0");
    assert_eq!(&*texts(&table, "plaats")[0], "Gent");
    assert_eq!(&*texts(&table, "datering")[0], "1721/1721");
}

#[test]
fn all_versions_are_there_when_they_are_wanted() {
    let world = world();
    let address = LinkedAddress { versions: Versions::All, ..stream(&world) };
    let (table, _) = world.good(&address.to_string());
    assert_eq!(table.rows(), made().members.len());
    assert_eq!(problems(&table), Vec::<String>::new());
    // Of each object the oldest first.
    let (ids, times) = (texts(&table, "id"), texts(&table, "time"));
    for at in 1..table.rows() {
        assert!((&ids[at - 1], &times[at - 1]) < (&ids[at], &times[at]), "{at}");
    }
}

#[test]
fn only_what_is_new_and_what_is_looked_for_is_kept() {
    let world = world();
    let since = LinkedAddress::moment("2024-02-01");
    let address = LinkedAddress { since, ..stream(&world) };
    let (table, receipt) = world.good(&address.to_string());
    assert!(texts(&table, "time").iter().all(|time| &**time >= "2024-02-01"));
    assert_eq!(table.rows(), (0..23_usize).filter(|number| number.is_multiple_of(3)).count());
    // Pages on which all is older were not asked for.
    let pages = receipt.service.unwrap().pages;
    let all = u64::try_from(made().members.len().div_ceil(5)).unwrap();
    assert!(pages < all, "{pages} of {all}");
    let search = LinkedAddress { search: "abeelstraat 17".into(), ..stream(&world) };
    let (table, receipt) = world.good(&search.to_string());
    assert_eq!(
        (table.rows(), receipt.records_whole),
        (1, Some(u64::try_from(made().members.len()).unwrap()))
    );
}

#[test]
fn pages_that_never_change_are_asked_for_once() {
    let world = world();
    let address = stream(&world).to_string();
    world.good(&address);
    let before = world.services.targets().iter().filter(|target| target.starts_with(PATH)).count();
    // The way to the newest page, and every page once.
    assert_eq!(before, 1 + made().members.len().div_ceil(5));
    world.services.forget_requests();
    let (again, _) = world.good(&address);
    let asked = world.services.targets();
    let asked: Vec<&String> = asked.iter().filter(|it| it.starts_with(PATH)).collect();
    assert!(asked.len() <= 2, "{asked:?}");
    assert_eq!(again.rows(), 23);
    // Something new comes on a new page.
    let mut more = made();
    more.members.push(member(99, 9, "Gent: Veldstraat, nieuw"));
    world.services.stream(more);
    let (more, _) = world.good(&address);
    assert_eq!(more.rows(), 24);
}

#[test]
fn a_stream_that_was_cut_off_goes_on_where_it_was() {
    let whole = {
        let world = world();
        let (table, _) = world.good(&stream(&world).to_string());
        (texts(&table, "version"), texts(&table, "titel"))
    };
    let pages = made().members.chunks(5).map(|page| page[0].0.clone()).collect::<Vec<_>>();
    for cut in &pages {
        let mut world = world();
        let address = stream(&world).to_string();
        let page = format!("generatedAtTime={cut}");
        world.services.fault(&page, Fault::Status(403), 1);
        // Where the newest page is the first one asked for, nothing has come yet.
        world.read(&address, Wanted::Fetched).unwrap_err();
        let came = world.services.targets();
        world.services.forget_requests();
        world.restart(false);
        let (table, _) = world.good(&address);
        assert_eq!((texts(&table, "version"), texts(&table, "titel")), whole, "{cut}");
        let again = world.services.targets();
        for target in came
            .iter()
            .filter(|target| target.contains("generatedAtTime") && !target.contains(&page))
        {
            assert!(!again.contains(target), "{target} was asked for again after {cut}");
        }
    }
}

#[test]
fn a_person_can_cancel_and_go_on() {
    let mut world = world();
    let address = stream(&world).to_string();
    let watch = Watch::unwatched();
    world.services.fault(
        PATH,
        Fault::Drip { bytes: 40, pause: std::time::Duration::from_millis(20) },
        ALWAYS,
    );
    let waiting = watch.clone();
    let stops = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(150));
        waiting.cancel();
    });
    let options = belfort::formats::ReadOptions::default();
    let error = world.portals.read(&address, Wanted::Fetched, &options, &watch).unwrap_err();
    assert!(error.is_cancelled());
    stops.join().unwrap();
    world.services.behave();
    world.restart(false);
    assert_eq!(world.good(&address).0.rows(), 23);
}

#[test]
fn what_is_odd_about_a_stream_is_told() {
    let world = world();
    let address = stream(&world).to_string();
    world.services.lie(PATH, Lie::CountOff(3));
    let (table, _) = world.good(&address);
    assert_eq!(problems(&table), ["problem-linked-superseded", "problem-linked-members"]);

    let world = self::world();
    world.services.lie(PATH, Lie::NextElsewhere("http://binnen.example:9003"));
    let (table, _) = world.good(&stream(&world).to_string());
    assert_eq!(table.rows(), 23);
    assert_eq!(problems(&table), ["problem-service-next-elsewhere", "problem-linked-superseded"]);

    let world = self::world();
    world.services.fault("/context/", Fault::Status(404), ALWAYS);
    for text in world.refusal(&stream(&world).to_string()) {
        assert!(text.contains("cultureel-erfgoed-object-ap.jsonld"), "{text}");
    }
    let world = self::world();
    world.services.fault(PATH, Fault::HtmlPage, ALWAYS);
    for text in world.refusal(&stream(&world).to_string()) {
        assert!(!text.contains("linked-") && !text.contains("portal-"), "{text}");
    }
}

#[test]
fn a_stream_in_turtle_with_places_becomes_points() {
    let world = World::new();
    let prefixes =
        "@prefix tree: <https://w3id.org/tree#> . @prefix ldes: <https://w3id.org/ldes#> .
        @prefix dct: <http://purl.org/dc/terms/> . @prefix p: <https://x.example/p/> .
        @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ";
    let version = |name: &str, hour: u32, free: u32| {
        format!(
            "<{name}#{hour}> a p:Parking ; rdfs:label \"P+R {name}\" ; dct:isVersionOf <{name}> ;
             dct:modified \"2023-12-21T{hour:02}:00:00+01:00\"^^xsd:dateTime ;
             p:capacity [ a p:Total ; p:total 200 ], [ a p:Now ; p:free {free} ] ;
             geo:lat \"51.07\"^^xsd:double ; geo:long \"3.77\"^^xsd:double .
             <s> tree:member <{name}#{hour}> . "
        )
    };
    let page = |text: &str| format!("{prefixes}{text}");
    world.services.page(
        "/pr?page=1",
        "text/turtle",
        page(&format!(
            "<s> a ldes:EventStream ; tree:view <> . <> tree:relation [ tree:node </pr?page=2> ] . {}{}",
            version("oostakker", 8, 10),
            version("bourgoyen", 9, 30),
        )),
    );
    world.services.page("/pr?page=2", "text/turtle", page(&version("oostakker", 7, 99)));
    let address = LinkedAddress::ldes(world.services.at("/pr?page=1").parse().unwrap());
    let (table, receipt) = world.good(&address.to_string());
    assert_eq!(texts(&table, "label"), ["P+R bourgoyen", "P+R oostakker"]);
    assert_eq!(texts(&table, "capacity_free"), ["30", "10"]);
    let free = table.field_index("capacity_free").unwrap();
    assert_eq!(table.value(1, free), Value::Integer(10));
    assert_eq!(table.geometry.as_ref().unwrap().xy(), [[3.77, 51.07]; 2]);
    assert_eq!((receipt.records_written, receipt.without_geometry), (2, Some(0)));
}
