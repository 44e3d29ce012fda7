//! Tests of the whole program. Each module says what it holds.

mod cli;
mod contract;
mod hostile;
mod quality;
mod rule_use;
mod smoke;
mod support;
mod tidy;
mod workspace;
