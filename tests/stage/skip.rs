//! Saying that a test was not done, and why.

/// Says that the running test cannot be done here. The summary of `cargo xtask test` repeats it
/// and does not count the test as passed.
pub fn skip(reason: &str) {
    println!("skipped: {reason}");
}
