use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray};

use super::*;
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::style::{
    By, Categories, Category, CategoryValue, Color, Dash, Graduated, Hatch, Join, LabelPriority,
    LabelStyle, NumberOf, Per, PointShape, Rule, Rules, SizeBy, Style, Symbol, default_symbol,
    partition,
};
use crate::table::{Field, FieldKind, PartKind, Table};

/// Six rows with a text, a whole number and a number, each missing once.
fn trees() -> Table {
    let fields = vec![
        Field::new("soort", FieldKind::Text),
        Field::new("aantal", FieldKind::Integer),
        Field::new("hoogte", FieldKind::Number),
    ];
    let kinds = [Some("eik"), Some("es"), Some("eik"), Some("linde"), None, Some("")];
    let counts = [Some(1), Some(20), Some(300), None, Some(7), Some(20)];
    let heights = [Some(2.5), Some(10.0), Some(1_000_000.0), Some(3.5), Some(3.5), None];
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(kinds.to_vec())),
        Arc::new(Int64Array::from(counts.to_vec())),
        Arc::new(Float64Array::from(heights.to_vec())),
    ];
    Table::new("bomen", 6, fields, columns, None).unwrap()
}

fn written(style: &Style, kind: PartKind) -> Written {
    let table = trees();
    let grouping = style.grouping();
    let found = grouping.map(|it| partition(&table, &it, None, &Watch::unwatched()).unwrap());
    let field = style.by.field().and_then(|name| table.field_index(name));
    let dress = Dress {
        style,
        partition: found.as_ref(),
        field: field.map(|at| table.fields[at].kind),
        kind: Some(kind),
        opacity: 0.5,
        farthest: Some(50_000),
        nearest: None,
    };
    write(&dress, Language::Dutch)
}

/// The style written and read again; nothing is lost on the way.
fn again(style: &Style, kind: PartKind) -> Style {
    let made = written(style, kind);
    assert!(made.problems.is_empty(), "{:?}", made.problems);
    let opened = read(&made.text, &trees().fields).unwrap();
    assert!(opened.problems.is_empty(), "{:?}\n{}", opened.problems, made.text);
    assert_eq!((opened.opacity, opened.farthest, opened.nearest), (Some(0.5), Some(50_000), None));
    assert_eq!(opened.kind, Some(kind));
    opened.style
}

/// With the colour of its first class, and as all symbols of a kind: what no row shows is not kept.
fn seen(style: &Style, kind: PartKind) -> Style {
    let first = match &style.by {
        By::Value(by) => by.listed[0].change.color.unwrap(),
        By::Number(by) => by.changes[0].color.unwrap(),
        By::Nothing | By::Crossed(_) | By::Rules(_) => style.symbol.fill,
    };
    let mut symbol = style.symbol.colored(first, Some(kind));
    if kind == PartKind::Polygon {
        symbol.point_size = 10.0;
    }
    Style { symbol, ..style.clone() }
}

const RED: Color = Color::rgb(0xd5_5e_00);

#[test]
fn symbols_come_back_as_they_were() {
    for kind in [PartKind::Point, PartKind::Line, PartKind::Polygon] {
        for number in 0..4 {
            let usual = default_symbol(Some(kind), number);
            let mut symbols = vec![usual];
            if kind == PartKind::Point {
                symbols = PointShape::ALL
                    .map(|shape| Symbol { shape, rotation: 30.0, point_size: 13.5, ..usual })
                    .to_vec();
                symbols.push(Symbol { dash: Dash::DashDot, join: Join::Miter, ..usual });
                symbols.push(Symbol { stroke_width: 0.0, ..usual });
            } else {
                symbols.extend(Dash::ALL.map(|dash| Symbol { dash, join: Join::Bevel, ..usual }));
            }
            if kind == PartKind::Polygon {
                symbols.extend(Hatch::ALL.map(|hatch| Symbol { hatch, ..usual }));
                let fill = RED.with_alpha(0);
                symbols.push(Symbol { fill, stroke_width: 0.0, ..usual });
            }
            for symbol in symbols {
                let back = again(&symbol.into(), kind).symbol;
                // What the kind does not show is not kept.
                let fill = if kind == PartKind::Line { back.fill } else { symbol.fill };
                let (shape, point_size) = match kind {
                    PartKind::Point => (symbol.shape, symbol.point_size),
                    _ => (back.shape, back.point_size),
                };
                assert_eq!(back, Symbol { fill, point_size, shape, ..symbol }, "{kind:?}");
            }
        }
    }
}

#[test]
fn values_come_back_with_their_classes() {
    let listed = |value: CategoryValue, color: u32| Category {
        value,
        change: Change { color: Some(Color::rgb(color)), ..Change::default() },
    };
    let text = |text: &str| CategoryValue::Text(text.to_owned());
    let symbol = default_symbol(Some(PartKind::Point), 0);
    let colored = |color| Change { color: Some(Color::rgb(color)), ..Change::default() };
    let style = |by: Categories| Style { symbol, by: By::Value(by), ..Style::default() };
    let by = Categories {
        field: "soort".to_owned(),
        listed: vec![listed(text("eik"), 0x11_22_33), listed(text("es"), 0x44_55_66)],
        most: 2,
        other: colored(0x77_88_99),
        missing: colored(0xaa_bb_cc),
        ..Categories::default()
    };
    let made = style(by.clone());
    assert_eq!(again(&made, PartKind::Point), seen(&made, PartKind::Point));
    // With a class of its own for the empty text, names, a shape and a class that is not drawn.
    let mut named = by.clone();
    named.listed.push(listed(text(""), 0x01_02_03));
    named.listed[0].change.label = Some("Eiken & 'co'".to_owned());
    named.listed[1].change.hidden = true;
    named.listed[1].change.shape = Some(PointShape::Star);
    named.other.label = Some("De rest".to_owned());
    named.most = 3;
    let made = style(named.clone());
    assert_eq!(again(&made, PartKind::Point), seen(&made, PartKind::Point));
    // Others and none look the same: one category holds both.
    let mut same = by;
    same.missing = same.other.clone();
    assert!(!written(&style(same.clone()), PartKind::Point).text.contains("coalesce"));
    let made = style(same.clone());
    assert_eq!(again(&made, PartKind::Point), seen(&made, PartKind::Point));
    // Numbers stay numbers.
    let mut numbers = Categories {
        field: "hoogte".to_owned(),
        listed: vec![listed(CategoryValue::Number(1e6), 1), listed(CategoryValue::Number(3.5), 2)],
        most: 2,
        other: colored(3),
        missing: colored(4),
        ..Categories::default()
    };
    let made = style(numbers.clone());
    assert_eq!(again(&made, PartKind::Point), seen(&made, PartKind::Point));
    numbers.field = "aantal".to_owned();
    numbers.listed = vec![listed(CategoryValue::Integer(20), 1)];
    numbers.most = 1;
    let made = style(numbers.clone());
    assert_eq!(again(&made, PartKind::Point), seen(&made, PartKind::Point));
}

#[test]
fn numbers_come_back_with_their_ranges() {
    let symbol = Symbol { fill: RED, ..default_symbol(Some(PartKind::Polygon), 0) };
    for per in [Per::Nothing, Per::Field("hoogte".to_owned())] {
        let changes = [0x10_20_30, 0x40_50_60, 0x70_80_90].map(|color| Change {
            color: Some(Color::rgb(color)),
            label: (color == 0x10_20_30).then(|| "weinig".to_owned()),
            hidden: color == 0x70_80_90,
            ..Change::default()
        });
        let breaks = if per == Per::Nothing { vec![7.0, 20.0, 300.0] } else { vec![0.1, 0.5, 2.0] };
        let by = Graduated {
            of: NumberOf { field: "aantal".to_owned(), per },
            count: 3,
            breaks: Some(breaks),
            changes: changes.to_vec(),
            missing: Change { color: Some(Color::rgb(0xd0_d0_d0)), ..Change::default() },
            ..Graduated::default()
        };
        let style = Style { symbol, by: By::Number(by), ..Style::default() };
        assert_eq!(again(&style, PartKind::Polygon), seen(&style, PartKind::Polygon));
    }
}

#[test]
fn rules_come_back_and_each_row_keeps_its_first() {
    let rule = |sql: &str, label: &str, color: u32| Rule {
        sql: sql.to_owned(),
        label: label.to_owned(),
        symbol: Symbol { fill: Color::rgb(color), ..default_symbol(None, 0) },
        hidden: false,
        shown_as: None,
    };
    let mut by = Rules {
        rules: vec![
            rule("\"aantal\" > 10", "veel", 1),
            rule("\"soort\" = 'eik'", "eiken", 2),
            rule("", "alles", 3),
        ],
        other: Change { hidden: true, ..Change::default() },
    };
    let style = |by: &Rules| Style {
        symbol: by.rules[0].symbol,
        by: By::Rules(by.clone()),
        ..Style::default()
    };
    assert_eq!(again(&style(&by), PartKind::Point), style(&by));
    by.rules.pop();
    by.other = Change { color: Some(Color::rgb(9)), ..Change::default() };
    let rest = "filter=\"ELSE\"";
    assert!(written(&style(&by), PartKind::Point).text.contains(rest));
    let back = again(&style(&by), PartKind::Point);
    assert_eq!(back.by, style(&by).by);
    // QGIS would give the rows of a hidden rule to ELSE.
    by.rules[0].hidden = true;
    assert!(!written(&style(&by), PartKind::Point).text.contains(rest));
    assert_eq!(again(&style(&by), PartKind::Point).by, By::Rules(by));
}

#[test]
fn sizes_and_labels_come_back() {
    let size = SizeBy {
        of: NumberOf { field: "aantal".to_owned(), per: Per::Nothing },
        largest: 42.0,
        at: Some(300.0),
    };
    let labels = LabelStyle {
        what: r"soort || '\n' || aantal".to_owned(),
        size: 13.0,
        color: RED,
        halo: Color::rgb(0x10_10_10).with_alpha(200),
        halo_width: 2.0,
        farthest: Some(25_000),
        nearest: Some(1_000),
        priority: LabelPriority::High,
        wrap: 12,
        ..LabelStyle::default()
    };
    for shape in PointShape::ALL {
        let symbol = Symbol { shape, ..default_symbol(Some(PartKind::Point), 0) };
        let style = Style {
            symbol,
            size: Some(size.clone()),
            labels: Some(labels.clone()),
            ..Style::default()
        };
        let back = again(&style, PartKind::Point);
        assert_eq!(back.size, style.size);
        let found = back.labels.unwrap();
        // The expression has brackets now.
        assert_eq!(found.what, r#"("soort" || '\n') || "aantal""#);
        assert_eq!(LabelStyle { what: labels.what.clone(), ..found }, labels);
    }
    let off = LabelStyle { is_on: false, what: "soort".to_owned(), ..LabelStyle::default() };
    let style = Style { labels: Some(off), ..Style::default() };
    assert_eq!(again(&style, PartKind::Point).labels, style.labels);
}

#[test]
fn what_is_no_style_is_refused() {
    for (text, id) in [
        ("", "qml-not-a-style"),
        ("<kml/>", "qml-not-a-style"),
        ("<qgis/>", "qml-not-a-style"),
        ("<qgis><pipe><rasterrenderer/></pipe></qgis>", "qml-of-a-raster"),
        ("<qgis><renderer-v2", "qml-broken"),
    ] {
        assert_eq!(read(text, &[]).map_err(|message| message.id), Err(id), "{text}");
    }
}

#[test]
fn what_has_no_counterpart_is_told() {
    let layer = |class: &str, more: &str| {
        format!(
            r#"<qgis><renderer-v2 type="singleSymbol"><symbols><symbol name="0" type="marker">
            <layer class="{class}"><prop k="color" v="1,2,3,4"/><prop k="size" v="2"/>{more}</layer>
            </symbol></symbols></renderer-v2><blendMode>6</blendMode></qgis>"#
        )
    };
    let ids = |text: &str| -> Vec<&'static str> {
        let opened = read(text, &[]).unwrap();
        opened.problems.iter().map(|problem| problem.id).collect()
    };
    let left_out = "problem-qml-left-out";
    assert_eq!(ids(&layer("SvgMarker", "")), [left_out, left_out]);
    let hexagon = r#"<prop k="name" v="hexagon"/><prop k="size_unit" v="MapUnit"/>"#;
    assert_eq!(
        ids(&layer("SimpleMarker", hexagon)),
        ["problem-qml-shape", "problem-qml-map-units", left_out]
    );
    let follows = r#"<data_defined_properties><Option type="Map"><Option name="properties" type="Map">
        <Option name="angle" type="Map"><Option name="active" value="true"/></Option>
        </Option></Option></data_defined_properties>"#;
    assert_eq!(
        ids(&layer("SimpleMarker", &format!(r#"<prop k="name" v="circle"/>{follows}"#))),
        ["problem-qml-data-defined", left_out]
    );
    // Every problem has its words in both languages.
    for language in Language::ALL {
        let opened = read(&layer("SvgMarker", ""), &[]).unwrap();
        assert!(opened.problems.iter().all(|it| !it.text(language).contains("problem-")));
    }
}

#[test]
fn gaps_between_ranges_are_not_drawn_and_old_files_are_read() {
    let text = r#"<!DOCTYPE qgis [<!ENTITY a "aaaa">]>
        <qgis version="2.18" hasScaleBasedVisibilityFlag="1" minScale="1e+08" maxScale="500">
        <renderer-v2 type="graduatedSymbol" attr="Hoogte"><ranges>
        <range lower="5.0" upper="10.0" symbol="1" label="hoog" render="true"/>
        <range lower="0.000" upper="4.000" symbol="0" label="0 - 4"/>
        </ranges><symbols>
        <symbol name="0" type="line" alpha="0.5"><layer class="SimpleLine">
          <prop k="line_color" v="10,20,30,255"/><prop k="line_width" v="1"/><prop k="line_style" v="dot"/>
        </layer></symbol>
        <symbol name="1" type="line" alpha="0.5"><layer class="SimpleLine">
          <prop k="line_color" v="40,50,60"/><prop k="line_width" v="1"/><prop k="line_style" v="dot"/>
        </layer></symbol>
        </symbols></renderer-v2></qgis>"#;
    let opened = read(text, &trees().fields).unwrap();
    assert!(opened.problems.is_empty(), "{:?}", opened.problems);
    assert_eq!((opened.farthest, opened.nearest), (None, Some(500)));
    let symbol = opened.style.symbol;
    assert_eq!((symbol.dash, symbol.stroke_width, symbol.stroke.a), (Dash::Dotted, 3.7795, 128));
    let By::Number(by) = opened.style.by else { panic!("by a number") };
    assert_eq!((by.of.field.as_str(), by.breaks), ("hoogte", Some(vec![4.0, 5.0, 10.0])));
    let seen: Vec<_> = by.changes.iter().map(|it| (it.label.as_deref(), it.hidden)).collect();
    assert_eq!(seen, [(None, false), (None, true), (Some("hoog"), false)]);
    assert!(by.missing.hidden, "QGIS draws no rows without a number");
}

#[test]
fn damaged_files_are_refused_or_read_as_far_as_they_go() {
    let labels = LabelStyle { what: "soort".to_owned(), ..LabelStyle::default() };
    let by = Categories { field: "soort".to_owned(), ..Categories::default() };
    let style = Style { by: By::Value(by), labels: Some(labels), ..Style::default() };
    let text = written(&style, PartKind::Polygon).text;
    let mut read_so_far = 0;
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        read_so_far += usize::from(read(&text[..end], &trees().fields).is_ok());
    }
    assert!(read_so_far < 3, "what breaks off is no style: {read_so_far}");
    for at in (0..text.len()).step_by(11) {
        for byte in [b'"', b'<', b'9', 0x20] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = byte;
            let _ = read(&String::from_utf8_lossy(&bytes), &trees().fields);
        }
    }
    // Nested without end, and names that would grow without end.
    let deep = format!("<qgis>{}", "<a>".repeat(100_000));
    assert!(read(&deep, &[]).is_err());
    let laughs = r#"<!DOCTYPE q [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]><qgis><renderer-v2
        type="singleSymbol"><symbols/></renderer-v2>&a;</qgis>"#;
    assert!(read(laughs, &[]).is_ok());
}
