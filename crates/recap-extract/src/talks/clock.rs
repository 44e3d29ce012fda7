//! Clock times at the start of a programme's line, in the notations that people use.

/// Length of `9:00`, `19：00〜19:20`, `10:00 - 10:30`, `6:30pm`, `7 – 8 pm`, `19h30`, `18.30 Uhr` at the start.
pub fn time_length(text: &str) -> Option<usize> {
    let first = clock(text).or_else(|| shared_half(text))?;
    let (rest, dash) = dashed(text, first);
    match dash {
        Some(after) => Some(clock(&text[after..]).map_or(rest, |second| after + second)),
        None => Some(first),
    }
}

/// Whether a text is nothing but a time or a range of times.
pub fn is_time(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['(', '[', '~', '〜', '～']);
    let rest = || time_length(text).and_then(|length| text.get(length..));
    text.len() <= 32 && rest().is_some_and(|rest| !rest.contains(char::is_alphanumeric))
}

/// Where a dash behind a place ends, and where the text behind it begins.
fn dashed(text: &str, at: usize) -> (usize, Option<usize>) {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    let Some(dash) = rest.chars().next().filter(|c| "-–—~〜～ー―".contains(*c)) else { return (at, None) };
    let end = start + dash.len_utf8();
    let after = text[end..].trim_start();
    (end, Some(text.len() - after.len()))
}

/// The first of two hours that share their half of the day: `6-8pm`.
fn shared_half(text: &str) -> Option<usize> {
    let digits = hour(text)?;
    let (_, after) = dashed(text, digits);
    let rest = text.get(after?..)?;
    clock(rest).filter(|&length| !rest[..length].ends_with(|c: char| c.is_ascii_digit()))?;
    Some(digits)
}

/// Length of an hour's digits.
fn hour(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let hour: u8 = text.get(..digits)?.parse().ok()?;
    ((1..=2).contains(&digits) && hour <= 24).then_some(digits)
}

/// Length of one time.
fn clock(text: &str) -> Option<usize> {
    let digits = hour(text)?;
    let mark = text[digits..].chars().next().filter(|c| matches!(c, ':' | '：' | '.' | 'h' | 'H' | '時'));
    let minutes = mark.and_then(|mark| {
        let at = digits + mark.len_utf8();
        let two = text.get(at..at + 2).filter(|two| two.bytes().all(|b| b.is_ascii_digit()) && *two < "60")?;
        let goes_on = text[at + two.len()..].starts_with(|c: char| c.is_ascii_digit() || (mark == '.' && matches!(c, '.' | '-')));
        (!goes_on).then_some((mark, at + two.len()))
    });
    let end = minutes.map_or(digits, |(_, end)| end);
    let half = half_of_day(&text[end..]).map(|length| end + length);
    match minutes {
        // A point also stands in numbers of versions and chapters: `1.10`.
        Some(('.', end)) => half.or((digits == 2).then_some(end)),
        Some((_, end)) => Some(half.unwrap_or(end)),
        None => {
            half.or_else(|| text[digits..].starts_with('時').then(|| digits + '時'.len_utf8()).filter(|&at| !text[at..].starts_with('間')))
        }
    }
}

/// Length of `pm`, ` p.m.`, ` Uhr` at the start.
fn half_of_day(text: &str) -> Option<usize> {
    const WORDS: &[&str] = &["a.m.", "p.m.", "am", "pm", "uhr"];
    let rest = text.strip_prefix(' ').unwrap_or(text);
    let word = WORDS.iter().find(|w| rest.get(..w.len()).is_some_and(|head| head.eq_ignore_ascii_case(w)))?;
    (!rest[word.len()..].starts_with(char::is_alphanumeric)).then_some(text.len() - rest.len() + word.len())
}

#[cfg(test)]
mod tests {
    use super::{is_time, time_length};

    #[test]
    fn times() {
        for text in [
            "9:00",
            "19：00〜19:20",
            "10:00 - 10:30",
            "6:30pm",
            "6:30 PM",
            "7pm",
            "7 p.m.",
            "7 – 8 pm",
            "6-7:30pm",
            "19h30",
            "18.30",
            "18.30 Uhr",
            "19 Uhr",
            "7.30pm",
            "19時",
            "19時30",
            "18:00 –",
        ] {
            assert_eq!(time_length(text), Some(text.len()), "{text}");
            assert!(is_time(text), "{text}");
        }
        assert_eq!(time_length("6:30pm - Doors open"), Some("6:30pm -".len()));
        assert_eq!(time_length("18:00 Doors open"), Some("18:00".len()));
    }

    #[test]
    fn others() {
        for text in [
            "3 moss talks",
            "1.10 moss",
            "2.0 released",
            "10.12.2014",
            "3h workshop",
            "3時間",
            "24 hours",
            "7 pmx",
            "99:10",
            "12:99",
            "5 - 6 talks",
            "2 amps",
        ] {
            assert_eq!(time_length(text), None, "{text}");
        }
        assert!(!is_time("18:00 Doors open"));
    }
}
