//! Verdicts on small documents.
