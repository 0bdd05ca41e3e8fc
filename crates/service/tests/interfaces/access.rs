//! Every route, asked by everybody.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    house::{At, House, SAM},
    routes::{Own, Supervisor, routes, send},
    support::{AVA, CTI, DASHBOARD, GIL, MIRA, WORKSPACE},
};

const NOBODY: &str = "0190a5d4-0000-7000-8000-000000000000";

#[tokio::test]
async fn the_table_has_every_route() {
    let mut declared = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/dashboard"),
        &mut declared,
    );
    assert!(declared.len() > 12, "{declared:?}");
    let routes = routes();
    for path in declared {
        let tested = routes.iter().any(|route| {
            let plain: Vec<&str> = route
                .path
                .split('/')
                .map(|part| if part.starts_with('{') { "{id}" } else { part })
                .collect();
            plain.join("/") == path
        });
        assert!(tested, "{path} is not in the table");
    }
}

fn collect(folder: &Path, paths: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let quoted = text.split("\"/api/").skip(1);
            paths.extend(quoted.map(|rest| format!("/api/{}", rest.split('"').next().unwrap())));
        }
    }
}

#[tokio::test]
async fn nobody_and_agents_are_refused_everywhere() {
    let house = House::new().await;
    let admin = house.admin().await;
    let own = Own::of(&house, &admin).await;
    let nobody = At {
        browser: house.world.browser(),
        origin: DASHBOARD,
    };
    let agent = house.at_dashboard(AVA).await;
    for route in routes() {
        let path = own.path(route.path);
        send(&nobody, &route, &path)
            .await
            .assert_problem(401, "UL-1301");
        send(&agent, &route, &path)
            .await
            .assert_problem(403, "UL-1401");
    }
    assert!(agent.browser.session(DASHBOARD).await["status"] == "refused");
    assert!(admin.is_signed_in().await, "nothing was done");
}

#[tokio::test]
async fn a_supervisor_sees_the_own_teams_and_changes_nothing() {
    let house = House::new().await;
    let admin = house.admin().await;
    let own = Own::of(&house, &admin).await;
    let sam = house.at_dashboard(SAM).await;
    for route in routes() {
        let answer = send(&sam, &route, &own.path(route.path)).await;
        match route.supervisor {
            Supervisor::Sees => assert_eq!(answer.status, 200, "{}: {answer:?}", route.path),
            Supervisor::Refused => answer.assert_problem(403, "UL-1401"),
        }
    }
    let audit = house.audit().await;
    for action in [
        "user.disabled",
        "team.removed",
        "client.removed",
        "crm.origins_changed",
    ] {
        assert!(!audit.iter().any(|it| it == action), "{action}");
    }
}

#[tokio::test]
async fn an_admin_of_another_organization_finds_nothing() {
    let house = House::new().await;
    let admin = house.admin().await;
    let own = Own::of(&house, &admin).await;
    let gil = house.other_admin().await;
    for route in routes() {
        let path = own.path(route.path);
        let answer = send(&gil, &route, &path).await;
        if route.path.contains('{') {
            answer.assert_problem(404, "UL-1402");
        } else {
            assert!(answer.status.is_success(), "{path}: {answer:?}");
            for secret in [
                "acme.example",
                &own.person,
                &own.session,
                &own.team,
                &own.client,
            ] {
                if route.body != Value::Null {
                    continue;
                }
                assert!(
                    !answer.body.contains(secret),
                    "{path} tells {secret}: {answer:?}"
                );
            }
        }
    }
    assert_eq!(house.world.live(AVA).await, 1);
    let team = admin.get("/api/teams").await;
    assert_eq!(team["teams"][0]["name"], "Support North");
    let people = admin.get("/api/people?search=ava").await;
    assert_eq!(people["people"][0]["status"], "active");
}

#[tokio::test]
async fn an_admin_may_do_all_of_it() {
    let house = House::new().await;
    let admin = house.admin().await;
    let own = Own::of(&house, &admin).await;
    for route in routes() {
        let path = own.path(route.path);
        let answer = send(&admin, &route, &path).await;
        assert!(
            answer.status.is_success(),
            "{} {path}: {answer:?}",
            route.method
        );
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_or_cannot_be_a_name_is_missing() {
    let house = House::new().await;
    let admin = house.admin().await;
    for name in [NOBODY, "nonsense", "a%2Fb", &"a".repeat(3000)] {
        let nothing = Own {
            person: name.to_owned(),
            session: name.to_owned(),
            team: name.to_owned(),
            client: name.to_owned(),
        };
        for route in routes().iter().filter(|route| route.path.contains('{')) {
            let answer = send(&admin, route, &nothing.path(route.path)).await;
            answer.assert_problem(404, "UL-1402");
        }
    }
}

#[tokio::test]
async fn the_interfaces_are_at_their_own_origins_only() {
    let house = House::new().await;
    let admin = house.admin().await;
    for origin in [WORKSPACE, CTI] {
        let there = house.world.browser();
        there.sign_in(origin, MIRA).await;
        for path in ["/api/people", "/api/audit.csv", "/api/clients"] {
            let answer = there.ask(origin, path).await;
            assert!(
                !answer.body.contains("acme.example"),
                "{origin}{path}: {answer:?}"
            );
        }
    }
    let answer = admin.ask("/api/account").await;
    assert_ne!(answer.status, 200);
}

#[tokio::test]
async fn a_role_that_was_taken_away_is_gone_at_once() {
    let house = House::new().await;
    let (mira, noor) = (
        house.admin().await,
        house.at_dashboard(crate::house::NOOR).await,
    );
    let path = format!("/api/people/{}", house.id(crate::house::NOOR).await);
    let answer = mira
        .put(&path, json!({"role": "agent", "team": null}))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    noor.ask("/api/people").await.assert_problem(403, "UL-1401");
    assert_eq!(noor.browser.session(DASHBOARD).await["status"], "refused");
    assert_eq!(gil_sees(&house).await, ["Gil Haddad"]);
}

async fn gil_sees(house: &House) -> Vec<String> {
    let gil = house.at_dashboard(GIL).await;
    crate::house::names(&gil.get("/api/people").await, "people")
}
