//! With other people's software: their client at our service, our app at their issuer.

use std::{process::Command, time::Duration};

use stage::{
    App, AppOptions, Browser, Desk, KEYCHAIN_SERVICE, Keychain, LIMIT, LONG, MIRA, Program, SCHEME,
    Service, ServiceOptions, Tray, free_port, node, until,
};

const SECRET: &str = "a secret of a client that is not ours 27";

#[tokio::test]
async fn a_strict_client_that_is_not_ours_goes_through_everything() {
    let service = Service::with(ServiceOptions {
        config: format!(
            "[[clients]]\nid = \"strict\"\nname = \"A strict client\"\n\
             redirect_uris = [\"http://127.0.0.1:49153/callback\"]\nsession_kind = \"desktop\"\n\
             token_endpoint_auth_method = \"client_secret_basic\"\n\
             secret = {{ plain = \"{SECRET}\" }}\nid_token_signed_response_alg = \"RS256\"\n\
             introspection = true\n"
        ),
        ..ServiceOptions::default()
    })
    .await;
    let logs = service.data().join("client");
    std::fs::create_dir(&logs).unwrap();
    let mut command: Command = node("strict-client.mjs");
    command.args([
        service.issuer(),
        MIRA.email,
        MIRA.password,
        "strict",
        SECRET,
    ]);
    let mut client = Program::start("strict-client", &logs, &mut command);
    let status = client.end(LONG).await;
    let said = client.log();
    println!("{said}");
    assert!(status.success(), "{said}");
    let steps = said.lines().filter(|line| line.starts_with("ok ")).count();
    assert!(steps >= 20, "{steps} steps");
}

#[tokio::test]
async fn the_app_signs_in_renews_twice_and_signs_out_at_an_issuer_that_is_not_ours() {
    let desk = Desk::set_up().await;
    let port = free_port();
    let mut command = node("foreign-issuer.mjs");
    command.args([
        &port.to_string(),
        "workspace-desktop",
        &format!("{SCHEME}:/signed-in"),
        "http://127.0.0.1/signed-in",
    ]);
    let issuer = Program::start("issuer", &desk.logs(), &mut command);
    let said = async |what: &str, times: usize| {
        until(what, LIMIT, async || {
            let log = issuer.log();
            (log.matches(what).count() >= times).then_some(())
        })
        .await;
    };
    said("listening", 1).await;

    let tray = Tray::on(&desk).await;
    let keychain = Keychain::of(&desk, KEYCHAIN_SERVICE).await;
    let options = AppOptions::at(&format!("http://127.0.0.1:{port}"))
        .renewing_every(Duration::from_millis(500));
    let app = App::open(&desk, &options).await;
    app.window().press("Sign in with your browser").await;
    let browser = Browser::attach(&desk).await;
    browser
        .find("the issuer's own page", |url| {
            url.path().starts_with("/interaction/")
        })
        .await;
    let page = browser.page();
    page.fill("input[name=login]", "noor").await;
    page.fill("input[name=password]", "anything").await;
    page.press("Sign-in").await;
    page.press("Continue").await;
    app.window().shows("Signed in as noor of Elsewhere").await;
    tray.shows("noor of Elsewhere").await;

    said(r#""granted":"refresh_token""#, 2).await;
    app.renews(2).await;
    app.quit().await;
    let app = App::open(&desk, &options).await;
    app.window().shows("Signed in as noor of Elsewhere").await;
    app.renews(1).await;

    tray.press("Sign out").await;
    app.window().shows("Sign in to Workspace").await;
    said(r#""revoked":true"#, 1).await;
    until("an empty keychain", LIMIT, async || {
        keychain.records().await.is_empty().then_some(())
    })
    .await;
    assert!(!issuer.log().contains("\"refused\""), "{}", issuer.log());
}
