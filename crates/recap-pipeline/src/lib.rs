//! From sources to stored recaps: stages over bounded channels, so that a slow one holds back those before it.
//!
//! plan → read or fetch → document and extract → store → look up → merge → files. What happens is told as events; nothing is printed.

mod archive;
mod changes;
mod collections;
mod dispatch;
mod error;
mod event;
mod extract;
mod intake;
mod job;
mod light;
mod lone;
mod lookup;
mod merge;
mod outcome;
mod parse;
mod pool;
mod schedule;
mod source;
mod stop;
mod walk;
mod warc;
mod writer;

pub use archive::{ArchiveError, Archived, archive};
pub use changes::{Change, Facts, RecapChange, between, facts};
pub use collections::lines;
pub use error::PipelineError;
pub use event::{Event, Reporter, Silent, Stage};
pub use extract::Engine;
pub use job::{Clock, Job};
pub use lookup::{Lookups, Providers};
pub use outcome::Summary;
pub use source::{Item, Origin, Refused};
pub use stop::{Stop, Stopper};
pub use walk::{WalkError, is_known, walk};
pub use warc::{is_warc, pages};
