//! The scanner beside other parsers, and its errors.

use super::*;

/// `serde_json` is the oracle: what it takes, the scanner takes, with the same strings and
/// numbers, and the other way round.
#[test]
fn agrees_with_another_parser() {
    let texts = [
        "0",
        "-0",
        "1.5e3",
        "1E-2",
        "12345678901234567890123",
        "0.1",
        "9007199254740993",
        "1.",
        ".5",
        "01",
        "-",
        "+1",
        "1e",
        "true",
        "falsey",
        "null",
        "nul",
        "\"a\"",
        "\"a",
        "\"\\n\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "[]",
        "[1,2]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{}",
        "{\"a\":1}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{\"a\":[{\"b\":{}}]}",
        "[[[[]]]]",
        "[}",
        "",
        " ",
        "[1]]",
        "\u{e9}",
        "3.722687541234567",
        "-51.052587503",
        "123456789012345678",
        "1e400",
    ];
    for text in texts {
        let theirs = serde_json::from_str::<serde_json::Value>(text);
        let mut scanner = Scanner::new(text);
        let ours = scanner.skip().and_then(|raw| scanner.end().map(|()| raw));
        if text == "1e400" || text == "\"\\x\"" || text == "\"\\u12g4\"" {
            // Infinite there, an error; and passing over a string does not look at escapes.
            continue;
        }
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{text}");
        let Ok(theirs) = theirs else { continue };
        match Scanner::new(text).scalar() {
            Ok(Scalar::Number(number)) => {
                assert_eq!(theirs.as_f64(), Some(number.value()), "{text}");
            }
            Ok(Scalar::Text(text)) => assert_eq!(theirs.as_str(), Some(&*text)),
            _ => {}
        }
    }
    for bad in ["\"\\x\"", "\"\\u12g4\"", "\"\\u+123\""] {
        assert!(Scanner::new(bad).string().is_err(), "{bad}");
    }
    assert_eq!(Scanner::new("\"\\ud83dx\"").string().as_deref(), Ok("\u{FFFD}x"));
}

#[test]
fn nesting_as_deep_as_the_file_is_long_is_passed_over() {
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(Scanner::new(&deep).skip().map(str::len), Ok(deep.len()));
    assert!(Scanner::new(&"{\"a\":".repeat(100_000)).skip().is_err());
}

#[test]
fn short_decimals_are_rounded_right() {
    // A fixed walk through many decimals; `str::parse` is the oracle.
    let mut state = 7_u64;
    for _ in 0..20_000 {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let digits = (state >> 11).to_string();
        let point = usize::try_from(state % 16).unwrap_or(0).min(digits.len() - 1).max(1);
        let text = format!("{}.{}", &digits[..point], &digits[point..]);
        let number = JsonNumber { text: &text, whole: false };
        assert_eq!(text.parse(), Ok(number.value()), "{text}");
    }
}

#[test]
fn a_decimal_is_the_nearest_number_and_ends_where_a_number_ends() {
    let odd = [
        "0",
        "-0",
        "-0.0",
        "1.",
        "1.]",
        ".5",
        "01",
        "-01.5",
        "1e5",
        "1.5e-3",
        "1E400",
        "-",
        "1.2.3",
        "123456789012345",
        "1234567890123456",
        "12345678901234567890",
        "0.000000000000001",
        "0.12345678901234567",
        "3.72268754,51",
        "51.05258750]",
        "9007199254740993",
    ];
    let mut texts: Vec<String> = odd.iter().map(|text| (*text).to_owned()).collect();
    let mut state = 7_u64;
    for _ in 0..4000 {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let digits = (state >> 8).to_string();
        let length = usize::try_from(state % 18).unwrap_or(0).clamp(2, digits.len());
        let point = usize::try_from(state / 18 % 17).unwrap_or(0).clamp(1, length - 1);
        texts.push(format!("{}.{}", &digits[..point], &digits[point..length]));
    }
    for text in texts {
        let (mut quick, mut plain) = (Scanner::new(&text), Scanner::new(&text));
        let expected = plain.number().map(|number| number.text.parse::<f64>());
        let found = quick.decimal();
        assert_eq!(quick.at(), plain.at(), "{text}");
        match expected {
            Ok(number) => {
                assert_eq!(found.map(f64::to_bits), Ok(number.unwrap().to_bits()), "{text}");
            }
            Err(error) => assert_eq!(found, Err(error), "{text}"),
        }
    }
}

#[test]
fn pairs_and_keys_are_taken_whole_or_not_at_all() {
    let pair = |text: &str| {
        let mut scanner = Scanner::new(text);
        (scanner.pair(), scanner.at())
    };
    assert_eq!(pair("[3.5,-51.25],"), (Some([3.5, -51.25]), 12));
    assert_eq!(pair("[3.5, 51]"), (Some([3.5, 51.0]), 9));
    for other in ["[3.5,51", "[3.5,51,7]", "[ 3.5,51]", "[3.5]", "3.5,51]", "[1e3,2]", "[,2]"] {
        assert_eq!(pair(other), (None, 0), "{other}");
    }
    let key = |text: &str, mut first: bool| {
        let mut scanner = Scanner::new(text);
        (scanner.takes_key("\"ab\":", &mut first), scanner.at(), first)
    };
    assert_eq!(key("\"ab\":1", true), (true, 5, false));
    assert_eq!(key(", \"ab\":1", false), (true, 7, false));
    for (other, first) in
        [("\"ab\":1", false), (",\"ab\":1", true), ("\"abc\":1", true), ("}", true)]
    {
        assert_eq!(key(other, first), (false, 0, first), "{other}");
    }
}

#[test]
fn strings_of_every_length_end_at_their_quote() {
    for length in 0..90 {
        for mark in 0..length {
            let plain: String = (0..length).map(|at| if at % 3 == 0 { 'é' } else { 'x' }).collect();
            let mut escaped = plain.clone();
            let at = escaped.char_indices().nth(mark).map_or(0, |(at, _)| at);
            escaped.insert_str(at, "\\\"");
            for text in [plain, escaped] {
                let quoted = format!("\"{text}\"\"");
                let mut scanner = Scanner::new(&quoted);
                let expected: String = serde_json::from_str(&format!("\"{text}\"")).unwrap();
                assert_eq!(scanner.string().unwrap(), expected);
                assert_eq!(scanner.at(), text.len() + 2);
            }
        }
    }
}

#[test]
fn white_space_between_parts_is_left_out() {
    assert_eq!(compact(" { \"a b\" : [ 1 , \"\\\" \t\" ] } "), "{\"a b\":[1,\"\\\" \\u0009\"]}");
}
