//! `/api/audit` and `/api/audit.csv`: what happened in the organization.
//!
//! Threats: reading another organization's log (every query names the own); a file that a
//! spreadsheet takes for formulas ([`csv`]); an export that takes the service's memory (it is
//! written page by page), or goes on after its Admin was signed out (asked before each page).

mod csv;
mod names;

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::stream;
use jiff::Timestamp;
use serde::Deserialize;
use session::{SessionId, UserId};
use store::{AuditPage, AuditQuery, Role};

use self::names::Names;
use super::{
    who::Admin,
    wire::{Audit, AuditShown},
};
use crate::{
    api::{ApiError, Asked, Cursor, Refusal},
    state::App,
};

const PAGE: u32 = 50;
const EXPORT_PAGE: u32 = 500;
const LONGEST_ACTION: usize = 60;

/// The endpoints about the audit log.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/audit", get(list))
        .route("/api/audit.csv", get(export))
}

/// The query: times as RFC 3339 has them, an action or its beginning (`session.`), a person's id.
#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    action: Option<String>,
    #[serde(default)]
    person: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
}

impl Filter {
    fn query(&self, admin: &Admin, limit: u32) -> Result<AuditQuery, Refusal> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let wrong = |field, key| move || Refusal::of(field, "UL-1406", key);
        let time = |field, text: Option<String>| {
            let read = |text: String| text.parse::<Timestamp>().ok();
            text.map(|text| read(text).ok_or_else(wrong(field, "api-time")))
                .transpose()
        };
        let action = given(&self.action);
        let word = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'_');
        if let Some(action) = &action
            && (action.len() > LONGEST_ACTION || !action.bytes().all(word))
        {
            return Err(wrong("action", "api-action")());
        }
        let person = given(&self.person).map(|id| id.parse::<UserId>());
        let person = person.transpose();
        let cursor = given(&self.cursor);
        Ok(AuditQuery {
            organization: admin.0.organization(),
            from: time("from", given(&self.from))?,
            to: time("to", given(&self.to))?,
            action,
            person: person.map_err(|_| wrong("person", "api-person")())?,
            before: cursor.as_deref().map(Cursor::place).transpose()?,
            limit,
        })
    }
}

/// `GET /api/audit`.
async fn list(
    State(app): State<App>,
    admin: Admin,
    Asked(asked): Asked<Filter>,
) -> Result<Json<Audit>, ApiError> {
    let query = asked.query(&admin, PAGE)?;
    let AuditPage { entries, next } = app.store.audit().query(&query).await?;
    let mut names = Names::of(admin.0.organization());
    let mut shown: Vec<AuditShown> = Vec::with_capacity(entries.len());
    for entry in entries {
        shown.push(names.shown(&app, entry).await?);
    }
    Ok(Json(Audit {
        entries: shown,
        next: next.as_ref().map(Cursor::of),
    }))
}

/// `GET /api/audit.csv`: the same, whole.
async fn export(
    State(app): State<App>,
    admin: Admin,
    Asked(asked): Asked<Filter>,
) -> Result<Response, ApiError> {
    let query = asked.query(&admin, EXPORT_PAGE)?;
    let entry = admin.0.by().audit(&app, "audit.exported");
    entry.within(admin.0.organization()).write(&app).await?;
    let export = Export {
        names: Names::of(query.organization),
        next: Some(query),
        session: admin.0.session(),
        app,
    };
    let heading = stream::once(async { Ok::<_, ApiError>(csv::HEADING.to_owned()) });
    let rows = stream::try_unfold(export, async |mut export: Export| {
        let page = export.page().await?;
        Ok::<_, ApiError>(page.map(|page| (page, export)))
    });
    let body = Body::from_stream(futures_util::StreamExt::chain(heading, rows));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"audit.csv\"",
        ),
    ];
    Ok((StatusCode::OK, headers, body).into_response())
}

/// An export under way.
struct Export {
    app: App,
    names: Names,
    session: SessionId,
    /// What is asked for next; `None` after the last page.
    next: Option<AuditQuery>,
}

impl Export {
    async fn page(&mut self) -> Result<Option<String>, ApiError> {
        let Some(query) = self.next.take() else {
            return Ok(None);
        };
        let now = self.app.clock.now();
        let sessions = &self.app.sessions;
        let live = sessions.get(self.app.store.as_ref(), self.session, now);
        if live.await?.is_none_or(|live| live.user.role != Role::Admin) {
            return Err(ApiError::Role);
        }
        let AuditPage { entries, next } = self.app.store.audit().query(&query).await?;
        self.next = next.map(|before| AuditQuery {
            before: Some(before),
            ..query
        });
        let mut page = String::new();
        for entry in entries {
            let shown = self.names.shown(&self.app, entry).await?;
            csv::row(&mut page, &shown);
        }
        Ok(Some(page))
    }
}
