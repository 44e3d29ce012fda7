//! The events of many recaps, found without holding these: each is shown once, and what is kept of it is small.

use std::collections::BTreeMap;

use recap_model::Recap;

use crate::decisions::Decisions;
use crate::identity::{self, Profiles, decided_pairs};
use crate::ids::{self, Wanted};
use crate::parts::{self, Key};
use crate::{apply_suppress, combine};

/// What is kept of recaps of single sources.
#[derive(Default)]
pub struct Outlines {
    profiles: Profiles,
    /// Of each recap, by what it is sorted and what it is called.
    heads: Vec<(Key, Box<str>)>,
}

/// One of the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The recaps that tell of it, by the order in which they were shown.
    pub recaps: Vec<usize>,
    /// Its id among all of them.
    pub id: String,
    /// The ids that lead to it.
    pub redirects: Vec<String>,
}

impl Outlines {
    /// Shows the next recap, which is of a single source.
    pub fn add(&mut self, mut recap: Recap, decisions: &Decisions) {
        apply_suppress(&mut recap, &decisions.suppress);
        self.profiles.add(&recap);
        self.heads.push((Key::of(&recap), recap.id.into()));
    }

    /// The events and how many pairs of recaps wait for a decision: what [`crate::merge`] makes of the recaps, without their
    /// contents. `read` gives recaps again, by the order in which they were shown; only those are read that share an event.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn events<E>(self, decisions: &Decisions, read: impl FnMut(&[usize]) -> Result<Vec<Recap>, E>) -> Result<(Vec<Named>, usize), E> {
        let Self { mut profiles, heads } = self;
        let (places, of_place) = places(&heads);
        profiles.order(&places);
        let sources = heads.iter().zip(&places).map(|((key, _), &place)| ((&*key.source).into(), place));
        let identity::Clusters { groups, doubtful } = identity::clusters(profiles, &decided_pairs(sources, &decisions.events));
        let groups =
            groups.into_iter().map(|group| group.into_iter().flat_map(|place| of_place[place].iter().copied()).collect()).collect();
        Ok((named(groups, &heads, decisions, read)?, doubtful.len()))
    }
}

/// Where each recap stands in the order of parts, and which recaps stand at each place: those of the same bytes are one.
fn places(heads: &[(Key, Box<str>)]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut order: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    heads.iter().enumerate().for_each(|(i, (key, _))| order.entry(key).or_default().push(i));
    let of_place: Vec<Vec<usize>> = order.into_values().collect();
    let mut places = vec![0; heads.len()];
    of_place.iter().enumerate().for_each(|(place, all)| all.iter().for_each(|&i| places[i] = place));
    (places, of_place)
}

/// Gives events their ids.
fn named<E>(
    groups: Vec<Vec<usize>>,
    heads: &[(Key, Box<str>)],
    decisions: &Decisions,
    mut read: impl FnMut(&[usize]) -> Result<Vec<Recap>, E>,
) -> Result<Vec<Named>, E> {
    let mut wanted = Vec::new();
    for group in &groups {
        wanted.push(match group.as_slice() {
            [lone] => Wanted::lone(&heads[*lone].0, &heads[*lone].1, decisions),
            several => Wanted::of(&united(read(several)?, decisions), decisions),
        });
    }
    let named = |(recaps, (id, redirects)): (Vec<usize>, _)| Named { recaps, id, redirects };
    Ok(groups.into_iter().zip(ids::given(&wanted)).map(named).collect())
}

/// The recap of an event from all that tell of it.
fn united(recaps: Vec<Recap>, decisions: &Decisions) -> Recap {
    let mut parts = parts::all(recaps);
    parts.iter_mut().for_each(|part| apply_suppress(part, &decisions.suppress));
    combine::combine(&parts.iter().collect::<Vec<_>>(), &decisions.people)
}
