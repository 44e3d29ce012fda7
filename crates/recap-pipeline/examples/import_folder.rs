//! Imports a folder into a workspace by the libraries alone: `import_folder WORKSPACE FOLDER [RULES]`.
//!
//! Only the rules of the given file are used, if any. The test of kills runs this program.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use recap_pipeline::{Engine, Item, Job, Refused, Silent, Stop, walk};
use recap_rules::Rules;
use recap_store::{Store, Workspace};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workspace, folder, files @ ..] = arguments.as_slice() else { return Err("WORKSPACE FOLDER [RULES]".into()) };
    let mut rules = Rules::default();
    let texts = files.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    for (file, text) in files.iter().zip(&texts) {
        rules.add(file, text)?;
    }
    let workspace = Workspace::new(workspace);
    let _lock = workspace.lock()?;
    let job = Job {
        store: Store::open(&workspace).await?,
        engine: Arc::new(Engine::new(Some(rules), &texts)),
        fetcher: None,
        lookups: None,
        follow: None,
        decisions: Arc::default(),
        workers: 2,
        reporter: Arc::new(Silent),
        stop: Stop::never(),
        clock: Job::system_clock,
    };
    let refused = |error: recap_pipeline::WalkError| Refused::new(error.path().to_string_lossy(), "cannot be read", None);
    let files: Vec<_> = walk(Path::new(folder)).collect();
    job.import(files.into_iter().map(move |file| file.map(Item::file).map_err(&refused))).await?;
    job.store.close().await;
    Ok(())
}
