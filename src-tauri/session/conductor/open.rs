//! Opens the issuer's pages in the browser.

use super::Conductor;
use crate::session::snapshot::{Page, Pages};

impl Conductor {
    /// What the person may open. The role is the newest that is known.
    pub(super) fn may_open(&self) -> Pages {
        let at_sign_in = self.live.as_ref().map(|live| &live.person);
        let at_sign_in = at_sign_in.and_then(|person| person.role.as_deref());
        let now = self.elsewhere.as_ref().and_then(|it| it.role.as_deref());
        self.pages.clone().for_role(now.or(at_sign_in))
    }

    /// Opens a page as its plain address: the browser is handed no session of this app.
    pub(super) fn open_page(&self, page: Page) {
        let pages = self.may_open();
        let Some(address) = pages.get(page) else {
            return;
        };
        if let Err(error) = self.shell.open_browser(address) {
            tracing::warn!(%error, "no browser");
        }
    }
}
