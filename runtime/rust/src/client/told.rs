//! A call as it is told to those who watch: the hooks of the program and, if the feature is on, `tracing`.

use std::time::Duration;

use tokio::time::Instant;

use super::Exchange;
use super::span::Span;
use crate::gate::Block;
use crate::{BlockInfo, CallEnd, CallInfo, Error, Observer, Outcome};

pub(super) struct Told<'e> {
    exchange: &'e Exchange,
    span: Span,
    attempt: u32,
    begun: Instant,
    waited: Duration,
    /// When the last block that was told of should be over.
    block: Option<Instant>,
    is_over: bool,
}

impl<'e> Told<'e> {
    pub(super) fn begin(exchange: &'e Exchange) -> Self {
        let span = Span::new(&exchange.method, exchange.access);
        let (begun, waited) = (Instant::now(), Duration::ZERO);
        let this = Self { exchange, span, attempt: 0, begun, waited, block: None, is_over: false };
        this.each(|observer, call| observer.before_call(call));
        this
    }

    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    pub(super) fn begun(&self) -> Instant {
        self.begun
    }

    pub(super) fn waiting(&self) {
        self.each(|observer, call| observer.waiting(call));
    }

    pub(super) fn has_waited(&mut self, since: Instant) {
        self.waited += since.elapsed();
    }

    pub(super) fn blocked(&mut self, block: &Block) {
        if self.block.replace(block.opens) == Some(block.opens) {
            return;
        }
        let retry_after = block.opens.saturating_duration_since(Instant::now());
        let block = BlockInfo { until: block.until.as_deref(), retry_after };
        self.each(|observer, call| observer.blocked(call, &block));
    }

    pub(super) fn sending(&mut self) {
        self.attempt += 1;
        self.each(|observer, call| observer.sending(call));
    }

    pub(super) fn retrying(&self, error: &Error, delay: Duration) {
        self.each(|observer, call| observer.retrying(call, error, delay));
    }

    pub(super) fn end(&mut self, result: Result<(), &Error>) {
        self.finish(result.map_or_else(Outcome::Failed, |()| Outcome::Answered));
    }

    fn finish(&mut self, outcome: Outcome<'_>) {
        self.is_over = true;
        let end = CallEnd { outcome, took: self.begun.elapsed(), waited: self.waited };
        self.each(|observer, call| observer.after_call(call, &end));
    }

    fn each(&self, tell: impl Fn(&dyn Observer, &CallInfo<'_>)) {
        let Exchange { shared, method, access, .. } = self.exchange;
        let call = CallInfo { method, access: *access, attempt: self.attempt };
        tell(&self.span, &call);
        for observer in &shared.observers {
            tell(&**observer, &call);
        }
    }
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.finish(Outcome::Dropped);
        }
    }
}
