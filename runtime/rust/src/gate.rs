//! The gate before a token: closed for all callers while the API blocks it. When a block should be over, one call goes
//! as a probe and the others wait for what becomes of it.

mod hint;

use std::borrow::Cow;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::race::{Either, race};
use crate::{Error, ErrorCode};

pub(crate) use hint::BlockClock;

pub(crate) struct Gate {
    state: watch::Sender<Option<Block>>,
}

/// What is known of a block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    /// The time in the message.
    pub(crate) until: Option<String>,
    /// When the next call may be tried.
    pub(crate) opens: Instant,
    /// How many probes in a row were refused.
    refused: u32,
    is_probed: bool,
}

/// Leave to pass the gate, for one call.
pub(crate) struct Pass<'g> {
    gate: &'g Gate,
    is_probe: bool,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self { state: watch::Sender::new(None) }
    }

    /// The block, if the token is blocked.
    pub(crate) fn block(&self) -> Option<Block> {
        self.state.borrow().clone()
    }

    /// Waits until the token is blocked.
    pub(crate) async fn closed(&self) {
        let mut state = self.state.subscribe();
        // It cannot fail: the sender is here.
        let _ = state.wait_for(Option::is_some).await;
    }

    /// Waits until a call may be sent; gives the block if that is not before the deadline. Without a deadline it never
    /// waits.
    pub(crate) async fn pass(
        &self,
        deadline: Option<Instant>,
        mut blocked: impl FnMut(&Block),
    ) -> Result<Pass<'_>, Box<Block>> {
        loop {
            let mut state = self.state.subscribe();
            let Some(block) = state.borrow_and_update().clone() else {
                return Ok(Pass { gate: self, is_probe: false });
            };
            if self.begin_probe() {
                return Ok(Pass { gate: self, is_probe: true });
            }
            blocked(&block);
            let Some(deadline) = deadline.filter(|deadline| block.opens <= *deadline) else {
                return Err(Box::new(block));
            };
            let is_waiting_for_time = block.opens > Instant::now();
            let wake = if is_waiting_for_time { block.opens } else { deadline };
            if matches!(race(state.changed(), sleep_until(wake)).await, Either::Right(())) && !is_waiting_for_time {
                return Err(Box::new(block));
            }
        }
    }

    /// Becomes the probe, unless another call is, or was just refused.
    fn begin_probe(&self) -> bool {
        self.state.send_if_modified(|state| match state {
            Some(block) if block.opens <= Instant::now() => !std::mem::replace(&mut block.is_probed, true),
            _ => false,
        })
    }

    fn end_probe(&self) {
        self.state.send_if_modified(|state| {
            state.as_mut().is_some_and(|block| std::mem::replace(&mut block.is_probed, false))
        });
    }
}

impl Pass<'_> {
    pub(crate) fn is_probe(&self) -> bool {
        self.is_probe
    }

    /// The API answered something else than that the token is blocked.
    pub(crate) fn answered(mut self) {
        // Only a probe was sent after the block began; what others hear may be older.
        if std::mem::take(&mut self.is_probe) {
            self.gate.state.send_replace(None);
        }
    }

    /// The API answered that the token is blocked. Gives the block.
    pub(crate) fn refused(mut self, code: &ErrorCode, message: &str, until: Option<&str>, clock: &BlockClock) -> Block {
        let was_probe = std::mem::take(&mut self.is_probe);
        let mut closed = None;
        self.gate.state.send_modify(|state| {
            let before = state.as_ref();
            let refused = before.map_or(0, |block| block.refused + u32::from(was_probe));
            let opens = Instant::now() + clock.wait(until, refused);
            // Calls that were under way when the block began hear of it one after the other.
            let opens = before.filter(|_| !was_probe).map_or(opens, |block| block.opens.max(opens));
            let is_probed = !was_probe && before.is_some_and(|block| block.is_probed);
            let until = until.map(str::to_owned);
            let block = Block { code: code.clone(), message: message.to_owned(), until, opens, refused, is_probed };
            closed = Some(block.clone());
            *state = Some(block);
        });
        closed.expect("it was just set")
    }
}

/// A probe that came to nothing leaves it to the next one.
impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.is_probe {
            self.gate.end_probe();
        }
    }
}

impl Block {
    pub(crate) fn error(&self, method: Cow<'static, str>) -> Error {
        Error::Blocked {
            method,
            code: self.code.clone(),
            message: self.message.clone(),
            until: self.until.clone(),
            retry_after: self.opens.saturating_duration_since(Instant::now()),
        }
    }
}
