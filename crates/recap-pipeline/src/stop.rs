//! Stopping early: what is in hand is finished and stored, nothing new is begun.

use tokio::sync::watch;

/// Asks a job to stop.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// Whether the job was asked to stop.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stopper {
    /// The two ends.
    pub fn new() -> (Self, Stop) {
        let (send, receive) = watch::channel(false);
        (Self(send), Stop(receive))
    }

    /// Asks to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// One that is never asked.
    pub fn never() -> Self {
        Stopper::new().1
    }

    /// Whether it was asked.
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is asked; for ever, where nobody can ask any more.
    pub async fn asked(&mut self) {
        if self.0.wait_for(|asked| *asked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
