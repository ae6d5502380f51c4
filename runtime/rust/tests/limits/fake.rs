//! The API in memory, in the time of the test: it counts calls as the real one does, and answers as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use baselinker_runtime::http::StatusCode;
use baselinker_runtime::{
    BoxFuture, Client, ClientBuilder, HttpRequest, HttpResponse, Timestamp, Transport, TransportError,
    TransportErrorKind,
};
use tokio::time::{Instant, sleep};

use super::api::API;

pub const MINUTE: Duration = Duration::from_mins(1);

/// What comes back for a call.
#[derive(Debug, Clone)]
pub enum Answer {
    Body(u16, String),
    Fails(TransportErrorKind),
}

pub const OK: &str = r#"{"status":"SUCCESS"}"#;

pub fn body(text: &str) -> Answer {
    Answer::Body(200, text.to_owned())
}

/// A refusal because of too many calls, until so many seconds from now in a time zone two hours ahead of UTC.
pub fn blocked(seconds: i64) -> Answer {
    let until = utc(Timestamp::from(SystemTime::now()).0 + 2 * 3600 + seconds);
    let message = format!("Query limit exceeded, token blocked until {until}");
    body(&format!(r#"{{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN","error_message":"{message}"}}"#))
}

/// `YYYY-MM-DD HH:MM:SS`; the date does not matter.
fn utc(seconds: i64) -> String {
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("2026-04-20 {hour:02}:{minute:02}:{second:02}")
}

#[derive(Clone, Default)]
pub struct Fake {
    pub state: Arc<Mutex<State>>,
    /// How long a call is under way before the API counts it, and after.
    pub there: Duration,
    pub back: Duration,
    /// How many calls a minute it takes before it blocks the token for ten minutes.
    pub limit: Option<usize>,
}

#[derive(Default)]
pub struct State {
    answers: VecDeque<Answer>,
    /// When the API counted each call, and which method it was.
    calls: Vec<(Instant, String)>,
    blocked_until: Option<Instant>,
    refused: usize,
}

impl Fake {
    /// Answers with these, one after another, and well after that.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let this = Self::default();
        this.state.lock().expect("no panic").answers.extend(answers);
        this
    }

    pub fn builder(&self, token: &str) -> ClientBuilder {
        ClientBuilder::new(&API, token).transport(self.clone())
    }

    pub fn client(&self, token: &str) -> Client {
        self.builder(token).build().expect("sound settings")
    }

    pub fn times(&self) -> Vec<Instant> {
        self.state.lock().expect("no panic").calls.iter().map(|(time, _)| *time).collect()
    }

    pub fn methods(&self) -> Vec<String> {
        self.state.lock().expect("no panic").calls.iter().map(|(_, method)| method.clone()).collect()
    }

    pub fn count(&self) -> usize {
        self.times().len()
    }

    /// How many calls were refused because of too many.
    pub fn refused(&self) -> usize {
        self.state.lock().expect("no panic").refused
    }

    /// The most calls that any minute had.
    pub fn busiest_minute(&self) -> usize {
        let times = self.times();
        let in_minute =
            |start: &Instant| times.iter().filter(|time| **time >= *start && **time < *start + MINUTE).count();
        times.iter().map(in_minute).max().unwrap_or(0)
    }

    fn answer(&self, request: &HttpRequest) -> Answer {
        let mut form = form_urlencoded::parse(&request.body);
        let (_, method) = form.next().expect("every call has a method");
        let mut state = self.state.lock().expect("no panic");
        let now = Instant::now();
        state.calls.push((now, method.into_owned()));
        if let Some(refusal) = self.limit.and_then(|limit| state.refuse(now, limit)) {
            return refusal;
        }
        state.answers.pop_front().unwrap_or_else(|| body(OK))
    }
}

impl State {
    fn refuse(&mut self, now: Instant, limit: usize) -> Option<Answer> {
        let last_minute = self.calls.iter().rev().take_while(|(time, _)| *time + MINUTE > now).count();
        if self.blocked_until.is_none_or(|until| until <= now) {
            self.blocked_until = (last_minute > limit).then_some(now + 10 * MINUTE);
        }
        let left = self.blocked_until?.duration_since(now).as_secs();
        self.refused += 1;
        Some(blocked(left.try_into().expect("it is small")))
    }
}

impl Transport for Fake {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            sleep(self.there).await;
            let answer = self.answer(&request);
            sleep(self.back).await;
            match answer {
                Answer::Body(status, body) => {
                    let status = StatusCode::from_u16(status).expect("a status");
                    Ok(HttpResponse { status, body: body.into() })
                }
                Answer::Fails(kind) => Err(TransportError::new(kind, "it failed")),
            }
        })
    }
}
