//! The browser surfaces of one service in one browser: a tab for each, as a person has them open.

use std::{collections::HashMap, time::Duration};

use crate::{
    browser::{Browser, Engine, Tab},
    crm::CrmHosts,
    desk::Desk,
    driver::Window,
    people::Person,
    service::Service,
    shown::{Shown, is_sign_in_form, shown, sign_out},
    surface::Surface,
    wait::{LIMIT, until, within},
};

/// The widget's frame in a CRM's page.
const FRAME: &str = ".place iframe";

/// The surfaces, each in a tab of its own.
pub struct Surfaces {
    /// The browser.
    pub browser: Browser,
    /// The CRM pages around the widget.
    pub hosts: CrmHosts,
    addresses: HashMap<Surface, String>,
    tabs: HashMap<Surface, Tab>,
    first: Tab,
}

impl Surfaces {
    /// Opens a browser on a service whose organization lets the three CRM pages show the widget.
    /// Nobody is signed in.
    pub async fn open(desk: &Desk, service: &Service, engine: Engine) -> Self {
        let widget = service.origin("cti");
        let hosts = CrmHosts::start(0, &widget).await;
        let mut addresses = HashMap::from([
            (Surface::Workspace, service.origin("workspace")),
            (Surface::Dashboard, service.origin("dashboard")),
        ]);
        for surface in Surface::WIDGETS {
            let crm = surface.crm().expect("a CRM");
            service.let_show(crm, &hosts.origin(crm));
            addresses.insert(surface, hosts.page(crm, ""));
        }
        let nothing = hosts.page("evil", "");
        let browser = match engine {
            Engine::Chromium => Browser::open(desk, &nothing).await,
            Engine::Firefox => Browser::firefox(desk, &nothing).await,
        };
        let first = browser.current().await;
        let surfaces = Self {
            browser,
            first,
            hosts,
            addresses,
            tabs: HashMap::new(),
        };
        surfaces.answer_storage_access(desk, &widget).await;
        surfaces
    }

    async fn answer_storage_access(&self, desk: &Desk, widget: &str) {
        for surface in Surface::WIDGETS {
            let page = self.hosts.origin(surface.crm().expect("a CRM"));
            let mode = desk.cookies();
            self.browser
                .answer_storage_access(&page, widget, mode)
                .await;
        }
    }

    /// Ends the browser as a person does, and starts it again. No tab is left.
    pub async fn restart(&mut self, desk: &Desk, service: &Service) {
        self.browser.quit(desk).await;
        let nothing = self.hosts.page("evil", "");
        self.browser = match self.browser.engine() {
            Engine::Chromium => Browser::open(desk, &nothing).await,
            Engine::Firefox => Browser::firefox(desk, &nothing).await,
        };
        self.first = self.browser.current().await;
        self.tabs.clear();
        self.answer_storage_access(desk, &service.origin("cti"))
            .await;
    }

    /// Has a surface's page opened with this in its address from now on.
    pub fn ask(&mut self, surface: Surface, query: &str) {
        let crm = surface.crm().expect("a CRM's page takes questions");
        self.addresses.insert(surface, self.hosts.page(crm, query));
    }

    /// The page in front, or the widget's frame in it.
    pub fn page(&self) -> &Window {
        self.browser.page()
    }

    /// Opens a surface in a tab of its own, or goes to its tab, and into the widget's frame.
    pub async fn show(&mut self, surface: Surface) {
        if self.tabs.contains_key(&surface) {
            self.go_to(surface).await;
        } else {
            let tab = self.browser.new_tab().await;
            self.browser.visit(&self.addresses[&surface]).await;
            self.tabs.insert(surface, tab);
            self.enter(surface).await;
        }
    }

    /// Loads a surface's tab again.
    pub async fn reload(&mut self, surface: Surface) {
        self.show(surface).await;
        self.page().leave().await;
        self.browser.visit(&self.addresses[&surface]).await;
        self.enter(surface).await;
    }

    /// Goes to an open surface.
    pub async fn go_to(&self, surface: Surface) {
        self.browser.go_to(&self.tabs[&surface]).await;
        self.enter(surface).await;
    }

    /// Looks at an open surface without bringing it to the front.
    pub async fn look_at(&self, surface: Surface) {
        self.browser.look_at(&self.tabs[&surface]).await;
        self.enter(surface).await;
    }

    async fn enter(&self, surface: Surface) {
        if surface.crm().is_some() {
            self.page().enter(FRAME).await;
        }
    }

    /// What a surface shows now.
    pub async fn shown(&self, surface: Surface) -> Shown {
        self.look_at(surface).await;
        shown(self.page()).await
    }

    /// What the page in front shows now.
    pub async fn front(&self) -> Shown {
        shown(self.page()).await
    }

    /// Waits until a surface shows that somebody is signed in, or nobody.
    pub async fn settled(&self, surface: Surface) -> Shown {
        self.settles_within(surface, LIMIT).await
    }

    async fn settles_within(&self, surface: Surface, limit: Duration) -> Shown {
        within(limit, async || {
            let shown = self.shown(surface).await;
            (shown != Shown::Nothing).then_some(shown)
        })
        .await
        .unwrap_or(Shown::Nothing)
    }

    /// Waits until a surface shows this.
    pub async fn is(&self, surface: Surface, wanted: &Shown) {
        self.is_within(surface, wanted, LIMIT).await;
    }

    /// Waits longer, or less.
    pub async fn is_within(&self, surface: Surface, wanted: &Shown, limit: Duration) {
        let found = within(limit, async || {
            (self.shown(surface).await == *wanted).then_some(())
        });
        let found = found.await.is_some();
        assert!(found, "not {wanted:?}: {}", self.describe(surface).await);
    }

    /// Whether a surface comes to show that nobody is signed in, there or on the service's own
    /// sign-in page.
    pub async fn signed_out_or_asked(&self, surface: Surface) -> bool {
        until(
            &format!("{surface} to settle"),
            LIMIT,
            async || match self.shown(surface).await {
                Shown::SignedOut => Some(true),
                Shown::SignedIn => Some(false),
                Shown::Refused | Shown::Nothing => {
                    is_sign_in_form(self.page()).await.then_some(true)
                }
            },
        )
        .await
    }

    /// A cookie of the page in front.
    pub async fn cookie(&self, name: &str) -> String {
        let cookie = self.page().client().get_named_cookie(name).await;
        cookie.expect("the cookie").value().to_owned()
    }

    /// Signs in at a surface as a person does there, unless it has been done.
    pub async fn sign_in(&mut self, surface: Surface, person: Person) {
        self.show(surface).await;
        if surface.crm().is_some() {
            self.sign_in_at_widget(surface, person).await;
        } else {
            self.sign_in_at_page(surface, person).await;
        }
    }

    async fn sign_in_at_page(&self, surface: Surface, person: Person) {
        let done = within(LIMIT, async || {
            self.browser.sign_in_if_asked(person).await;
            match self.front().await {
                Shown::SignedIn => return Some(()),
                Shown::SignedOut => drop(self.page().try_press("Sign in").await),
                Shown::Refused | Shown::Nothing => {}
            }
            None
        });
        assert!(done.await.is_some(), "{}", self.describe(surface).await);
    }

    async fn sign_in_at_widget(&self, surface: Surface, person: Person) {
        self.settled(surface).await;
        self.go_to(surface).await;
        let mut pressed = false;
        let done = within(LIMIT, async || {
            if pressed && self.go_to_window().await {
                self.browser.sign_in_if_asked(person).await;
            }
            match self.shown(surface).await {
                Shown::SignedIn => return Some(()),
                Shown::SignedOut if !pressed => pressed = self.page().try_press("Sign in").await,
                Shown::SignedOut | Shown::Refused | Shown::Nothing => {}
            }
            None
        });
        assert!(done.await.is_some(), "{}", self.describe(surface).await);
    }

    /// What a person would see there, for a test that has failed.
    async fn describe(&self, surface: Surface) -> String {
        self.look_at(surface).await;
        let address = self.browser.address().await;
        let text = self.page().text().await;
        let pages = self.browser.pages().await;
        let asked = self.page().client().execute_async(ASKED, Vec::new()).await;
        format!(
            "{surface} at {address}, {pages} pages open; its session is {asked:?}; it shows:\n{text}"
        )
    }

    /// Goes to the small window that a widget has opened, if there is one.
    pub async fn go_to_window(&self) -> bool {
        let known: Vec<&Tab> = self.tabs.values().chain([&self.first]).collect();
        self.browser.go_to_other(&known).await
    }

    /// Signs out at a surface, as a person does there.
    pub async fn sign_out(&self, surface: Surface) {
        self.go_to(surface).await;
        sign_out(self.page()).await;
    }
}

/// What the service answers when the page asks who is signed in.
const ASKED: &str = "
    const done = arguments[arguments.length - 1];
    fetch('/session').then((answer) => answer.text()).then(done, (error) => done(String(error)));";
