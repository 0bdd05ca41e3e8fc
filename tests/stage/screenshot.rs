//! Pictures of what a person saw, numbered, in one folder.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    desk::Desk,
    driver::Window,
    program::output,
    wait::{LIMIT, within},
};

/// A folder of pictures.
pub struct Album {
    folder: PathBuf,
    next: Cell<u32>,
}

impl Album {
    /// A new, empty folder.
    pub fn new(folder: &Path) -> Self {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("a folder for pictures");
        Self {
            folder: folder.to_owned(),
            next: Cell::new(1),
        }
    }

    /// Takes a picture of one window.
    pub async fn window(&self, name: &str, window: &Window) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, window.picture().await).expect("a picture");
        path
    }

    /// Takes a picture of the app's window, brought to the front. Not by its driver: WebKit has been
    /// seen to leave that unanswered.
    pub async fn app(&self, name: &str, desk: &Desk) -> PathBuf {
        let path = self.path(name);
        output(desk.command("wmctrl").args(["-F", "-a", "Workspace"]), b"");
        still(desk, "Workspace", &path).await;
        path
    }

    /// Takes a picture of the whole display.
    pub async fn display(&self, name: &str, desk: &Desk) -> PathBuf {
        let path = self.path(name);
        still(desk, "root", &path).await;
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        let number = self.next.get();
        self.next.set(number + 1);
        self.folder.join(format!("{number:02}-{name}.png"))
    }
}

/// Takes a picture when nothing moves any more: the same twice.
async fn still(desk: &Desk, window: &str, path: &Path) {
    let mut before = Vec::new();
    // A cursor may blink for ever; then the last one will do.
    within(LIMIT / 4, async || {
        output(
            desk.command("import").args(["-window", window]).arg(path),
            b"",
        );
        let now = fs::read(path).expect("a picture");
        let same = now == before;
        before = now;
        same.then_some(())
    })
    .await;
}
