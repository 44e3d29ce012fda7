//! What a job tells while it runs.

/// A stage of a job; as a number, its place among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes are read or fetched.
    Fetch,
    /// Documents are read and recaps extracted.
    Extract,
    /// Results are stored.
    Store,
    /// Services are asked about addresses.
    LookUp,
    /// Recaps are merged and written.
    Merge,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Self; 5] = [Self::Fetch, Self::Extract, Self::Store, Self::LookUp, Self::Merge];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Extract => "extract",
            Self::Store => "store",
            Self::LookUp => "look up",
            Self::Merge => "merge",
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// So many things more are to be done by a stage.
    More(Stage, u64),
    /// So many sources more are to go through the stages before the merge.
    Planned(u64),
    /// A stage is done with one thing.
    Done(Stage),
    /// An input failed; the others go on.
    Failed {
        /// The stage that could not do its part.
        stage: Stage,
        /// The source's key.
        input: &'a str,
        /// What is wrong.
        message: &'a str,
        /// What to do about it.
        hint: Option<&'a str>,
    },
    /// Something that the user should know of an input.
    Note {
        /// The source's key.
        input: &'a str,
        /// What it is.
        message: &'a str,
        /// What to do about it.
        hint: Option<&'a str>,
    },
}

/// Hears what happens. It is called from many threads and must be quick.
pub trait Reporter: Send + Sync {
    /// Something happened.
    fn hear(&self, event: Event<'_>);
}

/// Hears and says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Reporter for Silent {
    fn hear(&self, _: Event<'_>) {}
}
