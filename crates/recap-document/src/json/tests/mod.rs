//! Tests of the shapes of JSON, on data that was made up for them.

mod events;
mod fediverse;
mod talks;
mod text;
mod twitter;

pub use crate::data::tests::{all, file, get, only};
