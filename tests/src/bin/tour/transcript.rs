//! What was seen, as it is printed and kept.

use std::{fmt::Write as _, fs, path::Path, time::Instant};

/// The lines so far.
pub struct Transcript {
    begin: Instant,
    text: String,
}

impl Transcript {
    /// Nothing yet.
    pub fn begin() -> Self {
        Self {
            begin: Instant::now(),
            text: String::new(),
        }
    }

    /// A line, with its time.
    pub fn say(&mut self, line: &str) {
        let seconds = self.begin.elapsed().as_secs_f32();
        println!("{seconds:5.1} s  {line}");
        writeln!(self.text, "{seconds:5.1} s  {line}").expect("a text takes more text");
    }

    /// Puts it beside the pictures.
    pub fn keep(&self, folder: &Path) {
        fs::write(folder.join("transcript.txt"), &self.text).expect("a transcript");
    }
}
