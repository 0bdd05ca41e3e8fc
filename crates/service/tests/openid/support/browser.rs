//! A person's browser: keeps cookies, fills in the sign-in page.

use std::{cell::RefCell, collections::BTreeMap};

use axum::{
    body::Body,
    http::{Request, header, request::Builder},
};
use url::Url;

use super::{Answer, ISSUER, PASSWORD, World, answer::parameter, world::serde_form};

pub struct Browser<'a> {
    world: &'a World,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub fn new(world: &'a World) -> Self {
        Self {
            world,
            cookies: RefCell::default(),
        }
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        self.cookies.borrow().contains_key(name)
    }

    pub fn cookie(&self, name: &str) -> String {
        self.cookies.borrow()[name].clone()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::ORIGIN, ISSUER)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(serde_form(form))).await
    }

    async fn send(&self, request: Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .borrow()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).header(
            header::USER_AGENT,
            "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0",
        );
        let response = self.world.send(request.body(body).unwrap()).await;
        let answer = Answer::read(response).await;
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let value = value.to_str().unwrap();
            let (name, rest) = value.split_once('=').unwrap();
            let kept = rest.split(';').next().unwrap();
            let gone = value.contains("Max-Age=0");
            let mut cookies = self.cookies.borrow_mut();
            if gone {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), kept.to_owned());
            }
        }
        answer
    }

    /// Signs in at an attempt's sign-in page; the address that the answer leads to.
    pub async fn sign_in(&self, attempt: &str, email: &str) -> Answer {
        self.post(
            "/sign-in",
            &[
                ("attempt", attempt),
                ("email", email),
                ("password", PASSWORD),
            ],
        )
        .await
    }

    /// Signs in to the account pages.
    pub async fn sign_in_here(&self, email: &str) {
        let form = [("email", email), ("password", PASSWORD)];
        let answer = self.post("/sign-in", &form).await;
        assert!(answer.status.is_redirection(), "{answer:?}");
        assert!(self.has_cookie("__Host-ul-session"));
    }

    /// Opens an authorization request and signs in; where the browser is sent in the end.
    pub async fn authorize(&self, path: &str, email: &str) -> Url {
        let answer = self.get(path).await;
        let attempt = answer
            .redirected_with("attempt")
            .unwrap_or_else(|| panic!("no sign-in page: {answer:?}"));
        let page = self.get(&format!("/sign-in?attempt={attempt}")).await;
        assert_eq!(page.status, 200, "{page:?}");
        let answer = self.sign_in(&attempt, email).await;
        let next = answer.location().unwrap_or_else(|| panic!("{answer:?}"));
        if next.path() == "/signed-in" && next.as_str().starts_with(ISSUER) {
            return self.deep_link().await;
        }
        next
    }

    /// The address that the last page opens the app with.
    pub async fn deep_link(&self) -> Url {
        let page = self.get("/signed-in").await;
        let (_, rest) = page.body.split_once("content=\"0;url=").unwrap();
        let (link, _) = rest.split_once('"').unwrap();
        let link = link.replace("&#38;", "&").replace("&amp;", "&");
        Url::parse(&link).unwrap()
    }
}

pub fn code_in(url: &Url) -> String {
    parameter(url, "code").unwrap_or_else(|| panic!("no code in {url}"))
}
