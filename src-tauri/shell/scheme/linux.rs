//! The scheme's handler on Linux: a desktop entry of the scheme's own name, so that a development
//! build and the installed app never overwrite each other's.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use gio::{DesktopAppInfo, prelude::*};
use tauri::Env;
use thiserror::Error;

use crate::doctor::LinkHandler;

/// The handler could not be registered.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The account has no data folder.
    #[error(transparent)]
    NoDataFolder(#[from] tauri::Error),
    /// The desktop entry could not be written.
    #[error("the desktop entry could not be written: {0}")]
    Write(#[from] io::Error),
    /// The desktop does not take the entry.
    #[error("the desktop does not take {0}")]
    NotAccepted(PathBuf),
    /// The entry is there, but not the default.
    #[error("the entry could not be made the default: {0}")]
    NotDefault(#[from] gio::glib::Error),
}

/// The program that links should open: this one, or the `AppImage` that it came in.
pub fn program() -> PathBuf {
    Env::default()
        .appimage
        .map(PathBuf::from)
        .or_else(|| std::env::current_exe().ok())
        .unwrap_or_default()
}

/// With what the desktop opens `scheme`. Asked anew each time: another program may have taken
/// the scheme since.
pub fn handler(scheme: &str, program: &Path) -> LinkHandler {
    sort(gio::AppInfo::default_for_uri_scheme(scheme), program)
}

fn sort(handler: Option<gio::AppInfo>, program: &Path) -> LinkHandler {
    match handler.and_then(|handler| handler.commandline()) {
        Some(line) if line == Path::new(&command_line(program)) => LinkHandler::This,
        Some(line) => LinkHandler::Another(line.to_string_lossy().into_owned()),
        None => LinkHandler::Nobody,
    }
}

/// Writes the desktop entry and makes it the default.
pub fn register(scheme: &str, program: &Path, data: &Path) -> Result<(), RegisterError> {
    let folder = data.join("applications");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{scheme}.desktop"));
    // Renamed into place: a desktop that looks meanwhile sees the whole entry or none.
    let draft = folder.join(format!(".{scheme}.desktop.new"));
    fs::write(&draft, entry(scheme, program))?;
    fs::rename(&draft, &path)?;
    DesktopAppInfo::from_filename(&path)
        .ok_or(RegisterError::NotAccepted(path))?
        .set_as_default_for_type(&format!("x-scheme-handler/{scheme}"))?;
    Ok(())
}

fn entry(scheme: &str, program: &Path) -> String {
    // A value's own backslashes are doubled once more in the file (Desktop Entry Specification,
    // "Values" and "The Exec key").
    let exec = command_line(program).replace('\\', "\\\\");
    format!(
        "[Desktop Entry]\nType=Application\nName=Workspace\nExec={exec}\nTerminal=false\n\
         NoDisplay=true\nStartupWMClass=workspace\nMimeType=x-scheme-handler/{scheme};\n"
    )
}

/// Characters that make quoting necessary (Desktop Entry Specification, "The Exec key").
const RESERVED: &[char] = &[
    ' ', '\t', '\n', '"', '\'', '\\', '>', '<', '~', '|', '&', ';', '$', '*', '?', '#', '(', ')',
    '`',
];

/// The program's path and the place of the link.
///
/// Quoted only where it must be: `xdg-open` without a desktop environment takes the quotes for a
/// part of the name.
fn command_line(program: &Path) -> String {
    let path = program.to_string_lossy().replace('%', "%%");
    if !path.contains(RESERVED) {
        return format!("{path} %u");
    }
    let mut quoted = String::from('"');
    for character in path.chars() {
        if matches!(character, '"' | '`' | '$' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push_str("\" %u");
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_path_with_special_characters_stays_one_argument() {
        let program = Path::new("/opt/Über uns/a\"b$c`d\\e%f/workspace");
        assert_eq!(
            command_line(program),
            "\"/opt/Über uns/a\\\"b\\$c\\`d\\\\e%%f/workspace\" %u"
        );
    }

    #[test]
    fn a_plain_path_is_not_quoted() {
        let program = Path::new("/opt/workspace/workspace");
        assert_eq!(command_line(program), "/opt/workspace/workspace %u");
    }

    #[test]
    fn a_program_of_the_same_name_in_another_place_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("workspace");
        fs::copy("/bin/true", &program).unwrap();
        let path = folder.path().join("com.unifiedlogin.workspace.desktop");
        fs::write(&path, entry("com.unifiedlogin.workspace", &program)).unwrap();
        let info = || DesktopAppInfo::from_filename(&path).map(Cast::upcast);
        assert_eq!(sort(info(), &program), LinkHandler::This);
        let installed = Path::new("/opt/workspace/workspace");
        let runs = format!("{} %u", program.display());
        assert_eq!(sort(info(), installed), LinkHandler::Another(runs));
        assert_eq!(sort(None, installed), LinkHandler::Nobody);
    }

    #[test]
    fn the_desktop_reads_the_entry_as_it_was_meant() {
        let folder = tempfile::tempdir().unwrap();
        // A desktop takes entries only of programs that exist.
        let program = folder.path().join("a $pace\\d \"work`space");
        fs::copy("/bin/true", &program).unwrap();
        let path = folder.path().join("test.desktop");
        fs::write(&path, entry("com.example.test", &program)).unwrap();
        let read = DesktopAppInfo::from_filename(&path).unwrap();
        let run = gio::glib::shell_parse_argv(read.commandline().unwrap()).unwrap();
        assert_eq!(run, [program.as_os_str(), "%u".as_ref()]);
        assert_eq!(
            read.string("MimeType").unwrap(),
            "x-scheme-handler/com.example.test;"
        );
    }
}
