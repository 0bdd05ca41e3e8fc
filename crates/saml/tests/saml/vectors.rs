//! Attacks as files in the tree.

use std::{env, fs, path::PathBuf};

fn path(name: &str) -> PathBuf {
    PathBuf::from(format!(
        "{}/tests/vectors/{name}.xml",
        env!("CARGO_MANIFEST_DIR")
    ))
}

fn writing() -> bool {
    env::var_os("SAML_WRITE_VECTORS").is_some_and(|value| value == "1")
}

/// The vector, which must be what the test makes.
pub fn same(name: &str, made: &str) -> String {
    if writing() {
        fs::write(path(name), made).unwrap();
    }
    let stored = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        stored == made,
        "tests/vectors/{name}.xml is not what the test makes; SAML_WRITE_VECTORS=1 writes it anew"
    );
    stored
}

/// The vector as it is stored: it is not made the same way twice.
pub fn stored(name: &str, make: impl FnOnce() -> String) -> String {
    if writing() {
        fs::write(path(name), make()).unwrap();
    }
    fs::read_to_string(path(name)).unwrap()
}
