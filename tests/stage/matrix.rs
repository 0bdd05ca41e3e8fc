//! The sign-out matrix: where somebody signs out, and what is so afterwards everywhere.

use std::{fmt, fs, path::Path};

use crate::surface::Surface;

/// A place that shows whether its person is signed in, and has a way to sign out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A browser surface.
    Browser(Surface),
    /// The app's window.
    Window,
    /// The app's tray.
    Tray,
}

impl Place {
    /// All seven, rows and columns of the matrix.
    pub const ALL: [Self; 7] = [
        Self::Browser(Surface::Workspace),
        Self::Browser(Surface::Dashboard),
        Self::Browser(Surface::Zendesk),
        Self::Browser(Surface::Salesforce),
        Self::Browser(Surface::HubSpot),
        Self::Window,
        Self::Tray,
    ];

    /// Whether it is part of the desktop's own session.
    pub fn is_desktop(self) -> bool {
        matches!(self, Self::Window | Self::Tray)
    }

    /// Whether a sign-out in another place leaves this one signed in: rules 1 and 2.
    pub fn outlives_sign_out_in(self, other: Self) -> bool {
        self.is_desktop() != other.is_desktop()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Browser(surface) => surface.fmt(formatter),
            Self::Window => formatter.write_str("desktop window"),
            Self::Tray => formatter.write_str("desktop tray"),
        }
    }
}

/// The matrix as it was seen: one row for each place where somebody signed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix(Vec<(Place, Vec<bool>)>);

impl Matrix {
    /// What the rules say.
    pub fn by_the_rules() -> Self {
        let row = |out: Place| {
            let cells = Place::ALL.map(|place| place.outlives_sign_out_in(out));
            (out, cells.to_vec())
        };
        Self(Place::ALL.map(row).to_vec())
    }

    /// Adds what was seen after a sign-out: for each place whether it is still signed in.
    pub fn add(&mut self, out: Place, signed_in: Vec<bool>) {
        self.0.push((out, signed_in));
    }

    /// Puts it where a person finds it.
    pub fn keep(&self, name: &str) {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
            Into::into,
        );
        let folder = target.join("sign-out-matrix");
        fs::create_dir_all(&folder).expect("a folder for the matrix");
        fs::write(folder.join(format!("{name}.md")), self.to_string()).expect("the matrix");
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "| sign-out in |")?;
        for place in Place::ALL {
            write!(formatter, " {place} |")?;
        }
        write!(formatter, "\n|---|{}", "---|".repeat(Place::ALL.len()))?;
        for (out, cells) in &self.0 {
            write!(formatter, "\n| **{out}** |")?;
            for signed_in in cells {
                let cell = if *signed_in { "stays" } else { "signed out" };
                write!(formatter, " {cell} |")?;
            }
        }
        writeln!(formatter)
    }
}
