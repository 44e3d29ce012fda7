//! What other cells of a row say of its only speaker: the account and the company, each in a column of its own.

use recap_document::Span;
use recap_model::Role;

use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::finding::Found;
use crate::person::people_in;

/// Longest name of a company in a column of companies, in characters.
const MAX_COMPANY: usize = 40;

/// Gives the talk's only speaker the account that stands alone in one of the cells, and the company of its column.
pub fn complete(context: &Context<'_>, talk: &mut TalkDraft, cells: impl Iterator<Item = Span>, company: Option<Span>) {
    let [speaker] = talk.speakers.as_mut_slice() else { return };
    if speaker.handles.is_empty() {
        let accounts: Vec<_> = cells.filter_map(|cell| account(context, cell)).collect();
        if let [account] = accounts.as_slice() {
            speaker.handles.extend(account.iter().cloned());
        }
    }
    let company = company.filter(|cell| (1..=MAX_COMPANY).contains(&context.doc.slice(*cell).chars().count()));
    speaker.affiliation = speaker.affiliation.take().or_else(|| Some(Found::spoken(context.doc, company?, "person/affiliation", 0.9)));
}

/// The accounts of one person, where a cell has nothing else.
fn account(context: &Context<'_>, cell: Span) -> Option<Vec<Found<recap_model::Handle>>> {
    let [person] = people_in(context, cell, Role::Speaker, 0.9).try_into().ok()?;
    let bare = person.name.is_none() && !person.handles.is_empty();
    bare.then_some(person.handles)
}
