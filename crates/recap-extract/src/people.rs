//! Who is who within one document: mentions that share a handle or a name are one person.

use std::collections::HashMap;

use recap_document::Span;
use recap_model::{Handle, Role};
use recap_text::names::fold;

use crate::finding::{Found, Mention, Proof};

/// A person as the document's mentions give them.
#[derive(Debug, Clone, Default)]
pub struct PersonDraft {
    /// Spellings of the name; the first is the preferred one.
    pub names: Vec<Found<String>>,
    /// Accounts, the first one given first.
    pub handles: Vec<Found<Handle>>,
    /// As written.
    pub affiliation: Option<Found<String>>,
    /// Parts in the event, each with the place that gives it.
    pub roles: Vec<(Role, Proof)>,
    /// Start of the first mention.
    pub first: usize,
}

/// The persons of a document.
#[derive(Debug, Default)]
pub struct Registry {
    /// In the order in which they were added.
    pub people: Vec<PersonDraft>,
    by_handle: HashMap<(String, String), usize>,
    /// Folded handle on any network, for those who are named by it.
    by_account: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    /// Folded family and given names.
    by_part: HashMap<String, Vec<usize>>,
}

impl Registry {
    /// Adds a mention; gives the person's index.
    pub fn add(&mut self, mention: &Mention, proof: Proof) -> usize {
        let index = self.known(mention).unwrap_or_else(|| {
            self.people.push(PersonDraft { first: usize::MAX, ..PersonDraft::default() });
            self.people.len() - 1
        });
        self.merge(index, mention, proof);
        index
    }

    /// The person that a mention means, if that is beyond doubt.
    pub fn known(&self, mention: &Mention) -> Option<usize> {
        let by_handle = mention.handles.iter().find_map(|h| self.by_handle.get(&key(&h.value)).copied());
        by_handle.or_else(|| self.by_name(mention)).or_else(|| self.by_account(mention))
    }

    /// A name that is somebody's handle, or a handle that is somebody's name.
    fn by_account(&self, mention: &Mention) -> Option<usize> {
        let long = |folded: &String| folded.chars().count() >= 3;
        let named = mention.name.as_ref().map(|n| fold(&n.value)).filter(long).and_then(|n| self.by_account.get(&n).copied());
        let called = || {
            mention
                .handles
                .iter()
                .map(|h| fold(&h.value.handle))
                .filter(long)
                .find_map(|h| self.by_name.get(&h).and_then(|all| all.first().copied()))
        };
        named.or_else(called).filter(|&i| self.may_be(i, mention))
    }

    fn by_name(&self, mention: &Mention) -> Option<usize> {
        let name = mention.name.as_ref()?;
        let folded = fold(&name.value);
        let exact = self.by_name.get(&folded).into_iter().flatten().copied().find(|&i| self.may_be(i, mention));
        exact.or_else(|| self.by_part(&name.value, mention))
    }

    /// A family or given name alone means the one person whose full name has it.
    fn by_part(&self, name: &str, mention: &Mention) -> Option<usize> {
        let mut fitting = self.by_part.get(&fold(name)).into_iter().flatten().filter(|&&i| self.may_be(i, mention));
        let found = *fitting.next()?;
        fitting.next().is_none().then_some(found)
    }

    /// Two accounts on one network are two persons.
    fn may_be(&self, index: usize, mention: &Mention) -> bool {
        let person = &self.people[index];
        !mention.handles.iter().any(|new| {
            let (platform, handle) = key(&new.value);
            let mut same_network = person.handles.iter().map(|old| key(&old.value)).filter(|(p, _)| *p == platform).peekable();
            same_network.peek().is_some() && !same_network.any(|(_, h)| h == handle)
        })
    }

    fn merge(&mut self, index: usize, mention: &Mention, proof: Proof) {
        for handle in &mention.handles {
            let key = key(&handle.value);
            self.by_handle.entry(key.clone()).or_insert(index);
            self.by_account.entry(fold(&handle.value.handle)).or_insert(index);
            match self.people[index].handles.iter_mut().find(|h| self::key(&h.value) == key) {
                Some(known) => known.proofs.extend(handle.proofs.iter().cloned()),
                None => self.people[index].handles.push(handle.clone()),
            }
        }
        if let Some(name) = &mention.name {
            self.add_name(index, name);
        }
        if let Some(given) = &mention.affiliation {
            let own = &self.people[index];
            let nickname = own.handles.iter().any(|h| is_nickname(&given.value, &h.value.handle));
            if nickname && !own.names.is_empty() {
                self.add_name(index, given);
            } else if own.affiliation.is_none() {
                self.people[index].affiliation = Some(given.clone());
            }
        }
        let person = &mut self.people[index];
        if !person.roles.iter().any(|(role, _)| *role == mention.role) {
            person.roles.push((mention.role, proof));
        }
        person.first = person.first.min(mention.span.start);
    }

    fn add_name(&mut self, index: usize, name: &Found<String>) {
        let folded = fold(&name.value);
        let list = self.by_name.entry(folded.clone()).or_default();
        if !list.contains(&index) {
            list.push(index);
        }
        let person = &mut self.people[index];
        match person.names.iter_mut().find(|known| fold(&known.value) == folded) {
            Some(known) => known.proofs.extend(name.proofs.iter().cloned()),
            None => {
                person.names.push(name.clone());
                for part in parts(&name.value) {
                    let list = self.by_part.entry(part).or_default();
                    if !list.contains(&index) {
                        list.push(index);
                    }
                }
            }
        }
    }
}

/// Whether a word in small letters is the account's name or what that begins with: `森田光 (mori, @moritan)` has no company.
fn is_nickname(word: &str, handle: &str) -> bool {
    let plain = word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let rest = handle.get(..word.len()).filter(|begin| begin.eq_ignore_ascii_case(word)).map(|_| &handle[word.len()..]);
    plain && rest.is_some_and(|rest| !rest.starts_with('_'))
}

/// The folded parts of a full name that may stand for it: its words, or what may be the family name of one without a space.
fn parts(full: &str) -> Vec<String> {
    const BREAKS: &[char] = &[' ', '\u{3000}', '・', '(', '（'];
    if full.contains(BREAKS) {
        return full.split(BREAKS).map(fold).filter(|word| word.chars().count() >= 2).collect();
    }
    let han = |c: char| matches!(c, '々' | '\u{3400}'..='\u{9fff}');
    let cuts: Vec<usize> = full.char_indices().map(|(at, _)| at).collect();
    let whole = full.chars().all(han) && (3..=6).contains(&cuts.len());
    let family = |&length: &usize| length < cuts.len() && cuts.len() - length <= 3;
    if whole { (2..=3).filter(family).map(|length| fold(&full[..cuts[length]])).collect() } else { Vec::new() }
}

/// Network and folded handle; `x` is `twitter`.
fn key(handle: &Handle) -> (String, String) {
    let platform = if handle.platform == "x" { "twitter" } else { handle.platform.as_str() };
    (platform.to_owned(), handle.handle.to_lowercase())
}

/// The best proof of a mention: its name's, else its first handle's.
pub fn proof_of(mention: &Mention) -> Proof {
    let name = mention.name.as_ref().and_then(|n| n.proofs.first());
    let handle = mention.handles.first().and_then(|h| h.proofs.first());
    name.or(handle).cloned().unwrap_or_else(|| Proof::text(Span::default(), "person/unnamed", recap_model::Method::Derived, 0.0))
}

#[cfg(test)]
mod tests {
    use super::is_nickname;

    #[test]
    fn a_nickname_is_what_the_account_begins_with() {
        for (word, handle, expected) in [
            ("moritan", "moritan", true),
            ("mori", "moritan", true),
            ("mori", "MoriTan", true),
            ("kumo", "kumo_mori", false),
            ("Kumo", "kumomori", false),
            ("mo", "mori", false),
            ("mori", "もりたん", false),
        ] {
            assert_eq!(is_nickname(word, handle), expected, "{word} {handle}");
        }
    }
}
