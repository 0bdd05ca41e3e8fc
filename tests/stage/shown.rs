//! What a surface shows, and its way out.

use crate::driver::Window;

/// What a surface shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Somebody is signed in.
    SignedIn,
    /// Nobody is, and it can be seen.
    SignedOut,
    /// Somebody is who may not be there, and is told why.
    Refused,
    /// None of these, yet.
    Nothing,
}

/// What is on the screen of a surface, by the marks that it carries for this.
const SHOWN: &str = "
    const seen = (css) => [...document.querySelectorAll(css)].some((one) => one.checkVisibility());
    if (seen('[data-screen]')) {
        const all = [...document.querySelectorAll('[data-screen]')];
        return all.find((one) => one.checkVisibility()).dataset.screen;
    }
    const named = (name) => [...document.querySelectorAll('button')].some((one) =>
        (one.ariaLabel ?? one.innerText).trim().startsWith(name) && one.checkVisibility());
    return named('Your account: ') || named('Sign out…') ? 'signed_in' : '';";

/// Whether the way out is in a menu of the person's, as on a page; the widget has it in the open.
const MENU: &str = "return [...document.querySelectorAll('button')].some((one) =>
    (one.ariaLabel ?? one.innerText).trim().startsWith('Your account: '));";

/// Presses the button, in the person's menu where there is one, and says yes to what is asked.
pub async fn sign_out(page: &Window) {
    ask_to_sign_out(page).await;
    page.press("Sign out").await;
}

/// The same up to the question.
pub async fn ask_to_sign_out(page: &Window) {
    if page.script(MENU).await == true {
        page.press("Your account: ").await;
    }
    page.press("Sign out…").await;
    page.element("dialog[open]").await;
}

pub(crate) async fn is_sign_in_form(page: &Window) -> bool {
    let script = "return Boolean(document.querySelector('form input[name=password]'))";
    page.script(script).await == true
}

pub(crate) async fn shown(page: &Window) -> Shown {
    match page.script(SHOWN).await.as_str() {
        Some("signed_in") => Shown::SignedIn,
        Some("signed_out") => Shown::SignedOut,
        Some("refused") => Shown::Refused,
        _ => Shown::Nothing,
    }
}
