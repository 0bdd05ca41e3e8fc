//! Pictures of what a person saw, numbered, in one folder.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use crate::{desk::Desk, driver::Window, program::output};

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

    /// Takes a picture of the whole display.
    pub fn display(&self, name: &str, desk: &Desk) -> PathBuf {
        let path = self.path(name);
        output(
            desk.command("import").args(["-window", "root"]).arg(&path),
            b"",
        );
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        let number = self.next.get();
        self.next.set(number + 1);
        self.folder.join(format!("{number:02}-{name}.png"))
    }
}
