//! Small, context-free parsers for the text of a write-up.
//!
//! Everything here is a pure function of its arguments: no I/O, no clock, no state. Offsets are bytes
//! of the text that was passed; [`width::CodePoints`] turns them into the code points of public output.

pub mod dates;
pub mod entities;
pub mod names;
pub mod slug;
pub mod snowflake;
pub mod urls;
mod visible;
pub mod width;

pub use visible::visible;
