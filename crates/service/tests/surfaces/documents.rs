//! Who may frame a surface's documents, and what runs in them.

use axum::http::Method;
use store::Crm;

use crate::support::{CTI, DASHBOARD, ID, MIRA, WORKSPACE, World};

const HUBSPOT: &str = "http://hubspot.localhost:7410";
const SALESFORCE: &str = "http://salesforce.localhost:7412";

async fn lists(world: &World, crm: Crm, origin: &str) {
    let origins = world.app.store.crm_origins();
    let list = [origin.to_owned()];
    origins.set(world.acme.id, crm, &list).await.unwrap();
}

#[tokio::test]
async fn no_other_site_frames_a_surface_and_only_own_scripts_run() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    browser.open(&format!("{DASHBOARD}/")).await;
    for url in [
        format!("{WORKSPACE}/"),
        format!("{DASHBOARD}/people"),
        format!("{CTI}/"),
        format!("{CTI}/window"),
        format!("{CTI}/window/done"),
    ] {
        let page = browser.open(&url).await.page;
        assert_eq!(page.url.as_str(), url);
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{url}: {policy}");
        assert!(
            policy.ends_with("frame-ancestors 'none'"),
            "{url}: {policy}"
        );
        assert!(policy.contains("script-src 'self';"), "{url}: {policy}");
        assert!(!policy.contains("unsafe"), "{url}: {policy}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{url}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{url}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{url}");
    }
}

#[tokio::test]
async fn the_widget_is_framed_by_the_organization_s_list_and_nothing_else() {
    let world = World::new().await;
    lists(&world, Crm::Hubspot, HUBSPOT).await;
    lists(&world, Crm::Salesforce, SALESFORCE).await;
    let browser = world.browser();
    let framed = [
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-storage-access", "inactive"),
    ];
    let policy = async |path: &str| {
        let url = format!("{CTI}{path}");
        let page = browser.send(Method::GET, &url, &framed, "").await;
        assert!(page.next().is_none(), "a frame is never sent to sign in");
        let policy = page.header("content-security-policy").to_owned();
        (policy, page)
    };
    // A dot in an organization's name makes it no file.
    let (dotted, _) = policy("/hubspot/acme%20inc.").await;
    assert!(dotted.ends_with("frame-ancestors 'none'"), "{dotted}");
    let (hubspot, page) = policy("/hubspot/acme").await;
    assert!(
        hubspot.ends_with(&format!("frame-ancestors {HUBSPOT}")),
        "{hubspot}"
    );
    assert!(hubspot.contains("script-src 'self';"), "{hubspot}");
    assert_eq!(page.header("x-frame-options"), "");
    // Opened by somebody else's page it is out of that one's hands, and opens its own windows.
    let opener = page.header("cross-origin-opener-policy");
    assert_eq!(opener, "same-origin-allow-popups");
    assert_eq!(page.header("activate-storage-access"), "load");
    let (salesforce, _) = policy("/salesforce/Acme").await;
    assert!(
        salesforce.contains(&format!("script-src 'self' {SALESFORCE};")),
        "{salesforce}"
    );
    for none in [
        "/zendesk/acme",
        "/hubspot/globex",
        "/hubspot/nobody",
        "/pipedrive/acme",
        "/",
    ] {
        let (policy, _) = policy(none).await;
        assert!(
            policy.ends_with("frame-ancestors 'none'"),
            "{none}: {policy}"
        );
    }

    let host = browser
        .ask(CTI, "/embed/host?crm=hubspot&organization=acme")
        .await;
    assert_eq!(host.json()["origins"], serde_json::json!([HUBSPOT]));
    let host = browser
        .ask(CTI, "/embed/host?crm=pipedrive&organization=acme")
        .await;
    host.assert_problem(404, "UL-1305");
}

#[tokio::test]
async fn a_page_never_shows_somebody_who_has_signed_out_from_a_cache() {
    let world = World::new().await;
    let browser = world.browser();
    browser.sign_in(WORKSPACE, MIRA).await;
    assert_eq!(
        browser
            .ask(WORKSPACE, "/session")
            .await
            .header("cache-control"),
        "no-store"
    );
    let page = browser.get(&format!("{WORKSPACE}/")).await;
    assert!(matches!(
        page.header("cache-control"),
        "no-cache" | "no-store"
    ));
}

#[tokio::test]
async fn the_desktop_app_learns_where_to_open_them() {
    let world = World::new().await;
    let url = format!("{ID}/.well-known/openid-configuration");
    let metadata = world.browser().get(&url).await.json();
    let expected = serde_json::json!({ "workspace": WORKSPACE, "dashboard": DASHBOARD });
    assert_eq!(metadata["surfaces"], expected);
}
