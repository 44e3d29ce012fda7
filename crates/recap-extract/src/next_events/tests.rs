//! Announcements in every form.
