//! Another team's surface, in its own stack and on its own site, joins as a registered client.

use std::time::Duration;

use serde_json::Value;
use stage::{
    Desk, Engine, LIMIT, LONG, MIRA, Program, Service, ServiceOptions, Shown, Surface, Surfaces,
    free_port, node, until,
};

const SECRET: &str = "a secret of the reports team 27";
const SOON: Duration = Duration::from_secs(1);

/// Notes when the person's last click came, by the machine's clock.
const CLICKS: &str = "
    window.clickedAt = null;
    addEventListener('click', () => { window.clickedAt = performance.timeOrigin + performance.now(); }, true);";

struct Reports {
    program: Program,
    address: String,
}

impl Reports {
    fn start(desk: &Desk, port: u16, issuer: &str) -> Self {
        let mut command = node("another-surface.mjs");
        command.args([&port.to_string(), issuer, "reports", SECRET]);
        let program = Program::start("reports", &desk.logs(), &mut command);
        Self {
            program,
            address: format!("http://reports.localhost:{port}/"),
        }
    }

    /// The first line that has this in it.
    async fn says(&self, what: &str, limit: Duration) -> Value {
        until(what, limit, async || {
            let log = self.program.log();
            let mut said = log
                .lines()
                .filter_map(|line| serde_json::from_str(line).ok());
            said.find(|said: &Value| said.get(what).is_some())
        })
        .await
    }
}

async fn service_with(port: u16) -> Service {
    Service::with(ServiceOptions {
        config: format!(
            "[[clients]]\nid = \"reports\"\nname = \"Reports\"\n\
             redirect_uris = [\"http://reports.localhost:{port}/callback\"]\n\
             token_endpoint_auth_method = \"client_secret_basic\"\n\
             secret = {{ plain = \"{SECRET}\" }}\n\
             backchannel_logout_uri = \"http://reports.localhost:{port}/backchannel-logout\"\n\
             backchannel_logout_session_required = true\n"
        ),
        ..ServiceOptions::default()
    })
    .await
}

#[tokio::test]
async fn another_teams_surface_signs_in_silently_and_is_told_of_the_sign_out_within_a_second() {
    let desk = Desk::set_up().await;
    let port = free_port();
    let service = service_with(port).await;
    let reports = Reports::start(&desk, port, service.issuer());
    reports.says("listening", LIMIT).await;
    let mut surfaces = Surfaces::open(&desk, &service, Engine::Chromium).await;
    surfaces.sign_in(Surface::Workspace, MIRA).await;

    let tab = surfaces.browser.new_tab().await;
    surfaces.browser.visit(&reports.address).await;
    surfaces.page().shows("Signed in as Mira Okafor").await;
    let signed_in = reports.says("signed_in", LIMIT).await;

    surfaces.go_to(Surface::Workspace).await;
    surfaces.page().script(CLICKS).await;
    surfaces.sign_out(Surface::Workspace).await;
    let told = reports.says("told", LIMIT).await;
    assert_eq!(told["told"], signed_in["sid"], "of that very session");
    surfaces.is(Surface::Workspace, &Shown::SignedOut).await;
    surfaces.look_at(Surface::Workspace).await;
    let clicked = surfaces.page().script("return window.clickedAt").await;
    let took = told["at"].as_f64().unwrap() - clicked.as_f64().unwrap();
    println!(
        "{took:.0} ms from Sign out in Workspace web to a valid logout token at another team's surface"
    );
    assert!(took < SOON.as_secs_f64() * 1000.0, "{took} ms");

    surfaces.browser.go_to(&tab).await;
    surfaces.browser.visit(&reports.address).await;
    surfaces.page().shows("You are signed out.").await;
}

#[tokio::test]
async fn another_teams_surface_that_was_down_is_told_when_it_is_back() {
    let desk = Desk::set_up().await;
    let port = free_port();
    let service = service_with(port).await;
    let mut reports = Reports::start(&desk, port, service.issuer());
    reports.says("listening", LIMIT).await;
    let mut surfaces = Surfaces::open(&desk, &service, Engine::Chromium).await;
    surfaces.sign_in(Surface::Workspace, MIRA).await;
    surfaces.browser.new_tab().await;
    surfaces.browser.visit(&reports.address).await;
    surfaces.page().shows("Signed in as Mira Okafor").await;
    let signed_in = reports.says("signed_in", LIMIT).await;
    reports.program.kill();

    surfaces.sign_out(Surface::Workspace).await;
    surfaces.is(Surface::Workspace, &Shown::SignedOut).await;
    until("the service to say that it is down", LIMIT, async || {
        service.log().contains("UL-1510").then_some(())
    })
    .await;
    let reports = Reports::start(&desk, port, service.issuer());
    let told = reports.says("told", LONG).await;
    assert_eq!(told["told"], signed_in["sid"]);
}
