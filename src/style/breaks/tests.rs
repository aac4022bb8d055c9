//! Against `mapclassify` (the results in `tests/data/breaks.json` name its version), and what must
//! hold for any numbers.

#![allow(clippy::cast_precision_loss, reason = "small numbers")]

use serde_json::Value;

use super::*;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../tests/data/breaks.json")).unwrap()
}

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn method_of(name: &str) -> Method {
    match name {
        "equal-interval" => Method::EqualInterval,
        "quantile" => Method::Quantile,
        "natural-breaks" => Method::NaturalBreaks,
        "pretty" => Method::Pretty,
        "standard-deviation" => Method::StandardDeviation,
        "head-tail" => Method::HeadTail,
        other => panic!("{other}"),
    }
}

fn found(numbers: &[f64], method: Method, count: usize) -> Vec<f64> {
    let breaks = breaks(numbers.iter().copied(), method, count, &Watch::unwatched());
    breaks.unwrap().unwrap_or_default()
}

/// The sum of squared deviations from the means of classes.
fn deviation(numbers: &[f64], breaks: &[f64]) -> f64 {
    let mut classes: Vec<Vec<f64>> = vec![Vec::new(); breaks.len()];
    for number in numbers {
        classes[class_of(breaks, *number).unwrap()].push(*number);
    }
    let squares = |class: &Vec<f64>| {
        let mean = class.iter().sum::<f64>() / class.len() as f64;
        class.iter().map(|number| (number - mean).powi(2)).sum::<f64>()
    };
    classes.iter().filter(|class| !class.is_empty()).map(squares).sum()
}

#[test]
fn the_breaks_are_those_of_mapclassify() {
    let mut compared = 0;
    for case in fixture()["cases"].as_array().unwrap() {
        let numbers = floats(&case["numbers"]);
        let high = numbers.iter().copied().fold(f64::MIN, f64::max);
        for result in case["results"].as_array().unwrap() {
            let method = method_of(result["method"].as_str().unwrap());
            let count = usize::try_from(result["k"].as_u64().unwrap()).unwrap();
            let theirs = floats(&result["bins"]);
            let ours = found(&numbers, method, count);
            let told = format!("{} {method:?} {count}: {ours:?} {theirs:?}", case["name"]);
            if method == Method::NaturalBreaks {
                // Where several cuts are equally good, any will do. Far from zero theirs lose the
                // digits by which the numbers differ, and are not the best.
                let is_far = case["name"] == "large";
                let (mine, known) = (deviation(&numbers, &ours), deviation(&numbers, &theirs));
                let near = (mine - known).abs() <= 1e-9 * known.max(1.0);
                assert!(near || (is_far && mine < known), "{mine} {known} {told}");
                compared += 1;
                continue;
            }
            // Breaks beyond the largest number cut nothing: Belfort has none, they keep some.
            let beyond = theirs.iter().filter(|at| **at < high).count() + 1;
            assert_eq!(ours.len(), beyond.min(theirs.len()), "{told}");
            for (mine, known) in ours.iter().zip(&theirs).take(beyond - 1) {
                assert!((mine - known).abs() <= 1e-9 * known.abs().max(1.0), "{told}");
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 98);
}

/// Numbers that look random.
fn numbers(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        state >> 33
    };
    (0..count)
        .map(|_| {
            let number = next() as f64 / 1e9;
            if seed.is_multiple_of(3) { number.floor() } else { number.powi(3) }
        })
        .collect()
}

#[test]
fn every_number_is_in_one_class_and_breaks_ascend() {
    for seed in 0..60 {
        let mut numbers = numbers(seed, 1 + usize::try_from(seed).unwrap() * 7);
        numbers.extend([f64::NAN, f64::INFINITY]);
        for method in Method::ALL {
            for count in [1, 2, 5, 9] {
                let breaks = found(&numbers, method, count);
                assert!(breaks.windows(2).all(|pair| pair[0] < pair[1]), "{breaks:?}");
                let finite = numbers.iter().filter(|number| number.is_finite());
                for number in finite.clone() {
                    let class = class_of(&breaks, *number).unwrap();
                    assert!(*number <= breaks[class]);
                    assert!(class == 0 || *number > breaks[class - 1]);
                }
                let counted: u64 = counts(&breaks, numbers.iter().copied()).iter().sum();
                assert_eq!(counted, finite.count() as u64);
                assert_eq!(class_of(&breaks, f64::NAN), None);
                if method.takes_count() && method != Method::Pretty {
                    assert!(breaks.len() <= count, "{method:?} {count} {breaks:?}");
                }
            }
        }
    }
}

#[test]
fn natural_breaks_are_the_best_of_all() {
    // All cuts of a few numbers, tried one by one.
    for seed in 0..40 {
        let numbers = numbers(seed, 9);
        let mut sorted = numbers.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        let Some((last, inner)) = sorted.split_last() else { continue };
        let mut best = f64::INFINITY;
        for (at, first) in inner.iter().enumerate() {
            for second in &inner[at + 1..] {
                best = best.min(deviation(&numbers, &[*first, *second, *last]));
            }
        }
        let ours = deviation(&numbers, &found(&numbers, Method::NaturalBreaks, 3));
        assert!(best.is_infinite() || ours <= best * (1.0 + 1e-9) + 1e-12, "{seed}: {ours} {best}");
    }
}

#[test]
fn odd_numbers_do_no_harm() {
    for method in Method::ALL {
        assert!(found(&[], method, 5).is_empty());
        assert!(found(&[f64::NAN, f64::NEG_INFINITY], method, 5).is_empty());
        assert_eq!(found(&[3.0; 10], method, 5), [3.0]);
        for numbers in
            [vec![f64::MIN, f64::MAX], vec![0.0, 5e-324], vec![-1e308, 0.0, 1e308, 1e308]]
        {
            let breaks = found(&numbers, method, 5);
            assert!(numbers.iter().all(|number| class_of(&breaks, *number).is_some()));
        }
    }
    let watch = Watch::unwatched();
    watch.cancel();
    assert!(breaks([1.0, 2.0], Method::NaturalBreaks, 2, &watch).is_err());
}
