//! A bound on the bytes that are under way between threads.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long to wait for room that nobody gives back; then what takes it has died, and goes on to tell so itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who waits is woken once this share of the room is free: for every byte given back would be a change of threads an article.
const WAKING_SHARE: u64 = 4;

/// Room for so many bytes.
#[derive(Debug)]
pub struct Room {
    whole: u64,
    free: Mutex<u64>,
    freed: Condvar,
}

/// Bytes taken of a room, given back when dropped.
#[derive(Debug)]
pub struct Place {
    room: Arc<Room>,
    bytes: u64,
}

impl Room {
    /// Room for `bytes`.
    pub fn new(bytes: u64) -> Arc<Self> {
        Arc::new(Self { whole: bytes, free: Mutex::new(bytes), freed: Condvar::new() })
    }

    /// Waits until there is room for `bytes`; what is larger than the whole room waits until it is empty.
    pub fn take(self: &Arc<Self>, bytes: u64) -> Place {
        let bytes = bytes.min(self.whole);
        let mut free = self.free();
        while *free < bytes {
            let (now, waited) = self.freed.wait_timeout(free, PATIENCE).unwrap_or_else(PoisonError::into_inner);
            free = now;
            if waited.timed_out() {
                break;
            }
        }
        let bytes = bytes.min(*free);
        *free -= bytes;
        Place { room: Arc::clone(self), bytes }
    }

    /// The same, and waits as long as it takes: for those of whom each is known to give its place back.
    pub fn take_in_turn(self: &Arc<Self>, bytes: u64) -> Place {
        let bytes = bytes.min(self.whole);
        let mut free = self.free();
        while *free < bytes {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= bytes;
        Place { room: Arc::clone(self), bytes }
    }

    fn free(&self) -> MutexGuard<'_, u64> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut free = self.room.free();
        *free += self.bytes;
        if *free >= self.room.whole / WAKING_SHARE {
            drop(free);
            self.room.freed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_more_than_there_is() {
        let room = Room::new(10);
        let most = Mutex::new((0, 0));
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (room, most) = (&room, &most);
                scope.spawn(move || {
                    for n in 0..200 {
                        let place = room.take((thread + n) % 7 + 1);
                        let mut held = most.lock().expect("no panic");
                        held.0 += place.bytes;
                        held.1 = held.1.max(held.0);
                        drop(held);
                        std::thread::yield_now();
                        most.lock().expect("no panic").0 -= place.bytes;
                    }
                });
            }
        });
        let (held, most) = *most.lock().expect("no panic");
        assert!(held == 0 && most <= 10 && most > 5, "{held} held, {most} at most");
        assert_eq!(room.take(99).bytes, 10, "what is larger takes the whole");
    }
}
