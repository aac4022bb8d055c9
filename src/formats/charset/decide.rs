//! Which encoding texts are read with, and what speaks for which.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::plausible::plausibility;
use super::sniffer::Sniffer;
use super::{CP437, CP850, Charset};
use crate::table::{EncodingSource, TextCandidate, TextEvidence};

/// How many values are shown.
const SHOWN: usize = 3;

/// By how much another encoding of Western Europe must be likelier than what the detector says:
/// about three letters.
const MARGIN: i32 = 6;

/// An encoding that somebody names.
#[derive(Clone, Copy, Debug)]
pub(in crate::formats) struct Declared {
    pub by: EncodingSource,
    pub charset: Charset,
}

/// What was decided.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Decision {
    /// The encoding to read with.
    pub used: Charset,
    /// The one declared first, where the bytes speak against it.
    pub overruled: Option<Charset>,
    pub evidence: TextEvidence,
}

/// Who speaks for an encoding.
type Said = (Charset, Vec<EncodingSource>);

impl Sniffer {
    /// The encoding to read with: the one chosen, else the one declared first, unless the bytes
    /// speak against it, else what the bytes say.
    pub(in crate::formats) fn decide(
        &self,
        declared: &[Declared],
        chosen: Option<Charset>,
    ) -> Decision {
        let first = declared.first().map(|declared| declared.charset);
        let (found, source) = match declared.first() {
            // Nobody writes a mark by accident.
            Some(mark) if mark.by == EncodingSource::Mark => (mark.charset, None),
            _ => self.found(first),
        };
        let used = chosen.unwrap_or(found);
        let overruled = first.filter(|first| chosen.is_none() && *first != used);
        let mut said: Vec<Said> = vec![(used, Vec::new())];
        if chosen.is_some() {
            say(&mut said, used, EncodingSource::Chosen);
        }
        for Declared { by, charset } in declared {
            say(&mut said, *charset, *by);
        }
        if self.seen > 0 {
            let heard = said.clone();
            for (charset, source) in self.bytes_say(found, source, &heard) {
                say(&mut said, charset, source);
            }
        }
        let evidence = self.evidence(&said, chosen.is_none(), declared);
        Decision { used, overruled, evidence }
    }

    /// The encoding without anybody's choice, and what of the bytes speaks for it.
    fn found(&self, first: Option<Charset>) -> (Charset, Option<EncodingSource>) {
        let validity = || (Charset::UTF8, Some(EncodingSource::Validity));
        let letters = || (self.guess(), Some(EncodingSource::Letters));
        let Some(first) = first else {
            return match self.seen {
                0 => (Charset::UTF8, None),
                _ if self.is_mostly_utf8() => validity(),
                _ => letters(),
            };
        };
        if self.seen == 0 {
            return (first, None);
        }
        if first == Charset::UTF8 {
            // A few damaged texts among many good ones do not make another encoding.
            return if self.is_mostly_utf8() { validity() } else { letters() };
        }
        // Text of a single-byte encoding is next to never valid UTF-8 by accident, the other way
        // round always: so valid UTF-8 says more than a label. In East Asian encodings two-byte
        // characters do pass for UTF-8 now and then.
        if first.is_single_byte() && self.utf8 == self.seen {
            return validity();
        }
        (first, None)
    }

    /// What the bytes say beside those who have been heard.
    fn bytes_say(
        &self,
        found: Charset,
        source: Option<EncodingSource>,
        heard: &[Said],
    ) -> Vec<(Charset, EncodingSource)> {
        let mut says: Vec<_> = source.map(|source| (found, source)).into_iter().collect();
        if self.twice > 0 {
            says.push((Charset::Twice, EncodingSource::TwiceEncoded));
        }
        if self.utf8 == self.seen {
            if says.iter().all(|(charset, _)| *charset != Charset::UTF8) {
                says.push((Charset::UTF8, EncodingSource::Validity));
            }
            return says;
        }
        if self.is_mostly_utf8() && found == Charset::UTF8 {
            return says;
        }
        let score = |charset: Charset| plausibility(charset, self.invalid.iter());
        let guess = self.guess();
        // A detector always says something: it counts where it makes more of the texts.
        let of_found = score(found);
        let rivals = [guess, self.likeliest_western(guess).0];
        for rival in rivals {
            let is_new = says.iter().all(|(charset, _)| *charset != rival);
            let is_heard = heard.iter().any(|(charset, _)| *charset == rival);
            if is_new && (is_heard || (score(rival) > 0 && of_found < score(rival) / 2)) {
                says.push((rival, EncodingSource::Letters));
            }
        }
        says
    }

    fn is_mostly_utf8(&self) -> bool {
        let by_count = || self.utf8.saturating_mul(10) > self.seen.saturating_mul(9);
        self.is_utf8.unwrap_or_else(by_count)
    }

    /// What the bytes look like, where they are not UTF-8.
    fn guess(&self) -> Charset {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&self.first, true);
        let guess = Charset::Web(detector.guess(Some(b"be"), Utf8Detection::Deny));
        let (western, by) = self.likeliest_western(guess);
        if by > MARGIN { western } else { guess }
    }

    /// The likeliest of the encodings of Western Europe that the detector does not know, and by how
    /// much it is likelier than the one it says.
    fn likeliest_western(&self, guess: Charset) -> (Charset, i32) {
        if !guess.is_single_byte() {
            return (guess, 0);
        }
        let score = |charset: Charset| plausibility(charset, self.invalid.iter());
        let of_guess = score(guess);
        let others = [
            Charset::WINDOWS_1252,
            Charset::Dos("IBM850", CP850),
            Charset::Dos("IBM437", CP437),
            Charset::Web(encoding_rs::MACINTOSH),
        ];
        let mut best = (guess, 0);
        for other in others {
            let by = score(other) - of_guess;
            // What the detector says is unlikely by itself, too.
            if by > best.1 && of_guess < score(other) / 2 {
                best = (other, by);
            }
        }
        best
    }

    fn evidence(&self, said: &[Said], may_doubt: bool, declared: &[Declared]) -> TextEvidence {
        let samples = self.samples(said);
        let candidates: Vec<TextCandidate> = said
            .iter()
            .map(|(charset, by)| TextCandidate {
                encoding: charset.name(),
                said_by: by.clone(),
                values: samples.iter().map(|text| charset.read(text).0).collect(),
                is_damaged: self.kept().any(|text| charset.read(text).1),
            })
            .collect();
        let samples = samples.into_iter().map(Cow::into_owned).collect();
        let mut evidence =
            TextEvidence { candidates, samples, texts: self.seen, is_in_doubt: false };
        // The label is not overruled, and the bytes speak against all others: what old programs
        // put into a header is not worth a question.
        let first = declared.first().map(|declared| declared.charset);
        let used = said.first().map_or(Charset::UTF8, |(used, _)| *used);
        let is_settled = self.twice == 0
            && first.is_none_or(|first| first == used)
            && said.iter().skip(1).all(|(rival, by)| self.refutes(used, *rival, by));
        evidence.is_in_doubt = may_doubt && !is_settled && evidence.differs();
        evidence
    }

    /// Whether the bytes speak for an encoding and against another that only a header names.
    fn refutes(&self, used: Charset, rival: Charset, by: &[EncodingSource]) -> bool {
        if by.iter().any(|by| *by != EncodingSource::LanguageByte) {
            return false;
        }
        let is_valid = used == Charset::UTF8 && self.utf8 == self.seen;
        let score = |charset| plausibility(charset, self.kept());
        is_valid || (score(used) > 0 && score(rival) < 0)
    }

    /// The most telling values in which those who speak differ; where they do not, any.
    fn samples(&self, said: &[Said]) -> Vec<Cow<'_, [u8]>> {
        let differs = |text: &&[u8]| {
            let mut read = said.iter().map(|(charset, _)| charset.read(text).0);
            let first = read.next();
            read.any(|other| Some(other) != first)
        };
        let (telling, others): (Vec<&[u8]>, Vec<&[u8]>) = self.kept().partition(differs);
        let mut shown: Vec<Cow<'_, [u8]>> = Vec::new();
        for text in telling.into_iter().chain(others) {
            if shown.len() < SHOWN && !shown.iter().any(|known| **known == *text) {
                shown.push(Cow::Borrowed(text));
            }
        }
        shown
    }
}

fn say(said: &mut Vec<Said>, charset: Charset, source: EncodingSource) {
    match said.iter_mut().find(|(known, _)| *known == charset) {
        Some((_, by)) => by.push(source),
        None => said.push((charset, vec![source])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EncodingSource::{Cpg, LanguageByte, Letters, TwiceEncoded, Validity};

    fn decided(texts: &[&[u8]], declared: &[(EncodingSource, &str)]) -> Decision {
        let mut sniffer = Sniffer::default();
        texts.iter().for_each(|text| sniffer.look(text));
        let declared = declared.iter().filter_map(|(by, label)| {
            Some(Declared { by: *by, charset: Charset::by_label(label)? })
        });
        sniffer.decide(&declared.collect::<Vec<_>>(), None)
    }

    fn candidates(decision: &Decision) -> Vec<(&'static str, &[EncodingSource])> {
        let each = decision.evidence.candidates.iter();
        each.map(|candidate| (candidate.encoding, candidate.said_by.as_slice())).collect()
    }

    #[test]
    fn a_wrong_cpg_is_overruled_and_both_readings_are_kept() {
        let latin = [&b"Li\xe8ge"[..], b"Crois\xe9e", b"Br\xfbl\xe9", b"Gent"];
        let made = decided(&latin, &[(Cpg, "UTF-8")]);
        assert_eq!((made.used.name(), made.overruled), ("windows-1252", Some(Charset::UTF8)));
        assert_eq!(candidates(&made), [("windows-1252", &[Letters][..]), ("UTF-8", &[Cpg])]);
        let [used, other] = made.evidence.candidates.as_slice() else { panic!("two") };
        assert_eq!(used.values, ["Brûlé", "Liège", "Croisée"]);
        assert_eq!(other.values, ["Br\u{fffd}l\u{fffd}", "Li\u{fffd}ge", "Crois\u{fffd}e"]);
        assert_eq!((used.is_damaged, other.is_damaged), (false, true));
        assert!(made.evidence.is_in_doubt);
        assert_eq!((made.evidence.texts, made.evidence.samples.len()), (3, 3));
        // The person has decided: nobody doubts any more, and what others say is still known.
        let mut sniffer = Sniffer::default();
        latin.iter().for_each(|text| sniffer.look(text));
        let declared = [Declared { by: Cpg, charset: Charset::UTF8 }];
        let made = sniffer.decide(&declared, Some(Charset::WINDOWS_1252));
        assert!(!made.evidence.is_in_doubt && made.evidence.differs());
        assert_eq!(made.overruled, None);
    }

    #[test]
    fn valid_utf8_says_more_than_a_label_of_single_bytes() {
        let utf8 = ["Sint-Denijs-Westrem, één".as_bytes()];
        let made = decided(&utf8, &[(Cpg, "1252")]);
        assert_eq!((made.used, made.overruled), (Charset::UTF8, Some(Charset::WINDOWS_1252)));
        assert!(made.evidence.is_in_doubt);
        let made = decided(&utf8, &[]);
        assert_eq!(candidates(&made), [("UTF-8", &[Validity][..])]);
        assert!(!made.evidence.is_in_doubt);
        // The label and the bytes agree: the old header's byte raises no question.
        let made = decided(&utf8, &[(Cpg, "UTF-8"), (LanguageByte, "1252")]);
        assert_eq!(
            candidates(&made),
            [("UTF-8", &[Cpg, Validity][..]), ("windows-1252", &[LanguageByte])]
        );
        assert!(!made.evidence.is_in_doubt);
    }

    #[test]
    fn two_labels_that_differ_are_a_question() {
        let dos = [&b"Caf\x82"[..], b"Li\x8age", b"\x82\x82n"];
        let made = decided(&dos, &[(Cpg, "1252"), (LanguageByte, "850")]);
        assert_eq!(made.used.name(), "windows-1252");
        assert_eq!(
            candidates(&made),
            [("windows-1252", &[Cpg][..]), ("IBM850", &[LanguageByte, Letters])]
        );
        assert!(made.evidence.is_in_doubt);
        // Without labels the letters decide: the detector knows no code page of DOS.
        let made = decided(&dos, &[]);
        assert_eq!(made.used.name(), "IBM850");
        let plain = [&b"Gent"[..], b"Brugge"];
        let made = decided(&plain, &[(Cpg, "1252"), (LanguageByte, "850")]);
        assert!(!made.evidence.is_in_doubt && made.evidence.texts == 0);
    }

    #[test]
    fn a_header_that_the_bytes_refute_is_no_question() {
        let (gbk, _, _) = encoding_rs::GBK.encode("测试中文");
        let made = decided(&[&gbk], &[(Cpg, "936"), (LanguageByte, "437")]);
        assert_eq!(candidates(&made), [("GBK", &[Cpg, Letters][..]), ("IBM437", &[LanguageByte])]);
        assert!(!made.evidence.is_in_doubt && made.evidence.differs());
    }

    #[test]
    fn labels_that_read_the_same_are_none() {
        let latin = [&b"Li\xe8ge"[..], b"Crois\xe9e"];
        let made = decided(&latin, &[(Cpg, "ISO-8859-15"), (LanguageByte, "1252")]);
        assert_eq!(made.used.name(), "ISO-8859-15");
        assert!(!made.evidence.is_in_doubt);
    }

    #[test]
    fn chinese_called_western_is_a_question() {
        let (gbk, _, _) = encoding_rs::GBK.encode("北京市朝阳区建国路八十八号");
        let made = decided(&[&gbk, &gbk], &[(LanguageByte, "1252")]);
        assert_eq!(candidates(&made), [("windows-1252", &[LanguageByte][..]), ("GBK", &[Letters])]);
        assert!(made.evidence.is_in_doubt);
        let made = decided(&[&gbk], &[(Cpg, "936")]);
        assert_eq!(made.used.name(), "GBK");
        assert!(!made.evidence.is_in_doubt, "{:?}", candidates(&made));
    }

    #[test]
    fn texts_encoded_twice_are_a_question_with_the_repair() {
        let texts = ["Brugge", "BrÃ¼gge", "LiÃ¨ge"].map(str::as_bytes);
        let made = decided(&texts, &[(Cpg, "UTF-8")]);
        assert_eq!(made.used, Charset::UTF8);
        assert_eq!(
            candidates(&made),
            [("UTF-8", &[Cpg, Validity][..]), ("UTF-8-twice", &[TwiceEncoded])]
        );
        let values = made.evidence.candidates.get(1).map(|twice| twice.values.clone());
        assert_eq!(values.unwrap_or_default(), ["Liège", "Brügge", "Brugge"][..2].to_vec());
        assert!(made.evidence.is_in_doubt);
    }
}
