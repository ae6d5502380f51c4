//! An answer, which is a reply or an error of the API.
//!
//! `read` is compiled again for every method, in the crate that calls it, so all that can be is done elsewhere.

use bytes::Bytes;

use super::{Exchange, Reply, interpret};
use crate::json::decode_reply;
use crate::{Decode, Error, Mismatch, ReplyError};

pub(super) struct Answer {
    pub(super) exchange: Exchange,
    pub(super) body: Bytes,
}

impl Answer {
    pub(super) fn read<T: Decode>(&self) -> Result<Reply<T>, Error> {
        self.exchange.read(&self.body)
    }
}

impl Exchange {
    pub(super) fn read<T: Decode>(&self, body: &[u8]) -> Result<Reply<T>, Error> {
        match decode_reply::<T>(body) {
            Ok(decoded) => {
                let mut reply = Reply::from(decoded);
                self.veil(&mut reply.mismatches);
                Ok(reply)
            }
            Err(error) => Err(self.failed(body, error, failure::<T>)),
        }
    }

    /// Takes the token out of reports, should it be there. What they report stays as the API sent it.
    #[inline(never)]
    fn veil(&self, reports: &mut [Mismatch]) {
        let token = &self.shared.token;
        for Mismatch { path, found, .. } in reports {
            token.veil_text(path);
            token.veil_text(found);
        }
    }

    /// The error of this answer, in which the token is not shown even if the answer has it.
    #[inline(never)]
    fn failed(&self, body: &[u8], error: ReplyError, failure: fn(&[u8]) -> Option<ReplyError>) -> Error {
        // Errors repeat pieces of an answer, and a piece may have a piece of the token. So the answer without the token
        // is read once more; if it now can be read, then the token was a piece of JSON's own syntax, and no secret.
        let veiled = self.shared.token.veil(body);
        let error = veiled.and_then(|body| failure(&body)).unwrap_or(error);
        interpret::reply_error(self, error)
    }
}

fn failure<T: Decode>(body: &[u8]) -> Option<ReplyError> {
    decode_reply::<T>(body).err()
}
