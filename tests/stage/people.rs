//! The people of the sample organization.

/// Somebody who can sign in.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Their name, as pages and the tray show it.
    pub name: &'static str,
    /// Their address.
    pub email: &'static str,
    /// Their password.
    pub password: &'static str,
    /// Their role.
    pub role: &'static str,
}

/// The administrator.
pub const MIRA: Person = Person {
    name: "Mira Okafor",
    email: "mira@acme.example",
    password: "copper lantern orchard 41",
    role: "admin",
};

/// The supervisor.
pub const SAM: Person = Person {
    name: "Sam Lindqvist",
    email: "sam@acme.example",
    password: "violet harbour thistle 58",
    role: "supervisor",
};

/// The agent.
pub const ANA: Person = Person {
    name: "Ana Duarte",
    email: "ana@acme.example",
    password: "marble cricket sandbar 73",
    role: "agent",
};
