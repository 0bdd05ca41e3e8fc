//! Requests that another site's page makes in a person's name.

use stage::{Floor, LIMIT, MIRA, Shown, Surface, client, until};

/// Every request that changes something, by surface.
const CHANGES: &[(&str, &str, &str)] = &[
    ("workspace", "POST", "/session/sign-out"),
    ("dashboard", "POST", "/session/sign-out"),
    ("cti", "POST", "/session/sign-out"),
    ("workspace", "PUT", "/session/call"),
    ("cti", "PUT", "/session/call"),
    ("workspace", "PUT", "/session/availability"),
    ("cti", "PUT", "/session/availability"),
    ("workspace", "POST", "/api/sessions/end"),
    ("workspace", "POST", "/api/sessions/end-others"),
    ("workspace", "POST", "/api/sessions/end-everywhere"),
    ("workspace", "PUT", "/api/account"),
    ("workspace", "POST", "/api/account/password"),
    ("dashboard", "POST", "/api/people/invite"),
    (
        "dashboard",
        "PUT",
        "/api/people/00000000-0000-0000-0000-000000000000",
    ),
    (
        "dashboard",
        "POST",
        "/api/people/00000000-0000-0000-0000-000000000000/disable",
    ),
    (
        "dashboard",
        "POST",
        "/api/people/00000000-0000-0000-0000-000000000000/enable",
    ),
    (
        "dashboard",
        "POST",
        "/api/people/00000000-0000-0000-0000-000000000000/end-sessions",
    ),
    ("dashboard", "POST", "/api/teams"),
    (
        "dashboard",
        "PUT",
        "/api/teams/00000000-0000-0000-0000-000000000000",
    ),
    (
        "dashboard",
        "DELETE",
        "/api/teams/00000000-0000-0000-0000-000000000000",
    ),
    (
        "dashboard",
        "POST",
        "/api/sessions/00000000-0000-0000-0000-000000000000/end",
    ),
    ("dashboard", "PUT", "/api/crm"),
    ("dashboard", "POST", "/api/clients"),
    ("dashboard", "PUT", "/api/clients/x"),
    ("dashboard", "DELETE", "/api/clients/x"),
    ("dashboard", "POST", "/api/clients/x/secret"),
    ("dashboard", "PUT", "/api/organization"),
    ("cti", "POST", "/embed/attempts"),
    ("cti", "POST", "/embed/attempts/x/wait"),
    ("cti", "POST", "/window/confirm"),
];

#[tokio::test]
async fn every_request_that_changes_something_is_refused_to_other_sites_pages() {
    let mut floor = Floor::usual().await;
    let mut cookies = std::collections::HashMap::new();
    for (label, surface) in [
        ("workspace", Surface::Workspace),
        ("dashboard", Surface::Dashboard),
    ] {
        floor.surfaces.sign_in(surface, MIRA).await;
        cookies.insert(label, floor.surfaces.cookie("__Host-ul-surface").await);
    }
    let service = &floor.scene.service;
    let client = client();
    // As browsers mark them: with both headers, with the older one only, and from a sibling.
    let marks: [&[(&str, &str)]; 3] = [
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://evil.localhost"),
        ],
        &[("origin", "http://evil.localhost")],
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", service.issuer()),
        ],
    ];
    for (label, method, path) in CHANGES {
        for marks in marks {
            let address = format!("{}{path}", service.origin(label));
            let method = method.parse().expect("a method");
            let mut request = client.request(method, &address);
            for (name, value) in marks {
                request = request.header(*name, *value);
            }
            if let Some(cookie) = cookies.get(label) {
                request = request.header("cookie", format!("__Host-ul-surface={cookie}"));
            }
            let answer = request
                .json(&serde_json::json!({}))
                .send()
                .await
                .expect("an answer");
            assert_eq!(answer.status(), 403, "{address} with {marks:?}");
        }
    }
    for surface in [Surface::Workspace, Surface::Dashboard] {
        floor.surfaces.reload(surface).await;
        floor.surfaces.is(surface, &Shown::SignedIn).await;
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_sign_anybody_out() {
    let mut floor = Floor::usual().await;
    floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
    for label in ["workspace", "cti"] {
        let target = format!("{}/session/sign-out", floor.scene.service.origin(label));
        let target: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let page = floor.surfaces.hosts.page("evil", &format!("post={target}"));
        let browser = &floor.surfaces.browser;
        browser.new_tab().await;
        browser.visit(&page).await;
        until("the requests made", LIMIT, async || {
            let script = "return document.querySelector('[data-known=asked]')?.textContent";
            (browser.page().script(script).await == "done").then_some(())
        })
        .await;
    }
    floor.surfaces.reload(Surface::Workspace).await;
    floor
        .surfaces
        .is(Surface::Workspace, &Shown::SignedIn)
        .await;
}
