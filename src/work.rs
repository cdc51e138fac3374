//! Work done, counted in the tests: what grows faster than its input shows there, whatever the clock says.

#[cfg(test)]
thread_local! {
    static DONE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// So many bytes, characters or steps were looked at by this thread. Costs nothing but in tests.
#[inline(always)]
pub(crate) fn add(units: usize) {
    #[cfg(test)]
    DONE.with(|done| done.set(done.get() + units as u64));
    let _ = units;
}

/// The work that `job` does on this thread.
#[cfg(test)]
pub(crate) fn of(job: impl FnOnce()) -> u64 {
    let before = DONE.with(std::cell::Cell::get);
    job();
    DONE.with(std::cell::Cell::get) - before
}
