//! Accounts that stand where one was to be filled in: they are nobody's.

use recap_model::{Handle, Person};

/// What templates of event pages and slides have in the place of an account, in lower case.
const BLANKS: &[&str] = &["todo", "tbd", "tba", "fixme", "username", "user_name", "yourname", "your_name", "yourhandle", "your_handle"];

/// The accounts of a person that may be somebody's.
pub fn accounts(person: &Person) -> impl Iterator<Item = &Handle> {
    person.handles.iter().filter(|h| !is_blank(&h.handle))
}

/// Whether an account was never filled in.
pub fn is_blank(handle: &str) -> bool {
    BLANKS.iter().any(|blank| handle.eq_ignore_ascii_case(blank))
}
