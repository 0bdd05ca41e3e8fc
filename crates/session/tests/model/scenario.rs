//! How much of the world one exploration covers. Time and messages are without limit; only the
//! number of sign-ins and renewals is bounded, so that the states are finite.

use crate::world::Caller;

/// One exploration.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What it is about.
    pub name: &'static str,
    /// How many browser surfaces there are: the first two are tabs, the third is a widget.
    pub surfaces: usize,
    /// Whether the answer to a surface's check may be under way while other things happen.
    pub slow_checks: bool,
    /// How often the person signs in in the browser (at most 2).
    pub browser_sign_ins: usize,
    /// How often the person signs in in the desktop app (at most 2).
    pub desktop_sign_ins: usize,
    /// The first refresh-token generation that is no longer presented.
    pub generations: u8,
    /// Whether the service reads on before it has committed what it read.
    pub grouped_writes: bool,
    /// Whether the service is restored from an older backup at some moment.
    pub restores: bool,
    /// Whether a thief copies the keychain record at some moment.
    pub thief: bool,
    /// Whether the service commits and answers in one step with reading; the others show what
    /// a kill in between does.
    pub at_once: bool,
    /// Who may be on a call.
    pub callers: &'static [Caller],
    /// Whether an admin ends the person's sessions at some moment.
    pub admin: bool,
    /// How many minutes pass, beside the hours that an end waits at most.
    pub minutes: u16,
}

impl Scenario {
    /// Two tabs, a widget, the desktop app and the service, all at once.
    pub const EVERYBODY: Self = Self {
        name: "two tabs, a widget, the desktop app and the service",
        surfaces: 3,
        slow_checks: false,
        browser_sign_ins: 1,
        desktop_sign_ins: 1,
        generations: 2,
        grouped_writes: false,
        restores: false,
        thief: false,
        at_once: false,
        callers: &[],
        admin: false,
        minutes: 0,
    };
    /// The browser over a second sign-in.
    pub const BROWSER: Self = Self {
        name: "two tabs and a widget, signing out and in again",
        surfaces: 3,
        slow_checks: true,
        browser_sign_ins: 2,
        desktop_sign_ins: 0,
        generations: 0,
        grouped_writes: false,
        restores: false,
        thief: false,
        at_once: false,
        callers: &[],
        admin: false,
        minutes: 0,
    };
    /// The desktop app over several renewals.
    pub const DESKTOP: Self = Self {
        name: "the desktop app, renewing",
        surfaces: 0,
        slow_checks: false,
        browser_sign_ins: 0,
        desktop_sign_ins: 1,
        generations: 5,
        grouped_writes: true,
        restores: false,
        thief: false,
        at_once: false,
        callers: &[],
        admin: false,
        minutes: 0,
    };
    /// The desktop app over a second sign-in.
    pub const DESKTOP_AGAIN: Self = Self {
        name: "the desktop app, signing out and in again",
        desktop_sign_ins: 2,
        generations: 1,
        ..Self::DESKTOP
    };
    /// The service, restored from a backup older than the app's token.
    pub const RESTORED: Self = Self {
        name: "the desktop app and a service restored from a backup",
        generations: 3,
        grouped_writes: false,
        restores: true,
        ..Self::DESKTOP
    };
    /// A copied keychain record, used beside the app.
    pub const THIEF: Self = Self {
        name: "the desktop app and a thief with its copied record",
        generations: 2,
        thief: true,
        ..Self::DESKTOP
    };
    /// Tabs on calls, and a person who signs out now or when the call is over.
    pub const CALLS: Self = Self {
        name: "two tabs on calls, and a sign-out that may wait for them",
        surfaces: 2,
        slow_checks: false,
        browser_sign_ins: 1,
        generations: 0,
        desktop_sign_ins: 0,
        grouped_writes: false,
        callers: &[Caller::FirstTab, Caller::SecondTab],
        minutes: 1,
        ..Self::BROWSER
    };
    /// A tab and the app on calls of their own, and an admin.
    pub const CALLS_AND_ADMIN: Self = Self {
        name: "a tab and the app on calls, and an admin who ends both",
        surfaces: 1,
        desktop_sign_ins: 1,
        callers: &[Caller::FirstTab, Caller::App],
        admin: true,
        at_once: true,
        minutes: 1,
        ..Self::CALLS
    };
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::EVERYBODY,
        Self::BROWSER,
        Self::DESKTOP,
        Self::DESKTOP_AGAIN,
        Self::RESTORED,
        Self::THIEF,
        Self::CALLS,
        Self::CALLS_AND_ADMIN,
    ];
}
