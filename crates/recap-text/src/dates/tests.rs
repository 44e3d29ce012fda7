//! One line of a table: a text and the dates in it, each as `value[..until] span`.

mod adversarial;
mod english;
mod fields;
mod japanese;
mod numbers;

use super::*;

/// A Saturday.
const REFERENCE: jiff::civil::Date = jiff::civil::date(2020, 6, 20);

/// The dates of a text as `value span` or `value..until span`.
fn dates(text: &str) -> Vec<String> {
    dates_in(text, None)
}

fn dates_in(text: &str, lang: Option<&str>) -> Vec<String> {
    let cx = DateContext { reference: Some(REFERENCE), lang };
    find_dates(text, &cx)
        .iter()
        .map(|d| {
            let until = d.until.as_ref().map(|u| format!("..{u}")).unwrap_or_default();
            let span = text.get(d.start..d.end).unwrap_or("?");
            let conflict = if d.weekday_conflict { " !" } else { "" };
            format!("{}{until} {span}{conflict}", d.value)
        })
        .collect()
}

/// Checks rows of a text and the one date in it, its value and span; an empty value means none.
fn check(rows: &[(&str, &str, &str)]) {
    for (text, value, span) in rows {
        let expected = if value.is_empty() { Vec::new() } else { vec![format!("{value} {span}")] };
        assert_eq!(dates(text), expected, "{text}");
    }
}
