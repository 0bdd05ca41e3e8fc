//! People with one browser session each.

use reqwest::{
    Client, Url,
    header::{COOKIE, ORIGIN},
};
use stage::{ANA, Service, output};

use crate::seed;

/// Somebody who has signed in with a browser.
pub struct Browser {
    /// What it sends along.
    pub cookie: String,
}

/// Adds people to the sample organization, Ana among them; gives their addresses.
pub fn add(service: &Service, count: usize) -> Vec<String> {
    let mut all = vec![ANA.email.to_owned()];
    for number in 1..count {
        let email = format!("tab-{number}@acme.example");
        let mut command = service.command(&["user", "add", "--organization", "Acme"]);
        command
            .args(["--email", &email, "--name", "Tab", "--role", "agent"])
            .arg("--password-stdin");
        output(&mut command, format!("{}\n", ANA.password).as_bytes());
        all.push(email);
    }
    all
}

impl Browser {
    /// Signs in. Everybody here has Ana's password.
    pub async fn sign_in(http: &Client, service: &Service, email: &str) -> Self {
        let authorize = seed::authorize(service.issuer());
        let answer = seed::sign_in_as(http, service.issuer(), authorize, email).await;
        Self {
            cookie: seed::cookies(&answer),
        }
    }

    /// Signs out, as the button in the account page does.
    pub async fn sign_out(&self, http: &Client, service: &Service) {
        let issuer: Url = service.issuer().parse().expect("an address");
        let answer = http
            .post(service.at("/account/sign-out"))
            .header(COOKIE, &self.cookie)
            .header(ORIGIN, issuer.origin().ascii_serialization())
            .header("sec-fetch-site", "same-origin")
            .form(&[("", "")])
            .send()
            .await
            .expect("an answer");
        assert!(answer.status().is_redirection(), "{}", answer.status());
    }
}
