//! What an Admin says of a client, checked field by field.

use store::ClientSettings;
use url::Url;

use crate::{
    api::{Refusal, text},
    dashboard::wire::ClientFields,
    openid::{check_notified, check_redirect},
};

const MOST_ADDRESSES: usize = 20;
const LONGEST_ADDRESS: usize = 2000;

/// The settings, or the first field that cannot be used.
pub(super) fn checked(sent: &ClientFields) -> Result<ClientSettings, Refusal> {
    let redirect_uris = addresses("redirect_uris", &sent.redirect_uris)?;
    if redirect_uris.is_empty() {
        return Err(wrong("redirect_uris", "client-no-redirect"));
    }
    let backchannel_logout_uri = match sent.backchannel_logout_uri.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(uri) => Some(notified(uri)?),
    };
    if sent.backchannel_logout_session_required && backchannel_logout_uri.is_none() {
        let field = "backchannel_logout_session_required";
        return Err(wrong(field, "client-no-backchannel"));
    }
    Ok(ClientSettings {
        name: text::name("name", &sent.name)?,
        redirect_uris,
        post_logout_redirect_uris: addresses(
            "post_logout_redirect_uris",
            &sent.post_logout_redirect_uris,
        )?,
        token_endpoint_auth_method: sent.token_endpoint_auth_method,
        id_token_signed_response_alg: sent.id_token_signed_response_alg,
        require_pushed_authorization_requests: sent.require_pushed_authorization_requests,
        backchannel_logout_uri,
        backchannel_logout_session_required: sent.backchannel_logout_session_required,
    })
}

/// The settings as an Admin says them.
pub(super) fn shown(settings: ClientSettings) -> ClientFields {
    let texts = |addresses: Vec<Url>| addresses.into_iter().map(String::from).collect();
    ClientFields {
        name: settings.name,
        redirect_uris: texts(settings.redirect_uris),
        post_logout_redirect_uris: texts(settings.post_logout_redirect_uris),
        token_endpoint_auth_method: settings.token_endpoint_auth_method,
        id_token_signed_response_alg: settings.id_token_signed_response_alg,
        require_pushed_authorization_requests: settings.require_pushed_authorization_requests,
        backchannel_logout_uri: settings.backchannel_logout_uri.map(String::from),
        backchannel_logout_session_required: settings.backchannel_logout_session_required,
    }
}

/// Redirect addresses, each once. Empty lines of a form are left out.
fn addresses(field: &str, sent: &[String]) -> Result<Vec<Url>, Refusal> {
    let mut read = Vec::new();
    for (place, text) in sent.iter().enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let url = address(text).ok_or(());
        let url = url.and_then(|url| check_redirect(&url).map(|()| url).map_err(|_| ()));
        let url = url.map_err(|()| wrong(&format!("{field}[{place}]"), "client-address"))?;
        if !read.contains(&url) {
            read.push(url);
        }
    }
    if read.len() > MOST_ADDRESSES {
        return Err(wrong(field, "client-too-many-addresses"));
    }
    Ok(read)
}

/// Where logout tokens are sent (OpenID Connect Back-Channel Logout 1.0 §2.2).
fn notified(text: &str) -> Result<Url, Refusal> {
    address(text)
        .filter(|url| check_notified(url).is_ok())
        .ok_or_else(|| wrong("backchannel_logout_uri", "client-backchannel"))
}

fn address(text: &str) -> Option<Url> {
    let text = text.trim();
    if text.len() > LONGEST_ADDRESS {
        return None;
    }
    let url = Url::parse(text).ok()?;
    (url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn wrong(field: &str, key: &str) -> Refusal {
    Refusal::of(field, "UL-1413", key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use serde_json::{Value, json};

    use super::*;

    fn fields(change: &Value) -> ClientFields {
        let mut fields = json!({
            "name": "Reports",
            "redirect_uris": ["https://reports.example/callback"],
            "token_endpoint_auth_method": "client_secret_basic",
            "id_token_signed_response_alg": "ES256",
        });
        for (key, value) in change.as_object().unwrap() {
            fields[key] = value.clone();
        }
        serde_json::from_value(fields).unwrap()
    }

    fn refused(change: &Value) -> String {
        let refusal = checked(&fields(change)).unwrap_err();
        refusal.field().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_client_is_read_and_shown_alike() {
        let sent = fields(&json!({
            "redirect_uris": ["https://reports.example/callback", "", "https://reports.example/callback"],
            "backchannel_logout_uri": "https://reports.example/logout",
            "backchannel_logout_session_required": true,
        }));
        let shown = shown(checked(&sent).unwrap());
        assert_eq!(shown.redirect_uris, ["https://reports.example/callback"]);
        assert_eq!(
            shown.backchannel_logout_uri.as_deref(),
            Some("https://reports.example/logout")
        );
    }

    #[test]
    fn each_field_that_cannot_be_used_is_named() {
        for (change, field) in [
            (json!({"name": " "}), "name"),
            (json!({"name": "a".repeat(101)}), "name"),
            (json!({"redirect_uris": []}), "redirect_uris"),
            (
                json!({"redirect_uris": ["", "http://reports.example/"]}),
                "redirect_uris[1]",
            ),
            (
                json!({"redirect_uris": ["https://reports.example/#x"]}),
                "redirect_uris[0]",
            ),
            (
                json!({"redirect_uris": ["https://u:p@reports.example/"]}),
                "redirect_uris[0]",
            ),
            (
                json!({"redirect_uris": ["javascript:alert(1)"]}),
                "redirect_uris[0]",
            ),
            (
                json!({"post_logout_redirect_uris": ["nowhere"]}),
                "post_logout_redirect_uris[0]",
            ),
            (
                json!({"backchannel_logout_uri": "com.example.app:/logout"}),
                "backchannel_logout_uri",
            ),
            (
                json!({"backchannel_logout_uri": "http://192.168.0.1/logout"}),
                "backchannel_logout_uri",
            ),
            (
                json!({"backchannel_logout_session_required": true}),
                "backchannel_logout_session_required",
            ),
        ] {
            assert_eq!(refused(&change), field, "{change}");
        }
        let many: Vec<String> = (0..21).map(|n| format!("https://{n}.example/")).collect();
        assert_eq!(refused(&json!({ "redirect_uris": many })), "redirect_uris");
    }
}
