//! Work on several threads whose results come out in the order of what went in.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use crossbeam_channel::bounded;

mod room;

pub use room::{Place, Room};

/// Items that may be under way for each thread: enough to keep all busy behind a slow one, few enough to bound memory.
const ITEMS_PER_THREAD: usize = 16;

/// Feeds items to `threads` workers and hands their results to `take` in the order of the items.
///
/// `feed` gets a function that passes an item on and says whether anyone still wants more. At most a few items for each
/// thread are under way: fed, and their results not yet taken, be they queued, worked on, or waiting for a slower one
/// before them.
///
/// # Errors
/// The first error of `take`, after which nothing more is fed.
///
/// # Panics
/// Where `work` does, in its turn.
pub fn in_order<I: Send, O: Send, E>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(I) -> bool) + Send,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.max(1);
    let under_way = threads * ITEMS_PER_THREAD;
    // an item takes a place before it is fed and leaves it when its result is taken; the one that all wait for has its
    // place already, and neither channel is ever full, so that nobody waits in a circle
    let (places, leave) = bounded::<()>(under_way);
    let (to_workers, items) = bounded::<(u64, I)>(under_way);
    let (to_taker, results) = bounded::<(u64, thread::Result<O>)>(under_way);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut number = 0;
            feed(&mut |item| {
                number += 1;
                places.send(()).is_ok() && to_workers.send((number - 1, item)).is_ok()
            });
        });
        for _ in 0..threads {
            let (items, to_taker, work) = (items.clone(), to_taker.clone(), &work);
            scope.spawn(move || {
                for (number, item) in items {
                    // a panic is a result too: an item that never came out would keep its place for ever
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if to_taker.send((number, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop((items, to_taker));
        // dropped on the way out, so that a feeder that waits for a place hears of an error
        let leave = leave;
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, result) in results {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                take(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
                next += 1;
                let _ = leave.try_recv();
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let feed = |send: &mut dyn FnMut(u64) -> bool| assert!((0..200).all(send));
            let slow_at_times = |n: u64| {
                std::thread::sleep(std::time::Duration::from_micros(n % 7 * 50));
                n * n
            };
            let done: Result<(), ()> = in_order(threads, feed, slow_at_times, |n| {
                seen.push(n);
                Ok(())
            });
            assert_eq!(done, Ok(()));
            assert_eq!(seen, (0..200).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn what_waits_for_a_slow_item_is_bounded() {
        use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
        for threads in [1, 2, 7] {
            let most = (threads * ITEMS_PER_THREAD) as u64;
            let (fed, taken) = (AtomicU64::new(0), AtomicU64::new(0));
            let feed = |send: &mut dyn FnMut(u64) -> bool| {
                for n in 0..2000 {
                    // what is fed counts itself, before anyone takes it
                    assert!(send(n));
                    let under_way = fed.fetch_add(1, SeqCst) + 1 - taken.load(SeqCst);
                    assert!(under_way <= most, "{under_way} under way on {threads} threads");
                }
            };
            let slow_at_first = |n: u64| std::thread::sleep(std::time::Duration::from_millis(u64::from(n == 0) * 50));
            let take = |()| {
                taken.fetch_add(1, SeqCst);
                Ok::<(), ()>(())
            };
            assert_eq!(in_order(threads, feed, slow_at_first, take), Ok(()));
            assert_eq!(taken.load(SeqCst), 2000);
        }
    }

    #[test]
    fn an_error_stops_the_feed() {
        let feed = |send: &mut dyn FnMut(u64) -> bool| {
            let fed = (0..).take_while(|&n| send(n)).count();
            assert!(fed < 1000, "{fed}");
        };
        let stopped = in_order(2, feed, |n| n, |n| if n == 5 { Err("enough") } else { Ok(()) });
        assert_eq!(stopped, Err("enough"));
    }

    #[test]
    fn a_panic_of_the_work_comes_out() {
        let feed = |send: &mut dyn FnMut(u64) -> bool| assert!((0..).take_while(|&n| send(n)).count() < 1000);
        let work = |n: u64| assert_ne!(n, 5, "not five");
        let ended = catch_unwind(|| in_order(2, feed, work, |()| Ok::<(), ()>(())));
        assert!(ended.is_err());
    }
}
