//! The sources, read whole.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::root::Root;

/// What is made, and what others made.
const NOT_OURS: [&str; 6] = [
    "node_modules",
    "dist",
    "dist-stories",
    "gen",
    "target",
    "wire",
];

/// Every text under `folders`, but those that end in one of `but`.
pub fn texts(folders: &[&str], but: &[&str]) -> Vec<(PathBuf, String)> {
    let root = Root::find().unwrap();
    let mut found = Vec::new();
    for folder in folders {
        collect(&root.join(folder), but, &mut found);
    }
    found
}

fn collect(folder: &Path, but: &[&str], found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&&*name) {
                collect(&path, but, found);
            }
        } else if !but.iter().any(|end| name.ends_with(end))
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((path, text));
        }
    }
}
