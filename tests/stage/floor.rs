//! A person at work: every browser surface open, the desktop app beside them.

use std::time::Duration;

use crate::{
    app::App,
    browser::{Browser, Engine},
    cookies::Cookies,
    desk::Desk,
    people::Person,
    scene::{Scene, signed_in_as},
    service::{Service, ServiceOptions},
    surface::Surface,
    surfaces::Surfaces,
};

/// A desk on the support floor.
pub struct Floor {
    /// The five browser surfaces.
    pub surfaces: Surfaces,
    /// The desk, the service, the tray.
    pub scene: Scene,
}

impl Floor {
    /// A desk whose browser treats cookies of frames in this way. Nobody is signed in.
    pub async fn set(engine: Engine, cookies: Cookies) -> Self {
        Self::behind(engine, cookies, ServiceOptions::default(), |_| ()).await
    }

    /// The same with Chromium as it comes, for what does not depend on cookies of frames.
    pub async fn usual() -> Self {
        Self::set(Engine::Chromium, Cookies::Usual).await
    }

    /// With another kind of service, and something to do once it runs: a proxy in front of it.
    pub async fn behind(
        engine: Engine,
        cookies: Cookies,
        options: ServiceOptions,
        before: impl FnOnce(&Service),
    ) -> Self {
        let desk = Desk::with(cookies).await;
        let service = Service::with(options).await;
        before(&service);
        let surfaces = Surfaces::open(&desk, &service, engine).await;
        let mut scene = Scene::around(desk, service).await;
        // Often enough for a test to see that a session still lives.
        scene.options = scene.options.renewing_every(Duration::from_millis(800));
        Self { surfaces, scene }
    }

    /// Signs in at one surface as a person does, and opens the others.
    pub async fn everywhere(&mut self, person: Person) {
        for surface in Surface::ALL {
            self.surfaces.sign_in(surface, person).await;
        }
    }

    /// Ends the browser as a person does, and starts it again. No tab is left.
    pub async fn close_and_reopen_the_browser(&mut self) {
        let Self { surfaces, scene } = self;
        surfaces.restart(&scene.desk, &scene.service).await;
    }

    /// Signs in in the app, through the desk's default browser, unless it has been done.
    pub async fn sign_in_app(&self, app: &App, person: Person) {
        let text = app.window().text().await;
        if text.contains(&signed_in_as(person)) {
            return;
        }
        app.window().press("Sign in with your browser").await;
        match self.surfaces.browser.engine() {
            Engine::Chromium => through(&self.surfaces.browser, app, person).await,
            Engine::Firefox => {
                let browser = Browser::attach(&self.scene.desk).await;
                through(&browser, app, person).await;
                browser.detach().await;
            }
        }
    }
}

/// Signs in on the page that the app has opened, and closes it once the app has its answer.
async fn through(browser: &Browser, app: &App, person: Person) {
    let attempt = |url: &url::Url| url.query().is_some_and(|query| query.contains("attempt="));
    browser.find("the app's sign-in page", attempt).await;
    browser.sign_in(person).await;
    app.window().shows(&signed_in_as(person)).await;
    browser.arrives_at("/signed-in").await;
    // The last one would take the browser with it.
    if browser.pages().await > 1 {
        browser.close_tab().await;
    }
}
