//! A person's browser: cookies by host, the headers that say where a request comes from, and
//! redirects followed one by one.

use std::{cell::RefCell, collections::BTreeMap};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::Value;
use url::Url;

use super::{ID, PASSWORD, World};

/// More redirects than any way of ours has.
const TOO_MANY: usize = 12;

pub struct Browser<'a> {
    world: &'a World,
    cookies: RefCell<BTreeMap<(String, String), String>>,
}

#[derive(Debug)]
pub struct Answer {
    pub url: Url,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// Where it redirects to, if it does.
    pub fn next(&self) -> Option<Url> {
        let location = self.headers.get(header::LOCATION)?.to_str().unwrap();
        Some(self.url.join(location).unwrap())
    }

    pub fn cookies(&self) -> Vec<&str> {
        let all = self.headers.get_all(header::SET_COOKIE).iter();
        all.map(|value| value.to_str().unwrap()).collect()
    }

    pub fn sets(&self, name: &str) -> Option<&str> {
        let cookies = self.cookies();
        cookies
            .into_iter()
            .find(|cookie| cookie.starts_with(&format!("{name}=")))
    }

    #[track_caller]
    pub fn assert_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        assert_eq!(self.json()["code"], code, "{self:?}");
        assert!(self.json()["message"].as_str().unwrap().ends_with('.'));
        assert_eq!(self.header("cache-control"), "no-store");
    }
}

/// A page that was opened.
#[derive(Debug)]
pub struct Opened {
    pub page: Answer,
}

impl Opened {
    pub fn at(&self) -> String {
        self.page.url.to_string()
    }
}

impl<'a> Browser<'a> {
    pub fn new(world: &'a World) -> Self {
        Self {
            world,
            cookies: RefCell::default(),
        }
    }

    /// Another one with the same cookies, as they are now.
    pub fn copy(&self) -> Self {
        Self {
            world: self.world,
            cookies: self.cookies.clone(),
        }
    }

    pub fn cookie(&self, origin: &str, name: &str) -> Option<String> {
        let key = (host(origin), name.to_owned());
        self.cookies.borrow().get(&key).cloned()
    }

    pub fn set_cookie(&self, origin: &str, name: &str, value: &str) {
        let key = (host(origin), name.to_owned());
        self.cookies.borrow_mut().insert(key, value.to_owned());
    }

    pub fn forget(&self, origin: &str) {
        let gone = host(origin);
        self.cookies
            .borrow_mut()
            .retain(|(host, _), _| *host != gone);
    }

    /// What says that a sign-in was tried just now is over.
    pub fn ten_seconds_later(&self) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|(_, name), _| name != "__Host-ul-tried");
    }

    /// One request, as it is.
    pub async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let url = Url::parse(url).unwrap();
        let mut path = url.path().to_owned();
        if let Some(query) = url.query() {
            path = format!("{path}?{query}");
        }
        let origin = url.origin().ascii_serialization();
        let cookies: Vec<String> = self
            .cookies
            .borrow()
            .iter()
            .filter(|((of, _), _)| *of == host(&origin))
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, host(&origin))
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux) Chrome/156.0")
            .header(header::COOKIE, cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.world.send(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 4 << 20).await.unwrap();
        let answer = Answer {
            url,
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        self.keep(&origin, &answer);
        answer
    }

    fn keep(&self, origin: &str, answer: &Answer) {
        let mut kept = self.cookies.borrow_mut();
        for set in answer.cookies() {
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let key = (host(origin), name.to_owned());
            if set.contains("Max-Age=0") {
                kept.remove(&key);
            } else {
                kept.insert(key, value.to_owned());
            }
        }
    }

    /// A link that is followed once.
    pub async fn get(&self, url: &str) -> Answer {
        let headers = [("sec-fetch-dest", "document"), ("sec-fetch-site", "none")];
        self.send(Method::GET, url, &headers, "").await
    }

    /// What a page of the origin asks.
    pub async fn ask(&self, origin: &str, path: &str) -> Answer {
        let headers = [
            ("sec-fetch-dest", "empty"),
            ("sec-fetch-site", "same-origin"),
        ];
        let url = format!("{origin}{path}");
        self.send(Method::GET, &url, &headers, "").await
    }

    /// What a page of the origin sends.
    pub async fn tell(&self, method: Method, origin: &str, path: &str, body: &Value) -> Answer {
        let headers = [
            ("sec-fetch-dest", "empty"),
            ("sec-fetch-site", "same-origin"),
            ("origin", origin),
            ("content-type", "application/json"),
        ];
        let url = format!("{origin}{path}");
        self.send(method, &url, &headers, &body.to_string()).await
    }

    /// Opens a page and follows wherever it leads.
    pub async fn open(&self, url: &str) -> Opened {
        self.follow(self.get(url).await).await
    }

    pub async fn follow(&self, first: Answer) -> Opened {
        let mut way = vec![first.url.clone()];
        let mut page = first;
        while let Some(next) = page.next() {
            assert!(way.len() < TOO_MANY, "round and round: {way:#?}");
            page = self.get(next.as_str()).await;
            way.push(next);
        }
        Opened { page }
    }

    /// Fills in the sign-in page that was opened, and follows.
    pub async fn fill_in(&self, sign_in: &Opened, email: &str) -> Opened {
        let answer = self.submit(sign_in, email).await;
        self.follow(answer).await
    }

    /// The same, without following.
    pub async fn submit(&self, sign_in: &Opened, email: &str) -> Answer {
        assert_eq!(sign_in.page.url.path(), "/sign-in", "{sign_in:#?}");
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("email", email)
            .append_pair("password", PASSWORD);
        for (name, value) in sign_in.page.url.query_pairs() {
            form.append_pair(&name, &value);
        }
        let headers = [
            ("origin", ID),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let url = format!("{ID}/sign-in");
        self.send(Method::POST, &url, &headers, &form.finish())
            .await
    }

    /// Opens a surface and signs in where it leads.
    pub async fn sign_in(&self, origin: &str, email: &str) -> Opened {
        let sign_in = self.open(&format!("{origin}/")).await;
        self.fill_in(&sign_in, email).await
    }

    /// `GET /session` at a surface.
    pub async fn session(&self, origin: &str) -> Value {
        let answer = self.ask(origin, "/session").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}

fn host(origin: &str) -> String {
    origin.split_once("://").unwrap().1.to_owned()
}
