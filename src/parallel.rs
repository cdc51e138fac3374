//! Work on several threads whose results come out in the order of what went in.

use std::collections::BTreeMap;

use crossbeam_channel::bounded;

/// Items that may be under way for each thread: enough to keep it busy, few enough to bound memory.
const ITEMS_PER_THREAD: usize = 4;

/// Feeds items to `threads` workers and hands their results to `take` in the order of the items.
///
/// `feed` gets a function that passes an item on and says whether anyone still wants more. At most a few items for each
/// thread are under way.
///
/// # Errors
/// The first error of `take`, after which nothing more is fed.
pub fn in_order<I: Send, O: Send, E>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(I) -> bool) + Send,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.max(1);
    let (to_workers, items) = bounded::<(u64, I)>(threads * ITEMS_PER_THREAD);
    let (to_taker, results) = bounded::<(u64, O)>(threads * ITEMS_PER_THREAD);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut number = 0;
            feed(&mut |item| {
                number += 1;
                to_workers.send((number - 1, item)).is_ok()
            });
        });
        for _ in 0..threads {
            let (items, to_taker, work) = (items.clone(), to_taker.clone(), &work);
            scope.spawn(move || {
                for (number, item) in items {
                    if to_taker.send((number, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop((items, to_taker));
        let mut waiting: BTreeMap<u64, O> = BTreeMap::new();
        let mut next = 0;
        for (number, result) in results {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                take(result)?;
                next += 1;
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
    fn an_error_stops_the_feed() {
        let feed = |send: &mut dyn FnMut(u64) -> bool| {
            let fed = (0..).take_while(|&n| send(n)).count();
            assert!(fed < 1000, "{fed}");
        };
        let stopped = in_order(2, feed, |n| n, |n| if n == 5 { Err("enough") } else { Ok(()) });
        assert_eq!(stopped, Err("enough"));
    }
}
