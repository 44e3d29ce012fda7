//! The recap JSON contract (`schema_version` "1") as serde types.
//!
//! Field order here is the key order of the output. Positions in public output count Unicode code points.
//! Nothing in this crate does I/O, knows a clock, or knows where a value was found other than by [`Evidence`].

mod evidence;
mod lookup;
mod recap;

pub use evidence::{Conflict, Evidence, EvidenceMap, Issue, Method};
pub use lookup::{Lookup, LookupKind, LookupStatus};
pub use recap::{
    Answer, AttendanceMode, Author, Event, Handle, Link, LinkKind, NextEvent, Person, Post, PostStatus, Precision, Recap, Role, Section,
    Source, SourceKind, Talk, TalkKind, Venue,
};

/// The version of the recap JSON that this crate writes.
pub const SCHEMA_VERSION: &str = "1";

/// The JSON Schema (2020-12) of a recap.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Recap).to_value()
}
