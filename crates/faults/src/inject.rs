//! The armed fault points of this process.

use std::{
    collections::HashMap,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{Injected, Point};

const VARIABLE: &str = "UNIFIED_LOGIN_FAULTS";

#[derive(Clone, Copy, Debug)]
enum Action {
    Kill,
    Fail,
    Delay(Duration),
}

struct Armed {
    action: Action,
    visit: u64,
    visits: AtomicU64,
}

static ARMED: LazyLock<HashMap<&'static str, Armed>> = LazyLock::new(|| {
    let text = std::env::var(VARIABLE).unwrap_or_default();
    text.split(',').filter_map(parse).collect()
});

fn parse(text: &str) -> Option<(&'static str, Armed)> {
    let (name, action) = text.trim().split_once('=')?;
    let name = Point::ALL.iter().find(|point| point.name() == name)?.name();
    let (action, visit) = match action.split_once('@') {
        Some((action, visit)) => (action, visit.parse().ok()?),
        None => (action, 1),
    };
    let action = match action.split_once(':') {
        None if action == "kill" => Action::Kill,
        None if action == "fail" => Action::Fail,
        Some(("delay", time)) => Action::Delay(Duration::from_millis(time.parse().ok()?)),
        _ => return None,
    };
    let visits = AtomicU64::new(0);
    Some((
        name,
        Armed {
            action,
            visit,
            visits,
        },
    ))
}

/// Visits a point: acts if it is armed for this visit. `delay` blocks the calling thread.
pub fn at(point: Point) -> Result<(), Injected> {
    let Some(armed) = ARMED.get(point.name()) else {
        return Ok(());
    };
    let visit = armed.visits.fetch_add(1, Ordering::SeqCst) + 1;
    match armed.action {
        Action::Delay(time) => {
            std::thread::sleep(time);
            Ok(())
        }
        _ if visit != armed.visit => Ok(()),
        Action::Fail => Err(Injected),
        Action::Kill => {
            let own = std::process::id().to_string();
            // The kernel's own SIGKILL: no destructor, no flush, as in a power cut.
            let _ = std::process::Command::new("kill")
                .args(["-KILL", &own])
                .status();
            std::process::abort();
        }
    }
}
