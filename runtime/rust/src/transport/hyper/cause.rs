//! Finds out from the errors of hyper and rustls what happened.

use std::error::Error;
use std::io;
use std::iter::successors;

use crate::{TransportError, TransportErrorKind as Kind};

/// The error of a connection that did not come about.
pub(super) fn connect_error(host: &str, error: Box<dyn Error + Send + Sync>) -> TransportError {
    let tls = causes(&*error).find_map(|cause| cause.downcast_ref::<rustls::Error>());
    let made = match tls {
        Some(tls) => TransportError::new(Kind::Tls, format!("no secure connection to {host}: {tls}")),
        None => TransportError::new(Kind::Connect, format!("no connection to {host}: {}", innermost(&*error))),
    };
    made.with_source(error)
}

/// The error of a request or of a body that is being read.
pub(super) fn exchange_error(error: impl Error + Send + Sync + 'static) -> TransportError {
    let connecting = causes(&error).find_map(|cause| cause.downcast_ref::<TransportError>());
    let made = match connecting {
        Some(connecting) => TransportError::new(connecting.kind(), connecting.what()),
        None if causes(&error).any(is_closed) => {
            TransportError::new(Kind::Closed, "the connection was closed before the reply was complete")
        }
        None => TransportError::new(Kind::Other, format!("the exchange failed: {}", innermost(&error))),
    };
    made.with_source(error)
}

fn is_closed(cause: &(dyn Error + 'static)) -> bool {
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return error.is_incomplete_message() || error.is_closed() || error.is_canceled();
    }
    cause.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(
            error.kind(),
            io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
        )
    })
}

/// The text of the cause that has no other: the outer ones say little more than that there is one.
fn innermost(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map_or_else(String::new, ToString::to_string)
}

fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> + use<'e> {
    successors(Some(error), |&cause| {
        // The source of an I/O error is the source of what it holds, so what it holds would be passed over.
        let held = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        held.map_or_else(|| cause.source(), |held| Some(held as _))
    })
}
