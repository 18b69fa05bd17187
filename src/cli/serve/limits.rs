//! Limits: how many connections, how many bytes in hand, how long anything may take.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::Service;

/// Connections at a time; one more is turned away.
const MOST_CONNECTIONS: usize = 1024;
/// Bytes of requests at a time, over all connections.
const MOST_IN_HAND: usize = 256 << 20;
/// The head of a request, in bytes.
pub(super) const MOST_HEAD: usize = 16 << 10;
/// Header fields in a request.
pub(super) const MOST_FIELDS: usize = 64;
/// From the first byte of a head to its last, and from opening a connection to its first.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(5);
/// For the whole of a body.
pub(super) const BODY_TIME: Duration = Duration::from_secs(10);
/// For the whole of an answer.
pub(super) const ANSWER_TIME: Duration = Duration::from_secs(10);
/// Between two requests of a connection.
pub(super) const IDLE_TIME: Duration = Duration::from_secs(15);

/// What is in use now.
#[derive(Debug)]
pub(super) struct Limits {
    /// The largest body, in bytes.
    pub(super) most_body: usize,
    connections: AtomicUsize,
    in_hand: AtomicUsize,
    busy: AtomicUsize,
}

impl Limits {
    pub(super) fn new(most_body: usize) -> Self {
        Self { most_body, connections: AtomicUsize::new(0), in_hand: AtomicUsize::new(0), busy: AtomicUsize::new(0) }
    }

    /// Requests being answered.
    pub(super) fn busy(&self) -> usize {
        self.busy.load(Ordering::SeqCst)
    }

    /// Marks a request as being answered until the mark is dropped.
    pub(super) fn begin(&self) -> Held<'_> {
        Held::add(&self.busy, 1)
    }

    /// Room for a body, until it is dropped; none where too much is in hand already.
    pub(super) fn room(&self, bytes: usize) -> Option<Held<'_>> {
        let held = Held::add(&self.in_hand, bytes);
        (self.in_hand.load(Ordering::SeqCst) <= MOST_IN_HAND).then_some(held)
    }
}

/// A part of a limit in use.
pub(super) struct Held<'l> {
    of: &'l AtomicUsize,
    amount: usize,
}

impl<'l> Held<'l> {
    fn add(of: &'l AtomicUsize, amount: usize) -> Self {
        of.fetch_add(amount, Ordering::SeqCst);
        Self { of, amount }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.of.fetch_sub(self.amount, Ordering::SeqCst);
    }
}

/// A connection's hold on the service.
pub(super) struct Seat(Arc<Service>);

impl Seat {
    /// A seat, if one is free.
    pub(super) fn take(service: &Arc<Service>) -> Option<Self> {
        let before = service.limits.connections.fetch_add(1, Ordering::SeqCst);
        let seat = Self(Arc::clone(service));
        (before < MOST_CONNECTIONS).then_some(seat)
    }
}

impl Deref for Seat {
    type Target = Service;
    fn deref(&self) -> &Service {
        &self.0
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.limits.connections.fetch_sub(1, Ordering::SeqCst);
    }
}
