//! Who is signed in, as the issuer told it.

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name to show.
    pub name: String,
    /// Email address, where the issuer tells it.
    pub email: Option<String>,
    /// The organization's name, where the issuer tells it.
    pub organization: Option<String>,
    /// The role, where the issuer tells it.
    pub role: Option<String>,
}
