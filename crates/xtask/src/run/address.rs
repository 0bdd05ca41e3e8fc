//! Where the local service is.

/// Its issuer: a name that every browser takes to be this computer.
pub const ISSUER: &str = "http://id.acme.localhost:7400";
/// Where it listens.
pub const LISTEN: &str = "127.0.0.1:7400";
/// Where it answers operators.
pub const ADMIN_LISTEN: &str = "127.0.0.1:7401";
