//! What surfaces hand to browsers under a MAC: their cookies, and the `state` of their sign-ins.
//!
//! Cookie: `uls1.` base64url(session 16 | surface u8 | holder u8 | issued at, ms, i64 BE | key id
//! u8 | HMAC-SHA256 32). State: `ulf1.` base64url(JSON | key id u8 | HMAC-SHA256 32).

use jiff::Timestamp;
use session::{SessionId, Surface};
use uuid::Uuid;

use super::{
    Ring,
    mac::{open, open_any, seal},
};

const LOGIN: &str = "uls1.";
const FLOW: &str = "ulf1.";
const CONTENT: usize = 26;

/// Which cookie a surface login is in: neither is taken for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The surface's own.
    Own,
    /// The one of a frame inside another site's page.
    Frame,
}

/// What a surface's cookie says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SurfaceSeal {
    /// The browser session that it is attached to.
    pub session: SessionId,
    /// The surface it is good at.
    pub surface: Surface,
    /// The cookie it is good in.
    pub holder: Holder,
    /// When it was made.
    pub issued_at: Timestamp,
}

pub(super) fn seal_login(ring: &Ring, login: &SurfaceSeal) -> String {
    let mut content = [0; CONTENT];
    content[..16].copy_from_slice(login.session.0.as_bytes());
    content[16] = number(login.surface);
    content[17] = match login.holder {
        Holder::Own => 0,
        Holder::Frame => 1,
    };
    content[18..].copy_from_slice(&login.issued_at.as_millisecond().to_be_bytes());
    seal(ring, LOGIN, &content, |key| &key.surface)
}

pub(super) fn open_login(ring: &Ring, text: &str) -> Option<SurfaceSeal> {
    let content: [u8; CONTENT] = open(ring, LOGIN, text, |key| &key.surface)?;
    let mut issued_at = [0; 8];
    issued_at.copy_from_slice(&content[18..]);
    Some(SurfaceSeal {
        session: SessionId(Uuid::from_slice(&content[..16]).ok()?),
        surface: surface(content[16])?,
        holder: match content[17] {
            0 => Holder::Own,
            1 => Holder::Frame,
            _ => return None,
        },
        issued_at: Timestamp::from_millisecond(i64::from_be_bytes(issued_at)).ok()?,
    })
}

pub(super) fn seal_flow(ring: &Ring, content: &[u8]) -> String {
    seal(ring, FLOW, content, |key| &key.flow)
}

pub(super) fn open_flow(ring: &Ring, text: &str) -> Option<Vec<u8>> {
    open_any(ring, FLOW, text, |key| &key.flow)
}

fn number(surface: Surface) -> u8 {
    match surface {
        Surface::Workspace => 0,
        Surface::Dashboard => 1,
        Surface::Cti => 2,
        Surface::Desktop => 3,
        Surface::Account => 4,
    }
}

fn surface(number: u8) -> Option<Surface> {
    [Surface::Workspace, Surface::Dashboard, Surface::Cti]
        .into_iter()
        .find(|surface| self::number(*surface) == number)
}
