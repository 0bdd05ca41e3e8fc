//! What is on the display, looked at from outside: the same observer for both apps.

use stage::Desk;
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ConnectionExt, ImageFormat, Window},
    rust_connection::RustConnection,
};

/// How many lines of a window are looked at.
const LINES: i16 = 24;

/// A connection to the desk's display.
pub struct Screen {
    connection: RustConnection,
    root: Window,
    clients: u32,
}

impl Screen {
    /// The display of a desk.
    pub fn of(desk: &Desk) -> Self {
        let output = desk
            .command("printenv")
            .arg("DISPLAY")
            .output()
            .expect("the display's name");
        let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let (connection, screen) = x11rb::connect(Some(&name)).expect("a display");
        let root = connection.setup().roots[screen].root;
        let clients = connection
            .intern_atom(false, b"_NET_CLIENT_LIST")
            .expect("a request")
            .reply()
            .expect("an atom")
            .atom;
        Self {
            connection,
            root,
            clients,
        }
    }

    /// The windows that the window manager knows.
    pub fn windows(&self) -> Vec<Window> {
        self.connection
            .get_property(false, self.root, self.clients, AtomEnum::WINDOW, 0, 64)
            .ok()
            .and_then(|cookie| cookie.reply().ok())
            .and_then(|reply| reply.value32().map(Iterator::collect))
            .unwrap_or_default()
    }

    /// Whether a window shows more than one colour: something has been painted in it.
    pub fn is_painted(&self, window: Window) -> bool {
        let Some(size) = self
            .connection
            .get_geometry(window)
            .ok()
            .and_then(|cookie| cookie.reply().ok())
        else {
            return false;
        };
        let height = i16::try_from(size.height).unwrap_or(i16::MAX);
        let mut first = None;
        (1..LINES).any(|line| {
            let y = height / LINES * line;
            let Some(image) = self
                .connection
                .get_image(ImageFormat::Z_PIXMAP, window, 0, y, size.width, 1, !0)
                .ok()
                .and_then(|cookie| cookie.reply().ok())
            else {
                return false;
            };
            image.data.chunks_exact(4).any(|pixel| {
                let colour = [pixel[0], pixel[1], pixel[2]];
                *first.get_or_insert(colour) != colour
            })
        })
    }
}
