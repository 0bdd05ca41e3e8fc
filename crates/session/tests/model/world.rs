//! Everything there is in the model, and everything that may happen to it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use session::{
    Authentication, BrowserId, End, EndReason, Ending, Generations, Kind, Method, OrganizationId,
    Session, SessionId, Surface, UserId,
};
use uuid::Uuid;

use crate::{
    browser, calls, desktop,
    message::Message,
    rules::Rules,
    scenario::Scenario,
    service::{self, Service},
    thief::{self, Thief},
};

/// The only person in the model.
pub const PERSON: UserId = UserId(Uuid::from_u128(0xA));

/// A session, by the sign-in that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    Browser,
    BrowserAgain,
    Desktop,
    DesktopAgain,
}

impl Name {
    pub const ALL: [Self; 4] = [
        Self::Browser,
        Self::BrowserAgain,
        Self::Desktop,
        Self::DesktopAgain,
    ];

    pub fn kind(self) -> Kind {
        match self {
            Self::Browser | Self::BrowserAgain => Kind::Browser,
            Self::Desktop | Self::DesktopAgain => Kind::Desktop,
        }
    }

    pub fn id(self) -> SessionId {
        SessionId(Uuid::from_u128(self as u128))
    }
}

/// A browser surface: one of two tabs, or the widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    FirstTab,
    SecondTab,
    Widget,
}

impl Place {
    pub const ALL: [Self; 3] = [Self::FirstTab, Self::SecondTab, Self::Widget];

    pub fn surface(self) -> Surface {
        match self {
            Self::FirstTab => Surface::Workspace,
            Self::SecondTab => Surface::Dashboard,
            Self::Widget => Surface::Cti,
        }
    }
}

/// Who may be on a call: a tab, another one, or the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caller {
    FirstTab,
    SecondTab,
    App,
}

impl Caller {
    pub const ALL: [Self; 3] = [Self::FirstTab, Self::SecondTab, Self::App];
}

/// What the service keeps of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// The newest refresh token given out.
    pub issued: u8,
    /// Why it ended, if it has.
    pub end: Option<EndReason>,
    /// The highest generation that anybody has used. The service does not look at it: the
    /// properties do, so that they say what "spent" means without asking the rules.
    pub used: Option<u8>,
    /// The minute in which each caller was last heard of, while its call is not over.
    pub calls: [Option<u16>; Caller::ALL.len()],
    /// The end that waits for a call.
    pub ending: Option<Ending>,
    /// The minute in which such an end was first asked for; for the properties too.
    pub asked: Option<u16>,
}

impl Record {
    pub const NEW: Self = Self {
        issued: 0,
        end: None,
        used: None,
        calls: [None; Caller::ALL.len()],
        ending: None,
        asked: None,
    };

    pub fn is_live(self) -> bool {
        self.end.is_none()
    }

    pub fn generations(self) -> Generations {
        Generations {
            issued: self.issued.into(),
        }
    }

    /// As the rules know it.
    pub fn as_session(self, name: Name) -> Session {
        Session {
            id: name.id(),
            user: PERSON,
            organization: OrganizationId(Uuid::nil()),
            kind: name.kind(),
            browser: (name.kind() == Kind::Browser).then_some(BrowserId(Uuid::nil())),
            authentication: Authentication {
                methods: BTreeSet::from([Method::Password]),
                at: Timestamp::UNIX_EPOCH,
            },
            started_at: Timestamp::UNIX_EPOCH,
            last_used_at: Timestamp::UNIX_EPOCH,
            generations: self.generations(),
            end: self.end.map(|reason| End {
                at: Timestamp::UNIX_EPOCH,
                reason,
            }),
        }
    }
}

/// All that there is at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub service: Service,
    /// Every message ever sent: each may still arrive, again or never.
    pub network: BTreeSet<Message>,
    pub desktop: desktop::App,
    pub browser: browser::Browser,
    pub thief: Option<Thief>,
}

impl World {
    /// Nobody is signed in.
    pub fn new() -> Self {
        Self {
            service: Service::default(),
            network: BTreeSet::new(),
            desktop: desktop::App::default(),
            browser: browser::Browser::default(),
            thief: None,
        }
    }

    /// Everything that may happen next, with what it leads to.
    pub fn next(&self, rules: &Rules, scenario: &Scenario) -> Vec<(Action, World)> {
        let mut next = Next {
            world: self,
            found: Vec::new(),
        };
        service::next(&mut next, rules, scenario);
        desktop::next(&mut next, rules, scenario);
        browser::next(&mut next, rules, scenario);
        thief::next(&mut next, rules, scenario);
        calls::next(&mut next, rules, scenario);
        next.found
    }
}

/// Collects what may happen next.
pub struct Next<'a> {
    /// As it is now.
    pub world: &'a World,
    found: Vec<(Action, World)>,
}

impl Next<'_> {
    /// `action` may happen, and changes the world so.
    pub fn may(&mut self, action: Action, change: impl FnOnce(&mut World)) {
        let mut after = self.world.clone();
        change(&mut after);
        self.found.push((action, after));
    }
}

/// One step. `told.rs` says each in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    SignsInOnDesktop(Name),
    SignsOutOnDesktop,
    AppAsks,
    AppHears(Message),
    AppStores,
    AppSendsLastWish(Name),
    AppGivesUp,
    AppKilled,
    SignsInInBrowser(Name),
    SignsOutOn(Place),
    SurfaceChecks(Place),
    SurfaceReadsCheck(Place),
    SurfaceHears(Place, Message),
    SurfaceReloads(Place),
    ServiceReads(Message),
    ServiceCommits,
    ServiceSends,
    ServiceKilled,
    BackupMade,
    BackupRestored,
    ThiefCopies,
    ThiefHears(Message),
    Calls(Caller),
    HangsUp(Caller),
    SignsOutAfterCall,
    AdminEnds { now: bool },
    MinutePasses { reported: bool },
    HoursPass,
    ServiceLooks,
}
