//! Live sessions, kept in memory so that a check costs no query.
//!
//! Whatever ends a session evicts it before anyone is told; a load that overlaps an eviction is
//! not kept, so a session that has ended cannot slip back in. Entries are read again after five
//! minutes in any case, which bounds how long a changed name is shown.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use session::{Call, OrganizationId, SessionId, lifetime_over};
use store::{Organization, SessionRecord, Store, User, UserStatus};

use super::SessionsError;

const CAPACITY: usize = 100_000;
/// Longer than from one renewal of an app to its next: a renewal then reads nothing beforehand.
const READ_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// A live session with the person it belongs to.
#[derive(Debug)]
pub struct Live {
    /// The session. Its generations and last use may be as old as the entry.
    pub record: SessionRecord,
    /// Whose it is.
    pub user: User,
    /// The user's organization.
    pub organization: Arc<Organization>,
    /// The call that the session is on, if it is on one.
    pub call: Option<Call>,
    /// When it was read.
    read_at: Timestamp,
    /// When its use was last noted in the store, in seconds.
    touched: AtomicI64,
}

impl Live {
    fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.read_at) < READ_AGAIN_AFTER
    }

    fn in_time(&self, now: Timestamp) -> bool {
        let lifetimes = self.organization.lifetimes(self.record.session.kind);
        lifetime_over(&self.record.session, lifetimes, now).is_none()
    }

    /// A disabled user's sessions have ended, but for one that waits for its call.
    fn may_go_on(&self) -> bool {
        let ending = self.record.ending;
        self.user.status == UserStatus::Active || ending.is_some_and(|it| it.after_call)
    }

    /// Whether a use at `now` should be noted in the store; true once in `every`.
    pub(super) fn touch_due(&self, now: Timestamp, every: Duration) -> bool {
        let every = i64::try_from(every.as_secs()).unwrap_or(i64::MAX);
        let last = self.touched.load(Ordering::Relaxed);
        now.as_second().saturating_sub(last) >= every
            && self
                .touched
                .compare_exchange(last, now.as_second(), Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

/// The live sessions that were asked for lately.
#[derive(Debug)]
pub struct LiveSessions {
    cache: quick_cache::sync::Cache<SessionId, Arc<Live>>,
    /// There are few, and every session needs one.
    organizations: moka::sync::Cache<OrganizationId, Arc<Organization>>,
    evictions: AtomicU64,
}

impl Default for LiveSessions {
    fn default() -> Self {
        Self {
            cache: quick_cache::sync::Cache::new(CAPACITY),
            organizations: moka::sync::Cache::builder()
                .max_capacity(CAPACITY as u64)
                .time_to_live(READ_AGAIN_AFTER.unsigned_abs())
                .build(),
            evictions: AtomicU64::new(0),
        }
    }
}

impl LiveSessions {
    /// The session, if it is live: not ended, in its lifetime, of a user who may sign in.
    pub async fn get(
        &self,
        store: &dyn Store,
        id: SessionId,
        now: Timestamp,
    ) -> Result<Option<Arc<Live>>, SessionsError> {
        if let Some(live) = self.cache.get(&id).filter(|live| live.is_fresh(now)) {
            return Ok(live.in_time(now).then_some(live));
        }
        // Apart, so that who finds it in memory does not carry what it takes to read it.
        Box::pin(self.read(store, id, now)).await
    }

    async fn read(
        &self,
        store: &dyn Store,
        id: SessionId,
        now: Timestamp,
    ) -> Result<Option<Arc<Live>>, SessionsError> {
        let evictions = self.evictions.load(Ordering::SeqCst);
        let Some(record) = store.sessions().get(id).await? else {
            return Ok(None);
        };
        if !record.session.is_live() {
            return Ok(None);
        }
        let user = store.users().get(record.session.user).await?;
        let user = user.ok_or(SessionsError::Missing("user"))?;
        let organization = self.organization(store, user.organization).await?;
        let calls = store.calls().of(id, now).await?;
        let live = Arc::new(Live {
            touched: AtomicI64::new(record.session.last_used_at.as_second()),
            record,
            user,
            organization,
            call: calls.into_iter().next(),
            read_at: now,
        });
        if !live.may_go_on() || !live.in_time(now) {
            return Ok(None);
        }
        self.keep(&live, evictions);
        Ok(Some(live))
    }

    /// Keeps what was read when `evictions` had happened, unless there were more meanwhile: one
    /// of them may have been this session's.
    fn keep(&self, live: &Arc<Live>, evictions: u64) {
        let id = live.record.session.id;
        self.cache.insert(id, Arc::clone(live));
        if self.evictions.load(Ordering::SeqCst) != evictions {
            self.cache.remove(&id);
        }
    }

    async fn organization(
        &self,
        store: &dyn Store,
        id: OrganizationId,
    ) -> Result<Arc<Organization>, SessionsError> {
        if let Some(organization) = self.organizations.get(&id) {
            return Ok(organization);
        }
        let organization = store.organizations().get(id).await?;
        let organization = organization.ok_or(SessionsError::Missing("organization"))?;
        let organization = Arc::new(organization);
        self.organizations.insert(id, Arc::clone(&organization));
        Ok(organization)
    }

    /// Forgets a session that has ended or changed.
    pub fn evict(&self, id: SessionId) {
        self.evictions.fetch_add(1, Ordering::SeqCst);
        self.cache.remove(&id);
    }

    /// Forgets everything: what happened meanwhile is not known.
    pub fn evict_all(&self) {
        self.evictions.fetch_add(1, Ordering::SeqCst);
        self.cache.clear();
        self.organizations.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use session::{Authentication, Generations, Kind, Session, UserId};
    use store::{Device, Role, Whereabouts};
    use uuid::Uuid;

    use super::*;

    fn live() -> Arc<Live> {
        let now = Timestamp::UNIX_EPOCH;
        let organization = Organization {
            id: OrganizationId(Uuid::now_v7()),
            name: "Acme".to_owned(),
            created_at: now,
            browser_lifetimes: None,
            desktop_lifetimes: None,
            sign_out_ends_all_browsers: false,
            crm_mismatch: store::CrmMismatch::Warn,
        };
        let user = User {
            id: UserId(Uuid::now_v7()),
            organization: organization.id,
            email: "mira@acme.example".to_owned(),
            name: "Mira Okafor".to_owned(),
            role: Role::Admin,
            status: UserStatus::Active,
            created_at: now,
        };
        let session = Session {
            id: SessionId(Uuid::now_v7()),
            user: user.id,
            organization: organization.id,
            kind: Kind::Browser,
            browser: None,
            authentication: Authentication {
                methods: std::collections::BTreeSet::new(),
                at: now,
            },
            started_at: now,
            last_used_at: now,
            generations: Generations::default(),
            end: None,
        };
        Arc::new(Live {
            record: SessionRecord {
                session,
                device: Device::default(),
                whereabouts: Whereabouts::default(),
                client_id: None,
                key_thumbprint: None,
                ending: None,
            },
            user,
            organization: Arc::new(organization),
            call: None,
            read_at: now,
            touched: AtomicI64::new(0),
        })
    }

    fn kept(sessions: &LiveSessions, live: &Live) -> bool {
        sessions.cache.peek(&live.record.session.id).is_some()
    }

    #[test]
    fn a_session_that_ends_while_it_is_read_is_not_kept() {
        let (sessions, live) = (LiveSessions::default(), live());
        let before = sessions.evictions.load(Ordering::SeqCst);
        sessions.evict(live.record.session.id);
        sessions.keep(&live, before);
        assert!(!kept(&sessions, &live));

        sessions.keep(&live, before + 1);
        assert!(kept(&sessions, &live));
        sessions.evict_all();
        assert!(!kept(&sessions, &live));
    }

    #[test]
    fn a_session_in_memory_is_not_live_past_its_lifetime() {
        let live = live();
        let days = |days: i64| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(days * 24);
        assert!(live.in_time(days(30)));
        assert!(!live.in_time(days(31)));
    }

    #[test]
    fn a_session_in_memory_is_read_again_now_and_then() {
        let live = live();
        let after = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        assert!(live.is_fresh(after(299)));
        assert!(!live.is_fresh(after(300)));
    }

    #[test]
    fn a_use_is_noted_once_in_a_while() {
        let live = live();
        let minute = Duration::from_mins(1);
        let at = |second| Timestamp::from_second(second).unwrap();
        assert!(!live.touch_due(at(59), minute));
        assert!(live.touch_due(at(60), minute));
        assert!(!live.touch_due(at(61), minute));
        assert!(live.touch_due(at(120), minute));
    }
}
