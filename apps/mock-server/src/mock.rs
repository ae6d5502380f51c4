//! The way of a call through the mock: form, token, limit, fault, method, parameters, shop or example, quirks, log.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::calls::{Call, Calls};
use crate::check;
use crate::dice::Dice;
use crate::documented;
use crate::faults::{Fault, Faults};
use crate::limit::{Limiter, block_message};
use crate::params::Params;
use crate::php;
use crate::quirks;
use crate::record::{Recorder, Replay};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::settings::Settings;
use crate::shop::Shop;
use crate::spec::api;
use crate::upstream::Proxy;

/// Longer than anybody waits.
const FOREVER: Duration = Duration::from_hours(24 * 365);
const BLOCKED: &str = "ERROR_BLOCKED_TOKEN";

/// A mock without its network.
#[derive(Debug)]
pub(crate) struct Mock {
    pub(crate) settings: Settings,
    /// What answers in place of this mock.
    pub(crate) proxy: Option<Proxy>,
    state: Mutex<State>,
    /// Rings with every call.
    came: Condvar,
}

/// All that changes while a mock runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    pub(crate) shop: Shop,
    pub(crate) quirks: u8,
    pub(crate) silence: Option<Silence>,
    quirk_dice: Dice,
    recorder: Option<Recorder>,
    replay: Option<Replay>,
}

/// From which call on no answer goes out, and whether that call is done all the same.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Silence {
    pub(crate) from: u64,
    pub(crate) done: bool,
}

/// What goes out, and when.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) html: bool,
    pub(crate) body: String,
    pub(crate) delay: Duration,
    pub(crate) ending: Ending,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) enum Ending {
    #[default]
    Whole,
    Truncated,
    Dropped,
}

impl Mock {
    pub(crate) fn new(settings: Settings) -> std::io::Result<Self> {
        let faults =
            Faults { queued: [].into(), odds: settings.odds.clone(), dice: Dice::new(settings.seed.rotate_left(17)) };
        let state = State {
            limiter: Limiter::new(settings.calls_per_minute, settings.block_seconds),
            faults,
            calls: Calls::new(settings.keep_calls),
            shop: Shop::new(&settings.shop, settings.seed, settings.clock.now()),
            quirks: settings.quirks,
            silence: None,
            quirk_dice: Dice::new(settings.seed),
            recorder: settings.record.as_deref().map(Recorder::open).transpose()?,
            replay: settings.replay.as_deref().map(Replay::open).transpose()?,
        };
        let proxy = settings.upstream.clone().map(Proxy::new).transpose()?;
        Ok(Self { settings, proxy, state: Mutex::new(state), came: Condvar::new() })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until so many calls came; no longer than this.
    pub(crate) fn wait_for_call(&self, number: u64, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        let mut state = self.lock();
        while state.calls.number() < number {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self.came.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Answers a call, or, while the mock is silent, waits for the caller to give up.
    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let mut state = self.lock();
        let silent = state.silence.filter(|silence| state.calls.number() + 1 >= silence.from);
        let mut call = Call {
            at_ms: self.settings.clock.now_ms(),
            token: request.token.clone(),
            method: request.method.clone(),
            ..Call::default()
        };
        let is_lost = silent.is_some_and(|silence| !silence.done);
        let mut answer = match self.admit(&mut state, request, call.at_ms) {
            Ok(_) if is_lost => Answer::default(),
            Ok(fault) => self.admitted(&mut state, request, fault.as_ref(), &mut call),
            Err(refusal) => refused(&refusal, &mut call),
        };
        if silent.is_some() {
            answer.delay = FOREVER;
        }
        if let Some(recorder) = &mut state.recorder {
            recorder.add(&call, serde_json::from_str(&answer.body).ok());
        }
        state.calls.add(call);
        self.came.notify_all();
        answer
    }

    /// Records and remembers a call that somebody else answered, but not its token.
    pub(crate) fn passed_on(&self, mut call: Call, reply: Option<&Value>) {
        let mut state = self.lock();
        if let Some(recorder) = &mut state.recorder {
            recorder.add(&call, reply.cloned());
        }
        call.token.clear();
        state.calls.add(call);
        self.came.notify_all();
    }

    /// The gate: a form, a token that is known and not blocked. Says what is to go wrong with a call that it lets in.
    fn admit(&self, state: &mut State, request: &Request, now: u64) -> Result<Option<Fault>, Refusal> {
        if !request.form {
            return Err(Refusal::known("ERROR_UNKNOWN_METHOD"));
        }
        if request.token.is_empty() {
            return Err(Refusal::known("ERROR_EMPTY_TOKEN"));
        }
        if !self.settings.tokens.is_empty() && !self.settings.tokens.contains(&request.token) {
            return Err(Refusal::known("ERROR_BAD_TOKEN"));
        }
        state.limiter.enter(&request.token, now).map_err(|until| self.blocked(until))?;
        match &request.fault {
            Some(Ok(fault)) => Ok(Some(fault.clone())),
            Some(Err(why)) => Err(Refusal::new("ERROR_MOCK_FAULT", why.as_str())),
            None => Ok(state.faults.next()),
        }
    }

    fn blocked(&self, until: u64) -> Refusal {
        let message = block_message(api().message(BLOCKED), until, &self.settings.zone);
        Refusal::new(BLOCKED, message)
    }

    fn admitted(&self, state: &mut State, request: &Request, fault: Option<&Fault>, call: &mut Call) -> Answer {
        call.fault = fault.map(ToString::to_string);
        match fault {
            Some(Fault::Html) => return page(200),
            Some(Fault::Status(status)) => return page(*status),
            Some(Fault::Drop) => return Answer { ending: Ending::Dropped, ..Answer::default() },
            Some(Fault::Error(code)) => return refused(&Refusal::known(code), call),
            Some(Fault::Block) => {
                let until = state.limiter.block(&request.token, call.at_ms);
                return refused(&self.blocked(until), call);
            }
            _ => {}
        }
        let level = match fault {
            Some(Fault::Quirks(level)) => *level,
            _ => state.quirks,
        };
        let answer = match self.execute(state, request, level, call) {
            Ok(reply) => Answer { status: 200, body: php::encode(&Value::Object(reply)), ..Answer::default() },
            Err(refusal) => refused(&refusal, call),
        };
        damaged(answer, fault)
    }

    /// Does the call and gives its reply.
    fn execute(
        &self,
        state: &mut State,
        request: &Request,
        level: u8,
        call: &mut Call,
    ) -> Result<Map<String, Value>, Refusal> {
        if request.method.is_empty() {
            return Err(Refusal::known("ERROR_EMPTY_METHOD"));
        }
        let method = api().methods.get(&request.method).ok_or_else(|| Refusal::known("ERROR_UNKNOWN_METHOD"))?;
        let params =
            Params::read(request.parameters.as_deref()).ok_or_else(|| Refusal::known("ERROR_PARSE_JSON_PARAMETERS"))?;
        call.parameters.clone_from(&params.0);
        if self.settings.strict {
            call.findings = check::strict(api(), method, &params.0);
            if !call.findings.is_empty() {
                return Err(Refusal::new("ERROR_MOCK_STRICT", call.findings.join("; ")));
            }
        }
        check::always(method, &params.0)?;
        if let Some(reply) = state.replay.as_mut().and_then(|replay| replay.answer(&request.method, &params)) {
            return Ok(reply);
        }
        let now = i64::try_from(call.at_ms / 1000).unwrap_or_default();
        let reply = state.shop.call(&request.method, &params, now);
        let mut reply = reply.unwrap_or_else(|| Ok(method.example.reply.clone()))?;
        call.executed = true;
        documented::keep(&method.reply, &params, &mut reply);
        quirks::bend(api(), &method.reply, &mut reply, level, &mut state.quirk_dice);
        reply.insert("status".to_owned(), Value::from("SUCCESS"));
        Ok(reply)
    }
}

fn refused(refusal: &Refusal, call: &mut Call) -> Answer {
    call.error_code = Some(refusal.code.clone());
    Answer { status: 200, body: php::encode(&refusal.envelope()), ..Answer::default() }
}

fn page(status: u16) -> Answer {
    let body = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1><hr>nginx</body></html>\n");
    Answer { status, html: true, body, ..Answer::default() }
}

/// What becomes of an answer on its way.
fn damaged(mut answer: Answer, fault: Option<&Fault>) -> Answer {
    match fault {
        Some(Fault::Empty) => answer.body.clear(),
        Some(Fault::Null) => "null".clone_into(&mut answer.body),
        Some(Fault::NoStatus) => r#"{"info":"no status"}"#.clone_into(&mut answer.body),
        Some(Fault::CutJson) => answer.body.truncate(answer.body.len() / 2),
        Some(Fault::Truncated) => answer.ending = Ending::Truncated,
        Some(Fault::DropAfterWrite) => answer.ending = Ending::Dropped,
        Some(Fault::Slow(time)) => answer.delay = *time,
        _ => {}
    }
    answer
}
