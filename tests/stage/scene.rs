//! A desk, a service and the app between them: what most journeys begin with.

use url::Url;

use crate::{
    app::{self, App, AppOptions, KEYCHAIN_SERVICE},
    browser::Browser,
    desk::Desk,
    keychain::Keychain,
    people::Person,
    service::{Service, ServiceOptions},
    tray::Tray,
    wait::{LIMIT, until},
};

/// The scheme of the app that is tested: a development build has its own.
pub const SCHEME: &str = if cfg!(debug_assertions) {
    "com.unifiedlogin.workspace.dev"
} else {
    "com.unifiedlogin.workspace"
};

/// Everything is there, nobody is signed in.
pub struct Scene {
    /// The person's computer.
    pub desk: Desk,
    /// The session service.
    pub service: Service,
    /// The tray.
    pub tray: Tray,
    /// The app's records in the keychain.
    pub keychain: Keychain,
    /// How the app is started.
    pub options: AppOptions,
}

impl Scene {
    /// A usual day.
    pub async fn set() -> Self {
        Self::with(ServiceOptions::default()).await
    }

    /// With another kind of service.
    pub async fn with(options: ServiceOptions) -> Self {
        let desk = Desk::set_up().await;
        let service = Service::with(options).await;
        Self::around(desk, service).await
    }

    /// Around a desk and a service that are there.
    pub async fn around(desk: Desk, service: Service) -> Self {
        let tray = Tray::on(&desk).await;
        let keychain = Keychain::of(&desk, KEYCHAIN_SERVICE).await;
        let options = AppOptions::at(service.issuer());
        Self {
            desk,
            service,
            tray,
            keychain,
            options,
        }
    }

    /// Opens the app with its window.
    pub async fn open_app(&self) -> App {
        App::open(&self.desk, &self.options).await
    }

    /// Starts the app in the tray, without a window.
    pub fn start_app(&self) -> App {
        App::launch(&self.desk, &self.options.clone().minimized())
    }

    /// Starts another process of the app beside a running one.
    pub fn start_second_app(&self) -> App {
        App::launch_as("second-app", &self.desk, &self.options.clone().minimized())
    }

    /// Hands a link to the running app, as the operating system does.
    pub async fn hand_over(&self, link: &str) {
        app::hand_over(&self.desk, &self.options, link).await;
    }

    /// Waits for the page that the app has opened in the browser.
    pub async fn sign_in_page(&self) -> Browser {
        let browser = Browser::attach(&self.desk).await;
        browser.find_path("/sign-in").await;
        browser
    }

    /// Signs in from the window, all the way.
    pub async fn sign_in(&self, app: &App, person: Person) -> Browser {
        app.window().press("Sign in with your browser").await;
        let browser = self.sign_in_page().await;
        browser.sign_in(person).await;
        app.window().shows(&signed_in_as(person)).await;
        browser
    }

    /// Signs in from the tray, all the way.
    pub async fn sign_in_from_tray(&self, app: &App, person: Person) -> Browser {
        self.tray.press("Sign in").await;
        let browser = self.sign_in_page().await;
        browser.sign_in(person).await;
        self.tray.shows(person.name).await;
        app.is("SignedIn").await;
        browser
    }

    /// Unlocks the keychain. Its own question is still on the screen; nobody answers that any more.
    pub async fn unlock_keychain(&self) {
        self.keychain.unlock().await;
        self.desk.end("gcr-prompter");
    }

    /// Waits until the keychain has so many of the app's records.
    pub async fn keychain_has(&self, records: usize) {
        let mut last = usize::MAX;
        until(
            &format!("{records} records in the keychain"),
            LIMIT,
            async || {
                last = self.keychain.records().await.len();
                (last == records).then_some(())
            },
        )
        .await;
    }

    /// Takes the app's scheme away from it: links go nowhere, as on a computer where the entry was
    /// removed after the app had looked.
    pub fn forget_the_scheme(&self) {
        let applications = self.desk.home().join(".local/share/applications");
        let _ = std::fs::remove_file(applications.join(format!("{SCHEME}.desktop")));
    }

    /// The address to which the service would send the browser back, for this answer.
    pub fn callback(answer: &[(&str, &str)]) -> String {
        let mut link = Url::parse(&format!("{SCHEME}:/signed-in")).expect("a callback");
        link.query_pairs_mut().extend_pairs(answer);
        link.into()
    }
}

/// What the window says of somebody signed in.
pub fn signed_in_as(person: Person) -> String {
    format!("Signed in as {}", person.name)
}
