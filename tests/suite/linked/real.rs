//! The real page store of the city's museums and real pages of a stream of car parks, served from
//! the loopback. Left out where the folder of test data is not there.

use belfort::portal::LinkedAddress;

use crate::fake_services::Stream;
use crate::services::world::{World, problems};
use crate::support::shared_data;

#[test]
fn the_objects_of_the_museums_are_read_from_their_own_pages() {
    let Some(store) = shared_data("real/coghent-ldes/eventstream.db") else { return };
    let store =
        rusqlite::Connection::open_with_flags(store, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
            .unwrap();
    for institution in ["dmg", "hva", "stam", "industriemuseum", "archiefgent"] {
        let mut query = store
            .prepare(
                "select payload from Members where institution = ? and adlibDatabase = 'objecten'",
            )
            .unwrap();
        let rows = query.query_map([institution], |row| row.get::<_, String>(0)).unwrap();
        let mut members: Vec<(String, String)> = rows
            .map(|text| {
                let text = text.unwrap();
                let value: serde_json::Value = serde_json::from_str(&text).unwrap();
                (value["prov:generatedAtTime"].as_str().unwrap().to_owned(), text)
            })
            .collect();
        members.sort();
        let count = members.len();
        assert_eq!(count, 10, "{institution}");
        let world = World::new();
        let path = format!("/opendata/adlib2eventstream/v1/{institution}/objecten");
        world.services.stream(Stream { path: path.clone(), members });
        let address = LinkedAddress::ldes(world.services.at(&path).parse().unwrap());
        let (table, receipt) = world.good(&address.to_string());
        assert_eq!((table.rows(), problems(&table)), (count, vec![]), "{institution}");
        assert_eq!(receipt.service.unwrap().pages, 2);
        let text = |row, name| table.value(row, table.field_index(name).unwrap()).to_data_text();
        let column = |name| (0..count).map(|row| text(row, name)).collect::<Vec<String>>();
        assert!(column("titel").iter().all(|title| !title.is_empty()), "{institution}");
        assert!(column("beeld").iter().all(|image| image.contains("/iiif/")), "{institution}");
        if institution == "archiefgent" {
            let titles = column("titel");
            let named = titles.iter().filter(|title| title.starts_with("Gent: Abeelstraat"));
            assert_eq!(named.count(), 5, "{titles:?}");
        }
        if institution == "dmg" {
            assert!(column("maker").iter().any(|maker| maker.contains("Stockmans, Pieter")));
            assert!(column("plaats").iter().any(|place| place.contains("Genk")));
            assert!(column("datering").iter().any(|date| date == "2007/2008"));
        }
    }
}

#[test]
fn real_pages_of_car_parks_become_points_with_the_newest_state() {
    let (Some(first), Some(last)) = (
        shared_data("real/ldes-park-and-ride/page1.ttl"),
        shared_data("real/ldes-park-and-ride/page5.ttl"),
    ) else {
        return;
    };
    let world = World::new();
    let read = |path| std::fs::read_to_string(path).unwrap();
    // The first page links to http://localhost:9003/…?pageNumber=2: it is asked at the server itself.
    let page = |number: u32| format!("/ldes/occupancy/by-page?pageNumber={number}");
    world.services.page(&page(1), "text/turtle", read(first));
    world.services.page(&page(2), "text/turtle", read(last));
    let address = LinkedAddress::ldes(world.services.at(&page(1)).parse().unwrap());
    let (table, receipt) = world.good(&address.to_string());
    assert_eq!(table.rows(), 5);
    assert_eq!(problems(&table), ["problem-service-next-elsewhere", "problem-linked-superseded"]);
    assert_eq!(receipt.service.unwrap().pages, 2);
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!(geometry.missing(), 0);
    let label = table.field_index("label").unwrap();
    let total = table.field_index("capacity_totalCapacity").unwrap();
    let rows: Vec<String> = (0..5)
        .map(|row| {
            let text = |column| table.value(row, column).to_data_text();
            format!("{} {}", text(label), text(total))
        })
        .collect();
    assert!(rows.contains(&"P+R Oostakker 201".to_owned()), "{rows:?}");
}
