//! Small documents with posts in every form.
