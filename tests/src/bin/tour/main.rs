//! The whole journey with nobody at the keyboard, with a picture of each step.
//!
//! `tour [folder]`: pictures and a transcript go there (default `target/tour`).

// A tour that cannot go on has to say so and end.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic)]

mod desktop;
mod surfaces;
mod transcript;

use std::path::PathBuf;

use stage::Album;
use transcript::Transcript;

#[tokio::main]
async fn main() {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("target/tour"), PathBuf::from);
    let album = Album::new(&folder);
    let mut transcript = Transcript::begin();
    desktop::journey(&album, &mut transcript).await;
    surfaces::journey(&album, &mut transcript).await;
    transcript.keep(&folder);
}
