//! One attempt of a call: waiting for its turn, sending it, and finding out what the answer is worth.

use std::future::pending;

use bytes::Bytes;
use tokio::time::{Instant, sleep_until};

use super::glance::{Glance, glance};
use super::told::Told;
use super::{Exchange, interpret};
use crate::gate::{Block, Pass};
use crate::race::{Either, at_once, race};
use crate::retry::Fault;
use crate::{Error, Extra, HttpRequest, HttpResponse, Permit, TransportError, TransportErrorKind as Kind};

/// What came of an attempt.
pub(super) enum Attempt {
    Answered(Bytes),
    /// It had no effect, since the token is blocked.
    Blocked,
    Failed {
        error: Error,
        fault: Fault,
        /// An answer that is no reply.
        body: Option<Bytes>,
    },
}

/// Why no attempt was made.
pub(super) enum Missed {
    /// Its turn did not come before the deadline.
    Late,
    Blocked(Box<Block>),
}

impl Exchange {
    pub(super) async fn attempt(&self, deadline: Instant, told: &mut Told<'_>) -> Result<Attempt, Missed> {
        let (pass, permit) = self.turn(deadline, told).await?;
        told.sending();
        let sent = self.shared.transport.send(self.request(deadline)).await;
        match sent {
            Ok(response) => {
                drop(permit);
                Ok(self.judge(response, pass))
            }
            Err(error) => {
                if error.kind().is_unsent() {
                    permit.give_back();
                }
                let fault = fault(error.kind());
                Ok(Attempt::Failed { error: self.unanswered(error), fault, body: None })
            }
        }
    }

    /// Waits until the token is not blocked and the limiter has a place.
    async fn turn(&self, deadline: Instant, told: &mut Told<'_>) -> Result<(Pass<'_>, Box<dyn Permit>), Missed> {
        let gate = &self.shared.account.gate;
        let patience = self.limits.retry.wait_out_blocks.then_some(deadline);
        loop {
            let since = Instant::now();
            let passed = gate.pass(patience, |block| told.blocked(block)).await;
            told.has_waited(since);
            let pass = passed.map_err(Missed::Blocked)?;
            let Some(permit) = self.permit(deadline, told, &pass).await? else { continue };
            if pass.is_probe() || gate.block().is_none() {
                return Ok((pass, permit));
            }
            permit.give_back();
        }
    }

    /// Waits for a place; `None` if the token was blocked meanwhile.
    async fn permit(
        &self,
        deadline: Instant,
        told: &mut Told<'_>,
        pass: &Pass<'_>,
    ) -> Result<Option<Box<dyn Permit>>, Missed> {
        let mut acquiring = self.shared.limiter.acquire();
        if let Some(permit) = at_once(&mut acquiring).await {
            return Ok(Some(permit));
        }
        told.waiting();
        let since = Instant::now();
        let blocked = async { if pass.is_probe() { pending().await } else { self.shared.account.gate.closed().await } };
        let got = race(acquiring, race(blocked, sleep_until(deadline))).await;
        told.has_waited(since);
        match got {
            Either::Left(permit) => Ok(Some(permit)),
            Either::Right(Either::Left(())) => Ok(None),
            Either::Right(Either::Right(())) => Err(Missed::Late),
        }
    }

    fn request(&self, deadline: Instant) -> HttpRequest {
        HttpRequest {
            uri: self.shared.endpoint.clone(),
            headers: self.shared.headers.clone(),
            body: self.form.clone(),
            timeout: self.limits.timeout.min(deadline.saturating_duration_since(Instant::now())),
            max_reply_bytes: self.shared.max_reply_bytes,
        }
    }

    fn judge(&self, HttpResponse { status, body }: HttpResponse, pass: Pass<'_>) -> Attempt {
        if status.is_success() && glance(&body) == Glance::Reply {
            pass.answered();
            return Attempt::Answered(body);
        }
        let error = match self.read::<Extra>(&body) {
            Err(Error::Blocked { code, message, until, .. }) => {
                let block = pass.refused(&code, &message, until.as_deref(), &self.shared.clock);
                self.shared.limiter.blocked(block.opens.saturating_duration_since(Instant::now()));
                return Attempt::Blocked;
            }
            Err(error @ Error::Api { .. }) => {
                pass.answered();
                return Attempt::Failed { error, fault: Fault::Lasting, body: None };
            }
            Ok(_) if status.is_success() => {
                pass.answered();
                return Attempt::Answered(body);
            }
            Err(error) if status.is_success() => {
                return Attempt::Failed { error, fault: Fault::Unclear, body: Some(body) };
            }
            _ => interpret::http_error(self, status, &body),
        };
        let fault = if status.is_server_error() { Fault::Unclear } else { Fault::Lasting };
        Attempt::Failed { error, fault, body: None }
    }

    fn unanswered(&self, mut error: TransportError) -> Error {
        if let Some(veiled) = self.shared.token.veil(error.what().as_bytes()) {
            error.set_what(String::from_utf8_lossy(&veiled).into_owned());
        }
        Error::Transport { method: self.method.clone(), source: error }
    }
}

/// What a call that got no answer may have done.
fn fault(kind: Kind) -> Fault {
    match kind {
        Kind::Connect => Fault::NotSent,
        Kind::Timeout | Kind::Closed | Kind::Other => Fault::Unclear,
        Kind::Tls | Kind::TooLarge => Fault::Lasting,
    }
}
