//! Live sessions, kept in memory so that a check costs no query.
//!
//! Whatever ends a session evicts it before anyone is told; a load that overlaps an eviction is
//! not kept, so a session that has ended cannot slip back in. Entries are read again after a
//! minute in any case, which bounds how long a changed name or role is shown.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use moka::sync::Cache;
use session::{OrganizationId, SessionId, lifetime_over};
use store::{Organization, SessionRecord, Store, User, UserStatus};

use super::SessionsError;

const CAPACITY: u64 = 100_000;
const READ_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// A live session with the person it belongs to.
#[derive(Debug)]
pub struct Live {
    /// The session. Its generations and last use may be as old as the entry.
    pub record: SessionRecord,
    /// Whose it is.
    pub user: User,
    /// The user's organization.
    pub organization: Arc<Organization>,
    /// When its use was last noted in the store, in seconds.
    touched: AtomicI64,
}

impl Live {
    fn in_time(&self, now: Timestamp) -> bool {
        let lifetimes = self.organization.lifetimes(self.record.session.kind);
        lifetime_over(&self.record.session, lifetimes, now).is_none()
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
    cache: Cache<SessionId, Arc<Live>>,
    /// There are few, and every session needs one.
    organizations: Cache<OrganizationId, Arc<Organization>>,
    evictions: AtomicU64,
}

impl Default for LiveSessions {
    fn default() -> Self {
        Self {
            cache: Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(READ_AGAIN_AFTER)
                .build(),
            organizations: Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(READ_AGAIN_AFTER)
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
        if let Some(live) = self.cache.get(&id) {
            return Ok(live.in_time(now).then_some(live));
        }
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
        let live = Arc::new(Live {
            touched: AtomicI64::new(record.session.last_used_at.as_second()),
            record,
            user,
            organization,
        });
        if live.user.status != UserStatus::Active || !live.in_time(now) {
            return Ok(None);
        }
        self.cache.insert(id, Arc::clone(&live));
        if self.evictions.load(Ordering::SeqCst) != evictions {
            self.cache.invalidate(&id);
        }
        Ok(Some(live))
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
        self.cache.invalidate(&id);
    }

    /// Forgets everything: what happened meanwhile is not known.
    pub fn evict_all(&self) {
        self.evictions.fetch_add(1, Ordering::SeqCst);
        self.cache.invalidate_all();
        self.organizations.invalidate_all();
    }
}
