//! A file of tests that no module includes would never run, and nobody would notice.

use super::sources::texts;

#[test]
fn every_file_of_tests_is_a_module_of_its_program() {
    let files = texts(&["tests"], &[]);
    let orphans: Vec<_> = files
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .filter(|path| !path.parent().is_some_and(|folder| folder.ends_with("bin")))
        .filter(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let folder = path.parent().unwrap();
            let name = match &*name {
                "main" | "lib" => return false,
                "mod" => folder.file_name().unwrap().to_string_lossy().into_owned(),
                _ => name,
            };
            let declaration = format!("mod {name};");
            !files.iter().any(|(_, text)| {
                text.lines()
                    .any(|line| line.trim_start_matches("pub ").trim() == declaration)
            })
        })
        .collect();
    assert!(orphans.is_empty(), "not included: {orphans:?}");
}
