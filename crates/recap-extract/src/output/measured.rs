//! Confidences as measured: what rules say of themselves, held down to how often they were right.
//!
//! A link rule knows what an address is, not whose deck it is: the share that counts is that of the field. Only what is said in
//! the output changes; inside, rules keep their order of trust. `RECAP_FAMILIES=1 just eval` prints the figures.

/// Rules that are right less often than they say, and how often they were over all gold.
const RULES: &[(&str, f64)] = &[
    // 190 of 220 titles: headings of the author's own sections look the same.
    ("talk/heading", 0.86),
];

/// Fields that are right less often than the rules say, whatever the rule: begin and end of the pointer, and the share.
const FIELDS: &[(&str, &str, f64)] = &[
    // 110 of 132: the deck is one, the talk another.
    ("/talks/", "/slides/", 0.84),
    // 35 of 41: what is number or theme of a name and what is not.
    ("/event/series", "", 0.86),
    // 41 of 46.
    ("/event/attendance_mode", "", 0.88),
];

/// The confidence that a value deserves which a rule gave at a pointer.
pub fn confidence(pointer: &str, rule: &str, said: f64) -> f64 {
    let of_rule = RULES.iter().find(|(name, _)| *name == rule).map(|(_, share)| *share);
    let of_field =
        FIELDS.iter().find(|(begin, within, _)| pointer.starts_with(begin) && pointer.contains(within)).map(|(.., share)| *share);
    [of_rule, of_field].into_iter().flatten().fold(said, f64::min)
}

#[cfg(test)]
mod tests {
    use super::confidence;

    #[test]
    fn holds_down_and_never_up() {
        assert_eq!(confidence("/talks/0/title", "talk/heading", 0.92), 0.86);
        assert_eq!(confidence("/talks/0/title", "talk/heading", 0.5), 0.5);
        assert_eq!(confidence("/talks/3/slides/0", "speakerdeck/deck", 0.9), 0.84);
        assert_eq!(confidence("/links/0/url", "speakerdeck/deck", 0.9), 0.9);
    }
}
