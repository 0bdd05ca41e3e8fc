//! What people find: live sessions, and the audit log, a page at a time.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use session::{Cause, Kind, SessionId};
use store::{Actor, AuditEntry, AuditQuery, SessionSearch, Store, Touch, User, Whereabouts};

use super::sample::{actor, after, organization, person, session_of, somebody, start, started};

async fn found(store: &dyn Store, search: &SessionSearch) -> Vec<SessionId> {
    let page = store.sessions().search(search).await.unwrap();
    page.sessions
        .iter()
        .map(|(record, _)| record.session.id)
        .collect()
}

fn all_of(user: &User) -> SessionSearch {
    SessionSearch {
        organization: user.organization,
        text: None,
        kind: None,
        people: None,
        before: None,
        limit: 100,
    }
}

/// Sessions are found by whose they are, what they run on and where they are, live ones only.
pub async fn sessions_are_found_by_what_people_know_of_them(store: &dyn Store) {
    let acme = organization(store).await;
    let mira = person(store, acme.id).await;
    let elif = person(store, acme.id).await;
    store.users().rename(elif.id, "Élif Ÿılmaz").await.unwrap();
    let stranger = somebody(store).await;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let browser = started(store, &elif, Kind::Browser).await.session.id;
    let mut away = session_of(&mira, Kind::Browser);
    away.record.whereabouts = Whereabouts {
        address: "198.51.100.9".to_owned(),
        place: Some("Nairobi".to_owned()),
    };
    store.sessions().start(&away).await.unwrap();
    let away = away.record.session.id;
    started(store, &stranger, Kind::Browser).await;
    let ended = started(store, &mira, Kind::Desktop).await.session.id;
    let cause = Cause::DesktopSignOut { session: ended };
    store
        .sessions()
        .end(&cause, start(), &actor(&mira), None)
        .await
        .unwrap();

    let everything = all_of(&mira);
    assert_eq!(found(store, &everything).await, [away, browser, desktop]);
    let by = |text: &str| SessionSearch {
        text: Some(text.to_owned()),
        ..everything.clone()
    };
    assert_eq!(found(store, &by("ÉLIF ÿı")).await, [browser]);
    assert_eq!(
        found(store, &by(&mira.email.to_uppercase())).await,
        [away, desktop]
    );
    assert_eq!(found(store, &by("laptop")).await, [desktop]);
    assert_eq!(found(store, &by(" nairobi ")).await, [away]);
    assert_eq!(found(store, &by("198.51.")).await, [away]);
    assert_eq!(found(store, &by("  ")).await.len(), 3);
    assert_eq!(
        found(store, &by("100%")).await,
        [],
        "nothing of it is a pattern"
    );
    let browsers = SessionSearch {
        kind: Some(Kind::Browser),
        ..everything.clone()
    };
    assert_eq!(found(store, &browsers).await, [away, browser]);
    let team = SessionSearch {
        people: Some(BTreeSet::from([elif.id, stranger.id])),
        ..everything.clone()
    };
    assert_eq!(
        found(store, &team).await,
        [browser],
        "and no other organization's"
    );
    let nobody = SessionSearch {
        people: Some(BTreeSet::new()),
        ..everything.clone()
    };
    assert_eq!(found(store, &nobody).await, []);
    let page = store.sessions().search(&team).await.unwrap();
    assert_eq!(page.sessions[0].1.name, "Élif Ÿılmaz");
    let used = store.sessions().used_in(acme.id).await.unwrap();
    let live: Vec<_> = used.iter().map(|one| (one.user, one.live)).collect();
    assert_eq!(
        BTreeSet::from_iter(live),
        BTreeSet::from([(mira.id, 2), (elif.id, 1)])
    );
}

/// Page after page shows each session once, whatever is used meanwhile.
pub async fn pages_of_sessions_show_each_once(store: &dyn Store) {
    let mira = somebody(store).await;
    let mut expected = Vec::new();
    for _ in 0..7 {
        expected.push(started(store, &mira, Kind::Browser).await.session.id);
    }
    expected.reverse();
    let mut search = SessionSearch {
        limit: 3,
        ..all_of(&mira)
    };
    let mut seen = Vec::new();
    loop {
        let page = store.sessions().search(&search).await.unwrap();
        assert!(page.sessions.len() <= 3);
        seen.extend(page.sessions.iter().map(|(record, _)| record.session.id));
        let touch = Touch {
            session: expected[6],
            at: after(SignedDuration::from_secs(seen.len().try_into().unwrap())),
            whereabouts: Whereabouts::default(),
        };
        store.sessions().touch(touch).await.unwrap();
        match page.next {
            Some(next) => search.before = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, expected);
}

/// The audit log is filtered by time, action and person, and read a page at a time.
pub async fn the_audit_log_answers_what_is_asked(store: &dyn Store) {
    let (mira, sam) = (somebody(store).await, somebody(store).await);
    let entry = |second, action: &str, actor: Actor| AuditEntry {
        at: after(SignedDuration::from_secs(second)),
        actor,
        action: action.to_owned(),
        organization: Some(mira.organization),
        subject: None,
        session: None,
        surface: None,
        address: None,
        reason: None,
    };
    let log = store.audit();
    let entries = [
        entry(0, "session.started", actor(&mira)),
        entry(1, "session.ended", Actor::Service),
        entry(2, "sessions_exported", Actor::Operator),
        AuditEntry {
            subject: Some(mira.id),
            ..entry(3, "user.disabled", actor(&sam))
        },
        entry(4, "session.ended", actor(&sam)),
    ];
    for entry in &entries {
        log.append(entry).await.unwrap();
    }
    let foreign = AuditEntry {
        organization: Some(sam.organization),
        ..entries[0].clone()
    };
    log.append(&foreign).await.unwrap();
    let everything = AuditQuery::of(mira.organization, 100);
    let asked = async |query: &AuditQuery| {
        let page = log.query(query).await.unwrap();
        assert_eq!(page.next, None);
        let at = |entry: &AuditEntry| entry.at.as_second() - start().as_second();
        page.entries.iter().map(at).collect::<Vec<_>>()
    };
    assert_eq!(asked(&everything).await, [4, 3, 2, 1, 0]);
    let by_action = |action: &str| AuditQuery {
        action: Some(action.to_owned()),
        ..everything.clone()
    };
    assert_eq!(asked(&by_action("session.ended")).await, [4, 1]);
    assert_eq!(asked(&by_action("session.")).await, [4, 1, 0]);
    assert!(asked(&by_action("session")).await.is_empty());
    let between = AuditQuery {
        from: Some(entries[1].at),
        to: Some(entries[3].at),
        ..everything.clone()
    };
    assert_eq!(asked(&between).await, [2, 1]);
    let of_mira = AuditQuery {
        person: Some(mira.id),
        ..everything.clone()
    };
    assert_eq!(asked(&of_mira).await, [3, 0], "by and about");

    let mut query = AuditQuery::of(mira.organization, 2);
    let mut seen = Vec::new();
    loop {
        let page = log.query(&query).await.unwrap();
        seen.extend(page.entries);
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    seen.reverse();
    assert_eq!(seen, entries);
}
