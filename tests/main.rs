//! Tests of the whole program. Each module says what it holds.

mod cli;
mod contract;
mod hostile;
mod quality;
mod reading;
mod rule_use;
#[expect(dead_code, reason = "the tests of recap-fetch use the rest")]
mod site;
mod smoke;
mod support;
mod tidy;
mod workspace;
