//! What is asked of the portal in its own language loses no row: asked there and applied here again
//! gives what applied here to everything gives.

use arrow_array::Array as _;
use belfort::jobs::Watch;
use belfort::portal::{Narrowing, PortalAddress, Wanted, push_down};
use belfort::query::Condition;
use belfort::query::builder::{Group, Item, Join, Operator, Rule, Value};
use belfort::table::Table;

use super::rows::told_of;
use super::world::World;
use crate::fake_portal::{Dataset, Field, Kind, Value as Cell, at};

const ID: &str = "van-alles";

const NAMES: [&str; 9] =
    ["Muide", "muide", "Café", "cafe", "", "say \"hi\"", "back\\slash", "it's", "100%"];

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        i32::try_from(self.0 >> 33).unwrap() % limit
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        let at = self.below(i32::try_from(list.len()).unwrap());
        list[usize::try_from(at).unwrap()].clone()
    }
}

/// Every kind, with nothing in a fifth of all cells.
fn mixture() -> Dataset {
    let rows = |row: usize, _: &_| {
        let mut dice = Dice(row as u64 * 7_919 + 5);
        dice.below(2);
        let mut cells: Vec<Cell> = vec![
            dice.of(&NAMES).into(),
            (i64::from(dice.below(7)) - 3).into(),
            ((f64::from(dice.below(9)) - 4.0) / 2.0).into(),
            (at("2026-03-01T00:00:00Z") + chrono::Duration::days(i64::from(dice.below(4))))
                .date_naive()
                .into(),
            (at("2026-03-01T22:30:00Z") + chrono::Duration::hours(i64::from(dice.below(6)))).into(),
            (dice.below(2) == 0).into(),
            dice.of(&[vec!["Muide"], vec!["Muide", "Café"], vec!["x"]]).into(),
            [3.7 + f64::from(dice.below(100)) / 1000.0, 51.05].into(),
        ];
        for cell in &mut cells {
            if dice.below(5) == 0 {
                *cell = Cell::Null;
            }
        }
        cells.insert(0, i64::try_from(row).unwrap().into());
        cells
    };
    let mut dataset = Dataset::new(ID, "Van alles", 90, rows);
    let lists = Field { several: true, ..Field::new("lijst", Kind::Text) };
    dataset.fields = vec![
        Field::new("nr", Kind::Int),
        Field::new("naam", Kind::Text),
        Field::new("aantal", Kind::Int),
        Field::new("maat", Kind::Double),
        Field::new("dag", Kind::Date),
        Field::new("moment", Kind::DateTime),
        Field::new("open", Kind::Boolean),
        lists,
        Field::new("punt", Kind::GeoPoint),
    ];
    dataset
}

fn value(dice: &mut Dice, field: &str) -> Value {
    let midnight = at("2026-03-01T00:00:00Z").timestamp_millis();
    match field {
        "naam" | "lijst" => Value::Text(dice.of(&NAMES).to_owned()),
        "aantal" if dice.below(3) == 0 => Value::Number(dice.of(&[0.5, -1.5, 2.0])),
        "aantal" => Value::Integer(i64::from(dice.below(7)) - 3),
        "maat" if dice.below(2) == 0 => Value::Integer(i64::from(dice.below(4)) - 2),
        "maat" => Value::Number((f64::from(dice.below(9)) - 4.0) / 2.0),
        "dag" if dice.below(2) == 0 => Value::Text(format!("2026-03-0{}", dice.below(4) + 1)),
        "dag" => Value::Date(20_513 + dice.below(4)),
        "moment" if dice.below(3) == 0 => Value::Date(20_513 + dice.below(3)),
        "moment" => {
            let minutes = 60 * i64::from(dice.below(30));
            Value::DateTime(midnight + 60_000 * minutes, Some(dice.of(&[0, 60, 120])))
        }
        "open" => Value::Boolean(dice.below(2) == 0),
        other => panic!("{other}"),
    }
}

fn rule(dice: &mut Dice) -> Rule {
    use Operator::{
        AtLeast, AtMost, Between, Contains, Empty, EndsWith, Greater, Is, Less, StartsWith,
    };
    let field = dice.of(&["naam", "aantal", "maat", "dag", "moment", "open", "lijst"]);
    let operator = match field {
        "open" => dice.of(&[Is, Empty]),
        "lijst" => dice.of(&[Is, Empty, Contains { exact: true }]),
        "naam" => dice.of(&[
            Is,
            Is,
            Is,
            Less,
            Between,
            Empty,
            Contains { exact: false },
            StartsWith { exact: true },
            EndsWith { exact: true },
        ]),
        _ => dice.of(&[Is, Is, Less, AtMost, Greater, AtLeast, Between, Between, Empty]),
    };
    let (least, most) = operator.values();
    let more = if most > least { dice.of(&[0, 1, 2]) } else { 0 };
    let count = least + more;
    Rule {
        field: field.to_owned(),
        operator,
        negated: operator.can_be_negated() && dice.below(3) == 0,
        values: (0..count).map(|_| value(dice, field)).collect(),
    }
}

fn group(dice: &mut Dice, depth: usize) -> Group {
    let items = (0..=dice.below(3)).map(|_| {
        if depth > 0 && dice.below(3) == 0 {
            Item::Group(group(dice, depth - 1))
        } else {
            Item::Rule(rule(dice))
        }
    });
    let items = items.collect();
    let join = if dice.below(2) == 0 { Join::All } else { Join::Any };
    Group { join, negated: dice.below(4) == 0, items }
}

/// The rows that meet a condition; none where it cannot be asked of such fields.
fn meeting(table: &Table, sql: &str) -> Option<Vec<String>> {
    let condition = Condition::parse(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    let mask = condition.evaluate(table).ok()?;
    let meets = |row: &usize| mask.is_valid(*row) && mask.value(*row);
    let rows: Vec<usize> = (0..table.rows()).filter(meets).collect();
    Some(told_of(table, &rows))
}

#[test]
fn asked_there_and_applied_here_gives_the_same_rows() {
    let world = World::new();
    world.portal.add(mixture());
    let info = world.info();
    let dataset = world.portals.ask(&info).dataset(ID, &Watch::unwatched()).unwrap();
    let (whole, _) = world.good(ID, Wanted::Newest);
    let mut dice = Dice(20_261_126);
    let (mut tried, mut pushed, mut fewer, mut some) = (0, 0, 0, 0);
    while tried < 400 {
        let tree = group(&mut dice, 2);
        let sql = tree.sql();
        let Some(expected) = meeting(&whole, &sql) else { continue };
        tried += 1;
        let down = push_down(&tree, &dataset);
        let rules = tree.normal().rules().len();
        assert_eq!(down.there + down.here, rules, "{sql}");
        let narrowing = Narrowing { condition: down.asked.clone(), ..Narrowing::default() };
        let address =
            PortalAddress { narrowing, ..PortalAddress::whole(info.clone(), ID) }.to_string();
        let layer = address.strip_prefix(&world.address("")).unwrap();
        let (there, from) = world.good(layer, Wanted::Fetched);
        assert!(from.receipt.is_complete(), "{}", down.asked);
        let found = meeting(&there, &sql);
        assert_eq!(found.as_ref(), Some(&expected), "{sql}\nasked: {}", down.asked);
        if down.here == 0 && !sql.contains("NOT") && !sql.contains("<>") {
            assert_eq!(there.rows(), expected.len(), "{sql}\nasked: {}", down.asked);
        }
        pushed += usize::from(down.there > 0);
        fewer += usize::from(there.rows() < whole.rows());
        some += usize::from(!expected.is_empty() && expected.len() < whole.rows());
    }
    // The test says something only where something was asked, and it made a difference.
    assert!(pushed > 150 && fewer > 100 && some > 200, "{pushed} {fewer} {some}");
}
