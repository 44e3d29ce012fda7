//! Questions in every form.
