//! Clock times at the start of a programme's line.

/// Length of `9:00`, `19：00〜19:20`, `10:00 - 10:30` at the start.
pub fn time_length(text: &str) -> Option<usize> {
    let first = clock(text)?;
    let rest = text[first..].trim_start();
    let gap = text.len() - first - rest.len();
    let dash = rest.chars().next().filter(|c| "-–—~〜～ー―".contains(*c));
    if let Some(dash) = dash {
        let after = rest[dash.len_utf8()..].trim_start();
        if let Some(second) = clock(after) {
            return Some(text.len() - after.len() + second);
        }
        return Some(first + gap + dash.len_utf8());
    }
    Some(first)
}

fn clock(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let colon = text[digits..].chars().next().filter(|c| matches!(c, ':' | '：'))?;
    let minutes = digits + colon.len_utf8();
    let two = text.get(minutes..minutes + 2)?;
    let more = text.as_bytes().get(minutes + 2).is_some_and(u8::is_ascii_digit);
    (two.bytes().all(|b| b.is_ascii_digit()) && !more).then_some(minutes + 2)
}
