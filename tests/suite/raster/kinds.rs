//! Every kind of samples becomes the colours it stands for.

use belfort::i18n::Language;

use super::make::{Tiff, Value, colour_at, open, placed};

const CORNER: [f64; 2] = [104_000.0, 194_000.0];

/// The middle of a pixel of 10 m.
fn pixel(column: u32, row: u32) -> [f64; 2] {
    [CORNER[0] + (f64::from(column) + 0.5) * 10.0, CORNER[1] - (f64::from(row) + 0.5) * 10.0]
}

/// The colours of the pixels of a row of an image.
fn colours(tiff: Tiff, count: u32) -> Vec<[u8; 4]> {
    let folder = tempfile::tempdir().unwrap();
    let placed = placed(&tiff.in_lambert72(CORNER, 10.0).write(folder.path(), "x.tif"));
    (0..count).map(|column| colour_at(&placed, pixel(column, 0))).collect()
}

#[test]
fn greys_and_their_inverse() {
    let data = vec![0, 100, 255, 7];
    let grey = |level| [level, level, level, 255];
    let tiff = Tiff::grey(4, 1, data);
    assert_eq!(colours(tiff.clone(), 4), [0, 100, 255, 7].map(grey));
    assert_eq!(colours(tiff.short(262, 0), 4), [255, 155, 0, 248].map(grey));
}

#[test]
fn few_bits() {
    let grey = |level| [level, level, level, 255];
    // 1, 0, 1, 1, 0, 0, 0, 1 and 1 in the next byte.
    let bits = Tiff::grey(9, 1, vec![0b1011_0001, 0b1000_0000]).short(258, 1);
    assert_eq!(colours(bits.clone(), 9), [255, 0, 255, 255, 0, 0, 0, 255, 255].map(grey));
    // The other order of bits in a byte.
    let reversed = Tiff::grey(9, 1, vec![0b1000_1101, 0b0000_0001]).short(258, 1).short(266, 2);
    assert_eq!(colours(reversed, 9), [255, 0, 255, 255, 0, 0, 0, 255, 255].map(grey));
    let nibbles = Tiff::grey(3, 1, vec![0x0f, 0x80]).short(258, 4);
    assert_eq!(colours(nibbles, 3), [0, 255, 136].map(grey));
}

#[test]
fn palettes() {
    let mut palette = vec![0_u16; 3 * 256];
    for (number, [red, green, blue]) in
        [(0, [10_u16, 20, 30]), (3, [200, 100, 50]), (255, [255; 3])]
    {
        palette[number] = red * 257;
        palette[256 + number] = green * 257;
        palette[512 + number] = blue * 257;
    }
    let tiff = Tiff::grey(4, 1, vec![0, 3, 255, 3])
        .short(262, 3)
        .tag(320, Value::Shorts(palette))
        .tag(42_113, Value::Text("255"));
    let seen = colours(tiff, 4);
    assert_eq!(seen, [[10, 20, 30, 255], [200, 100, 50, 255], [0; 4], [200, 100, 50, 255]]);
    // Two bits a number, and a palette of four colours.
    let small = Tiff::grey(4, 1, vec![0b0001_1011])
        .short(262, 3)
        .short(258, 2)
        .tag(320, Value::Shorts(vec![0, 1, 2, 3, 40, 50, 60, 70, 200, 210, 220, 230]));
    let wanted = [[0, 40, 200, 255], [1, 50, 210, 255], [2, 60, 220, 255], [3, 70, 230, 255]];
    assert_eq!(colours(small, 4), wanted);
}

#[test]
fn colours_with_alpha_and_more_bands() {
    let four =
        |data: Vec<u8>| Tiff::grey(2, 1, data).tag(258, Value::Shorts(vec![8; 4])).short(277, 4);
    let data = vec![200, 100, 50, 255, 40, 80, 120, 128];
    let rgba = four(data.clone()).short(262, 2).short(338, 2);
    assert_eq!(colours(rgba, 2), [[200, 100, 50, 255], [40, 80, 120, 128]]);
    // Colours that were multiplied by their opacity.
    let multiplied = four(data.clone()).short(262, 2).short(338, 1);
    assert_eq!(colours(multiplied, 2), [[200, 100, 50, 255], [80, 159, 239, 128]]);
    // A fourth band that nobody calls opacity, such as infrared.
    let bands = four(data).short(262, 1).tag(338, Value::Shorts(vec![0, 0, 0]));
    assert_eq!(colours(bands, 2), [[200, 100, 50, 255], [40, 80, 120, 255]]);
    let grey = Tiff::grey(2, 1, vec![9, 255, 90, 0])
        .tag(258, Value::Shorts(vec![8; 2]))
        .short(277, 2)
        .short(338, 2);
    assert_eq!(colours(grey, 2), [[9, 9, 9, 255], [0, 0, 0, 0]]);
    // Inks on paper, without their profile.
    let inks = four(vec![255, 0, 0, 0, 0, 0, 0, 255]).short(262, 5);
    assert_eq!(colours(inks, 2), [[0, 255, 255, 255], [0, 0, 0, 255]]);
}

#[test]
fn wide_samples_are_stretched_and_that_is_said() {
    let values: [u16; 4] = [1000, 1500, 2000, 0];
    let data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let tiff = Tiff::grey(4, 1, data).short(258, 16).tag(42_113, Value::Text("0"));
    let seen = colours(tiff.clone(), 4);
    assert_eq!(seen, [[0, 0, 0, 255], [128, 128, 128, 255], [255; 4], [0; 4]]);
    let folder = tempfile::tempdir().unwrap();
    let path = tiff.in_lambert72(CORNER, 10.0).write(folder.path(), "hoogte.tif");
    let notes = open(&path).unwrap().notes.clone();
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!(
        note.in_language(Language::Dutch),
        "De waarden van 1.000 tot 2.000 zijn uitgerekt van zwart tot wit"
    );

    let values = [f32::NAN, -2.0, 0.0, 3.0, -3.402_823_5e38];
    let data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let float = Tiff::grey(5, 1, data)
        .short(258, 32)
        .short(339, 3)
        .tag(42_113, Value::Text("-3.4028234663852886e+38"));
    let seen = colours(float, 5);
    assert_eq!(seen, [[0; 4], [0, 0, 0, 255], [102, 102, 102, 255], [255; 4], [0; 4]]);

    let values: [i16; 3] = [-100, 0, 100];
    let data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let signed = Tiff::grey(3, 1, data).short(258, 16).short(339, 2);
    let levels: Vec<u8> = colours(signed, 3).iter().map(|[grey, ..]| *grey).collect();
    assert_eq!(levels, [0, 128, 255]);
}

#[test]
fn colours_are_nothing_only_where_all_bands_say_so() {
    let data = vec![0, 0, 0, 0, 0, 9, 0, 0, 0];
    let tiff = Tiff::grey(3, 1, data)
        .tag(258, Value::Shorts(vec![8; 3]))
        .short(277, 3)
        .short(262, 2)
        .tag(42_113, Value::Text("0"));
    assert_eq!(colours(tiff, 3), [[0; 4], [0, 0, 9, 255], [0; 4]]);
}

#[test]
fn what_cannot_be_shown_is_refused_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let grey = Tiff::grey(4, 4, vec![0; 16]).in_lambert72(CORNER, 10.0);
    for (change, what) in [
        (grey.clone().short(259, 34_887), "raster-error-compression"),
        (grey.clone().short(259, 6), "raster-error-compression"),
        (grey.clone().short(258, 12), "raster-error-bits"),
        (grey.clone().short(258, 32).short(339, 6), "raster-error-complex"),
        (grey.clone().short(262, 8), "raster-error-colours"),
        (grey.clone().short(262, 2), "raster-error-samples"),
        (grey.clone().short(262, 3), "raster-error-palette"),
        (grey.clone().tag(258, Value::Shorts(vec![8, 16])).short(277, 2), "raster-error-mixed"),
        (grey.clone().tag(256, Value::Longs(vec![0])), "raster-error-size"),
        (grey.clone().tag(273, Value::Longs(vec![])), "raster-error-block-list"),
    ] {
        let path = change.write(folder.path(), "x.tif");
        let error = open(&path).unwrap_err();
        assert_eq!(error.what.id, what);
        assert_eq!(error.path, path);
        let has_remedy = error.remedy.is_some();
        assert!(
            has_remedy || ["palette", "size", "list"].iter().any(|end| what.ends_with(end)),
            "{what}"
        );
    }
}
