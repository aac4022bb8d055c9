//! Spreadsheets put together byte by byte.
#![allow(clippy::format_collect, reason = "small, and read more easily")]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

/// A zip file of parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Writes a file into a folder.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn links(of: &[(&str, &str, &str)]) -> String {
    let links: String = of
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{LINKS}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>"#
    )
}

/// An XLSX file of sheets (name, attributes, what is in `<worksheet>`), with styles by the codes of
/// their number formats, and shared texts as XML.
pub fn xlsx(
    sheets: &[(&str, &str, &str)],
    formats: &[&str],
    shared: &str,
    properties: &str,
) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let root = links(&[("rId1", "officeDocument", "xl/workbook.xml")]);
    let mut of_book = vec![
        ("s".to_owned(), "styles", "styles.xml".to_owned()),
        ("t".to_owned(), "sharedStrings", "sharedStrings.xml".to_owned()),
    ];
    let (mut listed, mut parts) = (String::new(), Vec::new());
    for (at, (name, attributes, content)) in sheets.iter().enumerate() {
        let id = format!("rId{at}");
        listed.push_str(&format!(
            r#"<sheet name="{name}" sheetId="{}" r:id="{id}" {attributes}/>"#,
            at + 1
        ));
        of_book.push((id, "worksheet", format!("worksheets/sheet{at}.xml")));
        let xml = format!(r#"<worksheet xmlns="{main}">{content}</worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{at}.xml"), xml));
    }
    let book = format!(
        r#"<workbook xmlns="{main}" xmlns:r="{LINKS}"><workbookPr {properties}/><sheets>{listed}</sheets></workbook>"#
    );
    let codes: String = formats
        .iter()
        .enumerate()
        .map(|(at, code)| format!(r#"<numFmt numFmtId="{}" formatCode="{code}"/>"#, 164 + at))
        .collect();
    let styles: String =
        (0..formats.len()).map(|at| format!(r#"<xf numFmtId="{}"/>"#, 164 + at)).collect();
    let styles = format!(
        r#"<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>"#
    );
    let strings = format!(r#"<sst xmlns="{main}">{shared}</sst>"#);
    let of_book: Vec<(&str, &str, &str)> =
        of_book.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.as_str())).collect();
    let of_book = links(&of_book);
    let kinds = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", kinds.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", of_book.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())));
    zipped(&all)
}

/// An XLSX file of one sheet, from its rows in XML.
pub fn sheet(rows: &str) -> Vec<u8> {
    xlsx(&[("Blad1", "", &format!("<sheetData>{rows}</sheetData>"))], &[], "", "")
}

pub const ODS_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// The content of an OpenDocument file, from its styles and tables.
pub fn ods_content(styles: &str, tables: &str) -> String {
    let spaces: String =
        [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
            .iter()
            .map(|(prefix, name)| {
                format!(r#" xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0""#)
            })
            .collect();
    let calc =
        r#" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0""#;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{spaces}{calc}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
}

/// An OpenDocument file.
pub fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    zipped(&[
        ("mimetype", ODS_TYPE),
        ("content.xml", ods_content(styles, tables).as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;

/// A compound file ([MS-CFB]) of streams that are not small.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 512;
    // Sector 0 is the table of sectors, sector 1 the directory.
    let mut table = vec![0xFFFF_FFFD, END];
    let mut directory = entry("Root Entry", 5, END, 0);
    let mut sectors = Vec::new();
    for (name, bytes) in streams {
        let mut bytes = bytes.to_vec();
        bytes.resize(bytes.len().max(4096).next_multiple_of(SECTOR), 0);
        let first = u32::try_from(table.len()).unwrap();
        directory.extend(entry(name, 2, first, u32::try_from(bytes.len()).unwrap()));
        let count = u32::try_from(bytes.len() / SECTOR).unwrap();
        table.extend((1..count).map(|at| first + at));
        table.push(END);
        sectors.extend(bytes);
    }
    assert!(table.len() <= SECTOR / 4 && directory.len() <= SECTOR);
    table.resize(SECTOR / 4, FREE);
    directory.resize(SECTOR, 0);
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(24, 0);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        file.extend(number.to_le_bytes());
    }
    file.resize(44, 0);
    for number in [1_u32, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(number.to_le_bytes());
    }
    file.resize(SECTOR, 0xFF);
    file.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    file.extend(directory);
    file.extend(sectors);
    file
}

fn entry(name: &str, kind: u8, first: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let letters = u16::try_from(entry.len() + 2).unwrap();
    entry.resize(64, 0);
    entry.extend(letters.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend([0xFF; 12]);
    entry.resize(116, 0);
    entry.extend(first.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// A record of a binary workbook ([MS-XLS] 2.3).
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    record.extend(data);
    record
}

/// Numbers of 16 bits one after another.
pub fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A workbook of Excel 5 with one sheet of these records, texts in windows-1252.
pub fn excel5(cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &words(&[0x0500, kind, 0, 0]));
    let mut globals = begin(5);
    globals.extend(record(0x0042, &words(&[1252])));
    globals.extend(record(0x041E, &[&words(&[164])[..], &[8], b"dd/mm/yy"].concat()));
    for format in [0, 164, 9] {
        globals.extend(record(0x00E0, &[words(&[0, format]), vec![0; 12]].concat()));
    }
    let start = u32::try_from(globals.len() + 4 + 6 + 1 + 5 + 4).unwrap();
    let listed = [&start.to_le_bytes()[..], &[0, 0, 5], b"Wegen"].concat();
    globals.extend(record(0x0085, &listed));
    globals.extend(record(0x000A, &[]));
    assert_eq!(globals.len(), start as usize);
    globals.extend(begin(0x10));
    globals.extend(cells.concat());
    globals.extend(record(0x000A, &[]));
    compound(&[("Book", &globals)])
}

/// A record of a binary part of a workbook ([MS-XLSB] 2.1.4).
pub fn part_record(kind: u16, data: &[u8]) -> Vec<u8> {
    let low = u8::try_from(kind & 0x7F).unwrap();
    let mut record = match kind {
        0..0x80 => vec![low],
        _ => vec![low | 0x80, u8::try_from(kind >> 7).unwrap()],
    };
    let mut length = data.len();
    loop {
        let part = u8::try_from(length & 0x7F).unwrap();
        length >>= 7;
        record.push(if length > 0 { part | 0x80 } else { part });
        if length == 0 {
            break;
        }
    }
    record.extend(data);
    record
}

/// A text behind the number of its letters.
pub fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let count = u32::try_from(letters.len() / 2).unwrap();
    [count.to_le_bytes().to_vec(), letters].concat()
}

/// Numbers of 32 bits one after another.
pub fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// An XLSB file of one sheet of these records, with shared texts, and the styles General,
/// dd/mm/yyyy and 0%.
pub fn xlsb(cells: &[Vec<u8>], shared: &[&str], merged: &[[u32; 4]]) -> Vec<u8> {
    let root = links(&[("rId1", "officeDocument", "xl/workbook.bin")]);
    let of_book = links(&[
        ("rId1", "worksheet", "worksheets/sheet1.bin"),
        ("rId2", "styles", "styles.bin"),
        ("rId3", "sharedStrings", "sharedStrings.bin"),
    ]);
    let book = [
        part_record(131, &[]),
        part_record(153, &numbers(&[0, 0])),
        part_record(143, &[]),
        part_record(156, &[numbers(&[0, 1]), wide("rId1"), wide("Bomen")].concat()),
        part_record(144, &[]),
        part_record(132, &[]),
    ];
    let styles = [
        part_record(278, &[]),
        part_record(615, &numbers(&[1])),
        part_record(44, &[words(&[164]), wide("dd/mm/yyyy")].concat()),
        part_record(616, &[]),
        part_record(617, &numbers(&[3])),
        part_record(47, &[words(&[0, 0]), vec![0; 12]].concat()),
        part_record(47, &[words(&[0, 164]), vec![0; 12]].concat()),
        part_record(47, &[words(&[0, 9]), vec![0; 12]].concat()),
        part_record(618, &[]),
    ];
    let count = u32::try_from(shared.len()).unwrap();
    let mut strings = vec![part_record(159, &numbers(&[count, count]))];
    strings.extend(shared.iter().map(|text| part_record(19, &[vec![0], wide(text)].concat())));
    strings.push(part_record(160, &[]));
    let mut sheet = vec![
        part_record(129, &[]),
        part_record(148, &numbers(&[0, 9, 0, 9])),
        part_record(145, &[]),
    ];
    sheet.extend_from_slice(cells);
    sheet.push(part_record(146, &[]));
    sheet.extend(merged.iter().map(|area| part_record(176, &numbers(area))));
    sheet.push(part_record(130, &[]));
    zipped(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.bin", &book.concat()),
        ("xl/_rels/workbook.bin.rels", of_book.as_bytes()),
        ("xl/styles.bin", &styles.concat()),
        ("xl/sharedStrings.bin", &strings.concat()),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
    ])
}

/// A small XLSX file, unpacked in its zip, so that damage reaches the XML and not only what packs
/// it.
fn plain_xlsx() -> Vec<u8> {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b&amp;&#233;</t></is></c></row><row r="2"><c r="A2"><f>1</f><v>1</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" s="1"><v>45296.5</v></c></row>"#;
    let content = format!(
        r#"<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>"#
    );
    let packed = xlsx(&[("Blad1", "", &content)], &["d/m/yy h:mm"], "<si><t>a</t></si>", "");
    let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, stored).unwrap();
        std::io::copy(&mut part, &mut zip).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A small file of every kind: the format's name, the extension, the bytes.
pub fn small() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>n<text:s/></text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1.5"/><table:table-cell office:value-type="date" office:date-value="2024-01-05"/></table:table-row>"#;
    let tables = format!(r#"<table:table table:name="a">{rows}</table:table>"#);
    let flat = ods_content("", &tables).replace("document-content", "document").replacen(
        "xmlns",
        "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\" xmlns",
        1,
    );
    let cell = |kind: u16, column: u32, value: &[u8]| {
        part_record(kind, &[&numbers(&[column, 0])[..], value].concat())
    };
    let binary = [
        part_record(0, &numbers(&[0])),
        cell(7, 0, &numbers(&[0])),
        part_record(0, &numbers(&[1])),
        cell(5, 0, &1.5_f64.to_le_bytes()),
        cell(6, 1, &wide("é")),
    ];
    let old = [
        record(0x0204, &[&words(&[0, 0, 0, 1])[..], b"a"].concat()),
        record(0x0203, &[&words(&[1, 0, 1])[..], &45_296_f64.to_le_bytes()].concat()),
        record(0x00E5, &words(&[1, 0, 1, 0, 0])),
    ];
    vec![
        ("xlsx", "xlsx", plain_xlsx()),
        ("xlsm", "xlsm", plain_xlsx()),
        ("ods", "fods", flat.into_bytes()),
        ("ods", "ods", ods("", &tables)),
        ("xlsb", "xlsb", xlsb(&binary, &["a"], &[[0, 1, 0, 0]])),
        ("xls", "xls", excel5(&old)),
    ]
}
