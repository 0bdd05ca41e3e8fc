//! People with one browser session each.

use reqwest::{
    Client, RequestBuilder,
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
        let form = [("email", email), ("password", ANA.password)];
        let answer = own_form(http, service, "/sign-in").form(&form).send().await;
        let cookie = seed::cookies(&answer.expect("an answer"));
        assert!(!cookie.is_empty(), "{email} is not signed in");
        Self { cookie }
    }

    /// Signs out, as the button in the account page does.
    pub async fn sign_out(&self, http: &Client, service: &Service) {
        let answer = own_form(http, service, "/account/sign-out")
            .header(COOKIE, &self.cookie)
            .form(&[("", "")])
            .send()
            .await
            .expect("an answer");
        assert!(answer.status().is_redirection(), "{}", answer.status());
    }
}

/// As one of the service's own pages sends a form.
fn own_form(http: &Client, service: &Service, path: &str) -> RequestBuilder {
    http.post(service.at(path))
        .header(ORIGIN, service.issuer())
        .header("sec-fetch-site", "same-origin")
}
