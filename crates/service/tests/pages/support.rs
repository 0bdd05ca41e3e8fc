//! A running service with a data folder of its own, and a browser with a cookie jar.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::{Client, Method, Response, StatusCode, redirect::Policy};
use service::{
    admin::users::{self, Person},
    config::{Config, LimitsConfig, SurfacesConfig},
    server,
    state::App,
};
use store::{Organization, Role};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub const PASSWORD: &str = "velvet tram seven";
pub const MIRA: &str = "mira@acme.example";

const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/140.0.0.0 Safari/537.36";

/// A running service.
pub struct Stage {
    pub app: App,
    pub acme: Organization,
    pub address: SocketAddr,
    pub folder: TempDir,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with_limits(LimitsConfig::default()).await
    }

    pub async fn with_limits(limits: LimitsConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config {
            issuer: format!("http://id.acme.localhost:{}", address.port())
                .parse()
                .unwrap(),
            data_dir: folder.path().to_owned(),
            limits,
            surfaces: SurfacesConfig {
                enabled: false,
                ..SurfacesConfig::default()
            },
            ..Config::default()
        };
        let (app, _) = server::open(config).await.unwrap();
        let acme = users::organization(&app, "Acme", true).await.unwrap();
        let person = Person {
            email: MIRA.to_owned(),
            name: Some("Mira Okafor".to_owned()),
            role: Role::Admin,
        };
        users::add(&app, &acme, person, Some(PASSWORD.into()))
            .await
            .unwrap();
        let router = server::router(&app)
            .unwrap()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, router).into_future());
        Self {
            app,
            acme,
            address,
            folder,
        }
    }

    pub fn browser(&self) -> Browser {
        Browser {
            client: Client::builder()
                .redirect(Policy::none())
                .user_agent(CHROME)
                .resolve("id.acme.localhost", self.address)
                .build()
                .unwrap(),
            origin: self.app.config.issuer().to_owned(),
            cookies: Arc::default(),
        }
    }

    /// The mail to `email` that holds a link to `path`, as soon as there is one; the link.
    pub async fn mailed_link(&self, path: &str) -> String {
        let folder = self.folder.path().join("mail");
        let found = wait_for(|| mails(&folder).iter().find_map(|mail| link_in(mail, path)));
        found.await
    }

    /// The newest audit entries' actions, newest first.
    pub async fn audit(&self) -> Vec<String> {
        let entries = self.app.store.audit().newest(self.acme.id, 100);
        let entries = entries.await.unwrap();
        entries.into_iter().map(|entry| entry.action).collect()
    }
}

/// All mails in a folder, decoded.
pub fn mails(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        // Quoted-printable: soft line ends, and `=` itself.
        .map(|mail| mail.replace("=\r\n", "").replace("=3D", "="))
        .collect()
}

fn link_in(mail: &str, path: &str) -> Option<String> {
    let begin = mail.find(&format!("{path}?token="))?;
    let link: String = mail[begin..]
        .chars()
        .take_while(|c| !c.is_whitespace())
        .collect();
    // A mail that is half written has half a link.
    (link.len() == path.len() + "?token=".len() + 43).then_some(link)
}

/// Waits until `look` finds something; fails after ten seconds.
pub async fn wait_for<T>(look: impl Fn() -> Option<T>) -> T {
    let finding = async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), finding)
        .await
        .expect("it happens within ten seconds")
}

/// A browser: cookies, and the headers that tell where a form comes from. It keeps Secure cookies
/// on `*.localhost`, as browsers do.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    pub origin: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// An answer, read to its end.
pub struct Page {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Page {
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The value of the hidden or visible input `name`.
    pub fn input(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\"");
        let tag = self.text.split('<').find(|tag| tag.contains(&mark));
        let tag = tag.expect("the input is there");
        let value = tag.split("value=\"").nth(1).expect("it has a value");
        value.split('"').next().unwrap().to_owned()
    }
}

impl Browser {
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[], None).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let origin = self.origin.clone();
        self.send(Method::POST, path, &[("origin", &origin)], Some(form))
            .await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        form: Option<&[(&str, &str)]>,
    ) -> Page {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(form) = form {
            request = request.form(form);
        }
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let response = request.send().await.unwrap();
        self.keep_cookies(&response);
        Page {
            status: response.status(),
            headers: response.headers().clone(),
            text: response.text().await.unwrap(),
        }
    }

    /// Signs in to the account pages.
    pub async fn sign_in(&self, email: &str, password: &str) -> Page {
        self.post("/sign-in", &[("email", email), ("password", password)])
            .await
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.lock().unwrap().contains_key(name)
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&self, response: &Response) {
        let mut cookies = self.cookies.lock().unwrap();
        for set in response.headers().get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if set.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
