//! Every direct dependency has its row in docs/dependencies.md, and every row its dependency.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use super::sources::texts;
use crate::{process::cargo, root::Root};

/// The names in the first column of the tables under a heading.
fn rows(page: &str, heading: &str) -> BTreeSet<String> {
    page.lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
        .skip(1)
        .map(str::to_owned)
        .collect()
}

fn page() -> String {
    fs::read_to_string(Root::find().unwrap().join("docs/dependencies.md")).unwrap()
}

fn compare(written: &BTreeSet<String>, used: &BTreeSet<String>) {
    let missing: Vec<_> = used.difference(written).collect();
    let unused: Vec<_> = written.difference(used).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "docs/dependencies.md lacks {missing:?}, and tells of {unused:?}, which nothing uses"
    );
}

#[test]
fn every_crate_is_explained_and_no_other() {
    let root = Root::find().unwrap();
    let output = cargo(&root)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let used = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|package| package["dependencies"].as_array().unwrap())
        .filter(|dependency| dependency["path"].is_null())
        .map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .collect();
    compare(&rows(&page(), "## Rust"), &used);
}

#[test]
fn every_npm_package_is_explained_and_no_other() {
    let manifests = texts(&["ui", "tests/npm", "tests/crm"], &[]);
    let used = manifests
        .iter()
        .filter(|(path, _)| path.ends_with("package.json"))
        .map(|(_, text)| serde_json::from_str::<Value>(text).unwrap())
        .flat_map(|manifest| {
            ["dependencies", "devDependencies"]
                .iter()
                .filter_map(|kind| manifest[*kind].as_object())
                .flat_map(|table| table.keys().cloned())
                .collect::<Vec<_>>()
        })
        .filter(|name| !name.starts_with("@unified-login/"))
        .collect();
    compare(&rows(&page(), "## npm"), &used);
}
