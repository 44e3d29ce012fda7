//! The event of small documents.
