//! What every surface's origin says and hears in JSON, beside its own interface. Generated for
//! TypeScript (`ui/session-client/src/wire/`) by a test.

mod embedding;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{CallId, EndReason, SessionId, Surface, UserId};
use store::Role;
#[cfg(feature = "typescript")]
use ts_rs::TS;

pub use embedding::{
    EmbeddingAttempt, EmbeddingHost, EmbeddingWait, EmbeddingWaitAnswer, WindowConfirm, WindowNext,
};
pub use store::{Availability, CrmMismatch};

/// `GET /session`: who is signed in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum SessionState {
    /// Somebody is.
    SignedIn(Box<SignedInState>),
    /// Nobody is.
    SignedOut {
        /// How the session ended that this browser had here, if it had one. Nothing personal.
        ended: Option<EndedState>,
    },
    /// Somebody is, who may not use this surface.
    Refused(Box<RefusedState>),
}

/// Who is signed in, and what goes on in the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct SignedInState {
    /// The browser session.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub session: SessionId,
    /// The surface that answers.
    pub surface: Surface,
    /// Since when the session lasts.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub since: Timestamp,
    /// Who.
    pub person: PersonState,
    /// Whose employee.
    pub organization: OrganizationState,
    /// Where the other surfaces are.
    pub surfaces: SurfaceAddresses,
    /// The call of this browser session, if there is one.
    pub call: Option<CallState>,
    /// The end that waits for the call, if one does.
    pub ending: Option<EndingState>,
    /// What the organization wants of surfaces.
    pub policy: PolicyState,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct PersonState {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What the person may do.
    pub role: Role,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct OrganizationState {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: session::OrganizationId,
    /// Its name.
    pub name: String,
}

/// The origins of the surfaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct SurfaceAddresses {
    /// Workspace in the browser.
    pub workspace: String,
    /// The Dashboard; `null` for a person whom it would refuse.
    pub dashboard: Option<String>,
    /// The widget.
    pub cti: String,
    /// The account pages.
    pub account: String,
}

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct CallState {
    /// Where.
    pub surface: Surface,
    /// Since when.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub since: Timestamp,
}

/// An end that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct EndingState {
    /// When it comes at the latest.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Timestamp,
    /// Why.
    pub reason: EndReason,
    /// Whether it comes as soon as the call is over.
    pub after_call: bool,
}

/// An end that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct EndedState {
    /// Why.
    pub reason: EndReason,
    /// Where the person was, if a person ended it.
    pub surface: Option<Surface>,
    /// When.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Timestamp,
}

/// A person who may not use this surface, and who can help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct RefusedState {
    /// Why not.
    pub why: RefusedWhy,
    /// Who.
    pub person: PersonState,
    /// Whose employee.
    pub organization: OrganizationState,
    /// Where else to go.
    pub surfaces: SurfaceAddresses,
    /// The names of people to ask.
    pub ask: Vec<String>,
}

/// Why a person may not use a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum RefusedWhy {
    /// The role does not allow it.
    Role,
    /// The widget is another organization's.
    Organization,
}

/// What an organization wants of surfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct PolicyState {
    /// What the widget does when the CRM's person is another one.
    pub crm_mismatch: CrmMismatch,
    /// Whether a sign-out on a surface ends the person's other browsers too (rule 1).
    pub sign_out_ends_all_browsers: bool,
}

/// `POST /session/sign-out`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct SignOut {
    /// When, for a person who was asked; without it a call is in the way (409, UL-1310).
    #[serde(default)]
    pub when: Option<SignOutWhen>,
}

/// When to sign out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum SignOutWhen {
    /// At once, whatever goes on.
    Now,
    /// As soon as the call is over.
    AfterCall,
}

/// The answer to [`SignOut`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum SignOutAnswer {
    /// Done.
    SignedOut,
    /// It will be, as soon as the call is over.
    AfterCall {
        /// The call, if it is not over already.
        call: Option<CallState>,
    },
}

/// `PUT /session/call`: said again every 20 seconds while a call lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct CallReport {
    /// Which call; chosen by the page.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub call: CallId,
    /// Whether it goes on.
    pub active: bool,
}

/// `GET` and `PUT /session/availability`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct AvailabilityState {
    /// Whether the person takes calls.
    pub availability: Availability,
}

/// `event: changed` of the stream: ask for the session again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Changed {
    /// What is not as it was.
    pub what: ChangedWhat,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum ChangedWhat {
    /// A call began or is over.
    Call,
    /// The person's availability.
    Availability,
    /// An end waits, or waits no more.
    Ending,
    /// Name, role or organization.
    Session,
}

/// `event: hello` and `event: reset` of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct StreamPlace {
    /// Where the sequence stands.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub sequence: u64,
}

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ProblemAnswer {
    /// Its stable code.
    pub code: String,
    /// What happened and what to do, in one sentence.
    pub message: String,
    /// The field that it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub field: Option<String>,
    /// The call that is in the way (UL-1310).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub call: Option<CallState>,
}
