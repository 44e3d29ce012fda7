//! Reading persons from pieces of text: names, handles, affiliations.

mod handle;
mod honoured;
mod known;
mod parse;
mod pieces;
mod roles;
mod score;
mod text;
mod within;

pub use handle::{at_handle, linked_handle};
pub use known::Known;
pub use parse::{people_in, whole_line};
pub use roles::{author, is_self, others};
pub use score::{Memo, is_affiliation, is_company, name_likeness};
pub use text::{joined, trim, with_honorific, without_honorific};
pub use within::{affiliation, company_before, halved};
