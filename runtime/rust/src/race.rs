//! Small things that futures and retries need, and that are not worth a dependency.

use std::collections::hash_map::RandomState;
use std::future::poll_fn;
use std::hash::{BuildHasher, Hasher};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// The one of two futures that was ready first.
pub(crate) enum Either<A, B> {
    Left(A),
    Right(B),
}

/// Waits for the first of two futures; the first one wins a draw.
pub(crate) async fn race<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> Either<A, B> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|context| {
        if let Poll::Ready(value) = left.as_mut().poll(context) {
            return Poll::Ready(Either::Left(value));
        }
        right.as_mut().poll(context).map(Either::Right)
    })
    .await
}

/// What a future gives if it is ready at once.
pub(crate) async fn at_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| {
        Poll::Ready(match future.as_mut().poll(context) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        })
    })
    .await
}

/// A part of a duration that nobody can foresee: from nothing up to all of it.
pub(crate) fn some_of(length: Duration) -> Duration {
    // Every `RandomState` has other keys. That is random enough to keep callers apart.
    let random = RandomState::new().build_hasher().finish() >> 32;
    let nanos = length.as_nanos().saturating_mul(u128::from(random)) >> 32;
    u64::try_from(nanos).map_or(length, Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_spread() {
        let whole = Duration::from_secs(10);
        let parts: Vec<Duration> = (0..1000).map(|_| some_of(whole)).collect();
        assert!(parts.iter().all(|part| *part < whole));
        let mean = parts.iter().sum::<Duration>() / 1000;
        assert!((4500..5500).contains(&mean.as_millis()), "{mean:?}");
        assert_eq!(some_of(Duration::ZERO), Duration::ZERO);
    }
}
