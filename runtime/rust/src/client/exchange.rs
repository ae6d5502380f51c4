//! A call under way: prepared once, sent as often as it takes, and answered. Every call passes through `run`, whatever
//! its method.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use form_urlencoded::Serializer;
use tokio::time::{Instant, sleep};

use super::attempt::{Attempt, Missed};
use super::told::Told;
use super::{Answer, Limits, Shared};
use crate::json::encode;
use crate::{Access, Encode, Error, Refusal};

/// A deadline that nobody lives to see, for those who ask for one that no clock can express.
const NEVER: Duration = Duration::from_hours(24 * 365 * 30);

/// What every form has, to take enough memory at once.
const FORM: &str = "method=&parameters=";

pub(super) struct Exchange {
    pub(super) shared: Arc<Shared>,
    pub(super) limits: Limits,
    pub(super) method: Cow<'static, str>,
    pub(super) access: Access,
    may_come_twice: bool,
    pub(super) form: Bytes,
}

/// Why there is no good answer. There may be a bad one all the same, and reading it says best what is wrong with it.
type Failed = (Error, Option<Bytes>);

impl Exchange {
    pub(super) fn new(
        shared: Arc<Shared>,
        limits: Limits,
        (method, access, idempotent): (Cow<'static, str>, Access, bool),
        params: &dyn Encode,
    ) -> Self {
        let parameters = encode(params);
        let length = FORM.len() + method.len() + parameters.len() * 2;
        let mut form = Serializer::new(String::with_capacity(length));
        form.append_pair("method", &method);
        form.append_pair("parameters", &parameters);
        let may_come_twice = limits.retry.repeat.allows(access, idempotent);
        Self { form: form.finish().into(), shared, limits, method, access, may_come_twice }
    }

    /// Makes the call, and gives the answer if it looks like one of the API.
    pub(super) async fn run(self) -> Result<Box<Answer>, Error> {
        let mut told = Told::begin(&self);
        let made = told.span().around(self.repeat(&mut told)).await;
        told.end(made.as_ref().map(|_| ()).map_err(|(error, _)| error));
        drop(told);
        let body = made.or_else(|(error, body)| body.ok_or(error))?;
        Ok(Box::new(Answer { exchange: self, body }))
    }

    /// Makes attempts until there is no reason for another one.
    async fn repeat(&self, told: &mut Told<'_>) -> Result<Bytes, Failed> {
        let policy = &self.limits.retry;
        let deadline = told.begun().checked_add(policy.deadline).unwrap_or_else(|| told.begun() + NEVER);
        let mut failures = 0;
        let mut last: Option<Failed> = None;
        loop {
            let (failed, fault) = match self.attempt(deadline, told).await {
                Ok(Attempt::Answered(body)) => return Ok(body),
                Ok(Attempt::Blocked) => continue,
                Ok(Attempt::Failed { error, fault, body }) => ((error, body), fault),
                Err(missed) => return Err(self.missed(missed, last)),
            };
            failures += 1;
            let delay = policy.delay(failures);
            let has_time = delay < deadline.saturating_duration_since(Instant::now());
            if failures >= policy.attempts || !has_time || !fault.allows_repeating(self.may_come_twice) {
                return Err(self.end(failed, last));
            }
            told.retrying(&failed.0, delay);
            last = Some(self.end(failed, last));
            let since = Instant::now();
            sleep(delay).await;
            told.has_waited(since);
        }
    }

    /// What becomes of a call whose turn does not come in time: its last failure, if it had one.
    fn missed(&self, missed: Missed, before: Option<Failed>) -> Failed {
        match missed {
            Missed::Blocked(block) => self.end((block.error(self.method.clone()), None), before),
            Missed::Late => before.unwrap_or_else(|| {
                let why = Refusal::Late(self.limits.retry.deadline);
                (Error::Refused { method: self.method.clone(), why }, None)
            }),
        }
    }

    /// The failure that a call ends with: the last one, unless that had no effect and one before it may have had.
    fn end(&self, failed: Failed, before: Option<Failed>) -> Failed {
        let hides = |before: &Failed| failed.0.is_without_effect() && !before.0.is_without_effect();
        match before {
            Some(before) if self.access != Access::Read && hides(&before) => before,
            _ => failed,
        }
    }
}
