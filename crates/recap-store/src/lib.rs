//! A workspace folder: captures, the journal, what they gave, and the recaps as files.
//!
//! One SQLite file holds captures and journal, so a result and the state that says it is there are stored in one
//! transaction: state is never ahead of results. Recaps are files, made to be kept in git; a file is entered before it
//! is written and everything about it is settled after, so a run that is killed leaves nothing that the next one does
//! not put right.

mod captures;
mod components;
mod error;
mod export;
mod files;
mod journal;
mod lookups;
mod recaps;
mod results;
mod store;
mod workspace;

pub use captures::{Usage, pack, sha256, unpack};
pub use components::Component;
pub use error::StoreError;
pub use export::database;
pub use files::{remove as remove_file, write as write_file, write_by as write_file_by};
pub use journal::{Answer, Counts, Kind, Source, State};
pub use lookups::{Lookup, Wanted};
pub use recaps::{Entry, Written};
pub use results::{Extracted, Member, Previous};
pub use store::{Batch, Store};
pub use workspace::{Lock, Workspace};
