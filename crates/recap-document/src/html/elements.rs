//! What the names of elements mean to the tree.

use std::borrow::Cow;

/// Elements that later tags close by themselves.
pub const CLOSABLE: [&str; 12] = ["p", "li", "a", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot"];

/// What its name makes an element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traits {
    /// It has no content.
    pub void: bool,
    /// It runs with the text and neither ends a paragraph nor starts a block.
    pub inline: bool,
    /// No end tag reaches beyond it, those of tables apart.
    pub scope: bool,
    /// A part of a table.
    pub table_part: bool,
    /// Its place in [`CLOSABLE`].
    pub closable: Option<usize>,
}

impl Traits {
    /// Whether it is a paragraph.
    pub fn paragraph(self) -> bool {
        self.closable == Some(0)
    }
}

const VOID: u8 = 1;
const INLINE: u8 = 2;
const SCOPE: u8 = 4;
const TABLE_PART: u8 = 8;

/// Elements by name, in alphabetical order, with their traits and their place in [`CLOSABLE`].
static ELEMENTS: [(&str, u8, Option<usize>); 133] = [
    ("a", INLINE, Some(2)),
    ("abbr", INLINE, None),
    ("acronym", INLINE, None),
    ("address", 0, None),
    ("area", VOID, None),
    ("article", 0, None),
    ("aside", 0, None),
    ("audio", INLINE, None),
    ("b", INLINE, None),
    ("base", VOID, None),
    ("bdi", INLINE, None),
    ("bdo", INLINE, None),
    ("big", INLINE, None),
    ("blockquote", 0, None),
    ("body", 0, None),
    ("br", VOID, None),
    ("button", INLINE, None),
    ("canvas", INLINE, None),
    ("caption", SCOPE | TABLE_PART, None),
    ("center", 0, None),
    ("circle", 0, None),
    ("cite", INLINE, None),
    ("code", INLINE, None),
    ("col", VOID, None),
    ("colgroup", 0, None),
    ("data", INLINE, None),
    ("datalist", 0, None),
    ("dd", 0, Some(7)),
    ("del", INLINE, None),
    ("details", 0, None),
    ("dfn", INLINE, None),
    ("div", 0, None),
    ("dl", 0, None),
    ("dt", 0, Some(6)),
    ("ellipse", 0, None),
    ("em", INLINE, None),
    ("embed", VOID, None),
    ("fieldset", 0, None),
    ("figcaption", 0, None),
    ("figure", 0, None),
    ("font", INLINE, None),
    ("footer", 0, None),
    ("form", 0, None),
    ("g", 0, None),
    ("h1", 0, None),
    ("h2", 0, None),
    ("h3", 0, None),
    ("h4", 0, None),
    ("h5", 0, None),
    ("h6", 0, None),
    ("head", 0, None),
    ("header", 0, None),
    ("hgroup", 0, None),
    ("hr", VOID, None),
    ("html", 0, None),
    ("i", INLINE, None),
    ("iframe", INLINE, None),
    ("image", 0, None),
    ("img", VOID, None),
    ("input", VOID, None),
    ("ins", INLINE, None),
    ("kbd", INLINE, None),
    ("label", INLINE, None),
    ("legend", 0, None),
    ("li", 0, Some(1)),
    ("line", 0, None),
    ("link", VOID, None),
    ("main", 0, None),
    ("map", INLINE, None),
    ("mark", INLINE, None),
    ("math", 0, None),
    ("menu", 0, None),
    ("meta", VOID, None),
    ("nav", 0, None),
    ("nobr", INLINE, None),
    ("noembed", 0, None),
    ("noframes", 0, None),
    ("noscript", INLINE, None),
    ("object", INLINE, None),
    ("ol", 0, None),
    ("optgroup", 0, None),
    ("option", 0, Some(8)),
    ("p", 0, Some(0)),
    ("param", VOID, None),
    ("path", 0, None),
    ("picture", INLINE, None),
    ("polygon", 0, None),
    ("polyline", 0, None),
    ("pre", 0, None),
    ("q", INLINE, None),
    ("rb", INLINE, None),
    ("recap-break", INLINE, None),
    ("recap-embed", INLINE, None),
    ("rect", 0, None),
    ("rp", INLINE, None),
    ("rt", INLINE, None),
    ("rtc", INLINE, None),
    ("ruby", INLINE, None),
    ("s", INLINE, None),
    ("samp", INLINE, None),
    ("script", INLINE, None),
    ("section", 0, None),
    ("select", INLINE, None),
    ("small", INLINE, None),
    ("source", VOID, None),
    ("span", INLINE, None),
    ("strike", INLINE, None),
    ("strong", INLINE, None),
    ("style", INLINE, None),
    ("sub", INLINE, None),
    ("summary", 0, None),
    ("sup", INLINE, None),
    ("svg", INLINE, None),
    ("table", SCOPE | TABLE_PART, None),
    ("tbody", TABLE_PART, Some(9)),
    ("td", SCOPE | TABLE_PART, Some(3)),
    ("template", INLINE, None),
    ("textarea", INLINE, None),
    ("tfoot", TABLE_PART, Some(11)),
    ("th", SCOPE | TABLE_PART, Some(4)),
    ("thead", TABLE_PART, Some(10)),
    ("time", INLINE, None),
    ("title", INLINE, None),
    ("tr", TABLE_PART, Some(5)),
    ("track", VOID, None),
    ("tt", INLINE, None),
    ("u", INLINE, None),
    ("ul", 0, None),
    ("use", 0, None),
    ("var", INLINE, None),
    ("video", INLINE, None),
    ("wbr", VOID, None),
    ("xmp", 0, None),
];

/// Where the names of each first letter begin in [`ELEMENTS`].
static LETTERS: [u8; 27] = letters();

const fn letters() -> [u8; 27] {
    let mut starts = [0; 27];
    let (mut letter, mut at) = (0, 0);
    while letter < 27 {
        while at < ELEMENTS.len() && ELEMENTS[at].0.as_bytes()[0] < b'a' + letter as u8 {
            at += 1;
        }
        starts[letter] = at as u8;
        letter += 1;
    }
    starts
}

/// The name without memory of its own, where it is a known one, and what it means.
pub fn known(name: &str) -> (Cow<'static, str>, Traits) {
    match find(name) {
        Some((known, flags, closable)) => {
            let has = |flag: u8| flags & flag != 0;
            let traits = Traits { void: has(VOID), inline: has(INLINE), scope: has(SCOPE), table_part: has(TABLE_PART), closable };
            (Cow::Borrowed(known), traits)
        }
        None => (Cow::Owned(name.to_owned()), Traits::default()),
    }
}

fn find(name: &str) -> Option<(&'static str, u8, Option<usize>)> {
    let letter = usize::from(name.bytes().next()?.checked_sub(b'a').filter(|l| *l < 26)?);
    let (from, to) = (usize::from(LETTERS[letter]), usize::from(LETTERS[letter + 1]));
    ELEMENTS[from..to].iter().find(|(known, ..)| *known == name).copied()
}

/// The place of an element in [`CLOSABLE`].
pub fn closable(name: &str) -> Option<usize> {
    find(name)?.2
}

/// Elements without content.
pub fn is_void(name: &str) -> bool {
    find(name).is_some_and(|(_, flags, _)| flags & VOID != 0)
}

/// Elements that run with the text.
pub fn is_inline(name: &str) -> bool {
    find(name).is_some_and(|(_, flags, _)| flags & INLINE != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, ..)| name));
        for (name, flags, closable) in ELEMENTS {
            assert_eq!(find(name), Some((name, flags, closable)));
            assert_eq!(closable, CLOSABLE.iter().position(|c| *c == name));
        }
        for other in ["", "zz", "h7", "-", "é", "A", "x-card"] {
            assert_eq!(find(other), None);
        }
        assert!(known("p").1.paragraph());
    }
}
