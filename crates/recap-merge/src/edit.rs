//! Changes of a recap that keep its pointers and ids right.

use recap_model::{Conflict, Evidence, Recap};

/// Removes an item of a list with its evidence; what stands behind it moves up. References to it are the caller's.
pub fn remove(recap: &mut Recap, list: &str, index: usize) {
    match list {
        "talks" => drop(recap.talks.remove(index)),
        "people" => drop(recap.people.remove(index)),
        "posts" => drop(recap.posts.remove(index)),
        "questions" => drop(recap.questions.remove(index)),
        "next_events" => drop(recap.next_events.remove(index)),
        "links" => drop(recap.links.remove(index)),
        _ => return,
    }
    close(recap, &format!("/{list}"), index);
}

/// Moves the pointers of what stands behind a removed item up, and drops those of the item.
pub fn close(recap: &mut Recap, list: &str, index: usize) {
    let moved = |pointer: &str| moved_up(pointer, list, index);
    let evidence = std::mem::take(&mut recap.evidence);
    recap.evidence = evidence.into_iter().filter_map(|(pointer, all)| Some((moved(&pointer)?, all))).collect();
    let conflicts = std::mem::take(&mut recap.conflicts);
    recap.conflicts = conflicts.into_iter().filter_map(|c| Some(Conflict { pointer: moved(&c.pointer)?, ..c })).collect();
    let from = |evidence: &mut Evidence| evidence.from = evidence.from.iter().filter_map(|p| moved(p)).collect();
    recap.evidence.values_mut().flatten().for_each(from);
    recap.conflicts.iter_mut().flat_map(|c| &mut c.evidence).for_each(from);
}

/// Where a pointer leads after an item of a list is gone; none for the item itself.
fn moved_up(pointer: &str, list: &str, index: usize) -> Option<String> {
    let Some(rest) = pointer.strip_prefix(list).and_then(|rest| rest.strip_prefix('/')) else { return Some(pointer.to_owned()) };
    let (at, below) = rest.split_once('/').map_or((rest, None), |(at, below)| (at, Some(below)));
    let Ok(at) = at.parse::<usize>() else { return Some(pointer.to_owned()) };
    let below = below.map(|b| format!("/{b}")).unwrap_or_default();
    match at.cmp(&index) {
        std::cmp::Ordering::Less => Some(pointer.to_owned()),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("{list}/{}{below}", at - 1)),
    }
}

/// Removes a person and every reference to them.
pub fn remove_person(recap: &mut Recap, index: usize) {
    let id = recap.people[index].id.clone();
    for talk in 0..recap.talks.len() {
        let pointer = format!("/talks/{talk}/speakers");
        remove_value(recap, &pointer, &id, |r| &mut r.talks[talk].speakers);
    }
    for question in 0..recap.questions.len() {
        let pointer = format!("/questions/{question}/answered_by");
        remove_value(recap, &pointer, &id, |r| &mut r.questions[question].answered_by);
    }
    remove_value(recap, "/event/organizers", &id, |r| &mut r.event.organizers);
    remove_value(recap, "/event/sponsors", &id, |r| &mut r.event.sponsors);
    remove(recap, "people", index);
}

/// Removes a talk; questions to it stay without it.
pub fn remove_talk(recap: &mut Recap, index: usize) {
    let id = recap.talks[index].id.clone();
    for (i, question) in recap.questions.iter_mut().enumerate().filter(|(_, q)| q.talk.as_ref() == Some(&id)) {
        question.talk = None;
        recap.evidence.remove(&format!("/questions/{i}/talk"));
    }
    remove(recap, "talks", index);
}

fn remove_value(recap: &mut Recap, pointer: &str, value: &str, list: impl Fn(&mut Recap) -> &mut Vec<String>) {
    while let Some(at) = list(recap).iter().position(|v| v == value) {
        list(recap).remove(at);
        close(recap, pointer, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_move_up() {
        let moved = |pointer: &str| moved_up(pointer, "/talks", 1);
        assert_eq!(moved("/talks/0/title").as_deref(), Some("/talks/0/title"));
        assert_eq!(moved("/talks/1/title"), None);
        assert_eq!(moved("/talks/12").as_deref(), Some("/talks/11"));
        assert_eq!(moved("/event/name").as_deref(), Some("/event/name"));
    }
}
