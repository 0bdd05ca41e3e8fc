//! Filling in the service's own sign-in page, in whichever window it is.

use fantoccini::Locator;

use crate::{browser::Browser, people::Person};

impl Browser {
    /// Fills in the sign-in page in front and sends it.
    pub async fn sign_in(&self, person: Person) {
        self.page().fill("input[name=email]", person.email).await;
        self.page()
            .fill("input[name=password]", person.password)
            .await;
        self.page()
            .element("form button[type=submit], form input[type=submit]")
            .await
            .click()
            .await
            .expect("the form sent");
    }

    /// The same, if the page in front asks for it, and while it does: a page that is leaving is left.
    pub async fn sign_in_if_asked(&self, person: Person) -> bool {
        let filled = async {
            let client = self.page().client();
            let field = async |css| client.find(Locator::Css(css)).await.ok();
            let email = field("form input[name=email]").await?;
            email.clear().await.ok()?;
            email.send_keys(person.email).await.ok()?;
            let password = field("form input[name=password]").await?;
            password.send_keys(person.password).await.ok()?;
            let button = field("form button[type=submit]").await?;
            button.click().await.ok()
        };
        filled.await.is_some()
    }
}
