//! The broken rules. Each has the signature of the rule it stands in for.

use jiff::Timestamp;
use session::{
    AlreadyEnded, Call, Cause, Effect, End, EndReason, Ending, Generations, Heard, Kind, Presented,
    Session, SessionEvent, SessionId, Settled, What,
};

pub fn browser_sign_out_reaches_desktops(cause: &Cause, session: &Session) -> Effect {
    match cause {
        Cause::SurfaceSignOut { .. } if session.is_live() && session.kind == Kind::Desktop => {
            Effect::Ends(EndReason::SignedOut)
        }
        _ => cause.effect(session),
    }
}

pub fn desktop_sign_out_reaches_browsers(cause: &Cause, session: &Session) -> Effect {
    match cause {
        Cause::DesktopSignOut { .. } if session.is_live() && session.kind == Kind::Browser => {
            Effect::Ends(EndReason::SignedOutOnDesktop)
        }
        _ => cause.effect(session),
    }
}

pub fn desktop_sign_out_reaches_any_desktop(cause: &Cause, session: &Session) -> Effect {
    match cause {
        Cause::DesktopSignOut { .. } if session.is_live() && session.kind == Kind::Desktop => {
            Effect::Ends(EndReason::SignedOutOnDesktop)
        }
        _ => cause.effect(session),
    }
}

pub fn browser_sign_out_reaches_any_browser(cause: &Cause, session: &Session) -> Effect {
    match cause {
        Cause::SurfaceSignOut { .. } if session.is_live() && session.kind == Kind::Browser => {
            Effect::Ends(EndReason::SignedOut)
        }
        _ => cause.effect(session),
    }
}

pub fn bridge_obeys_every_end(_own: SessionId, event: &SessionEvent) -> Heard {
    match event.what {
        What::Ended { reason } => Heard::OwnEnd(reason),
        _ => Heard::Nothing,
    }
}

/// Only the desktop sign-out, for brevity.
pub fn ended_sessions_end_again(cause: &Cause, session: &Session) -> Effect {
    match cause {
        Cause::DesktopSignOut { session: here } if session.id == *here => {
            Effect::Ends(EndReason::SignedOutOnDesktop)
        }
        _ => cause.effect(session),
    }
}

#[allow(clippy::unnecessary_wraps)]
pub fn a_second_end_replaces_the_first(
    session: &mut Session,
    end: End,
) -> Result<(), AlreadyEnded> {
    session.end = Some(end);
    Ok(())
}

pub fn predecessor_is_spent(generations: Generations, generation: u64) -> Presented {
    match generations.present(generation) {
        Presented::Repeated => Presented::Spent,
        other => other,
    }
}

pub fn spent_renews(generations: Generations, generation: u64) -> Presented {
    match generations.present(generation) {
        Presented::Spent => Presented::Renewed(Generations {
            issued: generations.issued + 1,
        }),
        other => other,
    }
}

pub fn repeats_for_ever(generations: Generations, generation: u64) -> Presented {
    match generations.present(generation) {
        Presented::Spent => Presented::Repeated,
        other => other,
    }
}

pub fn repeat_gives_another_successor(generations: Generations, generation: u64) -> Presented {
    match generations.present(generation) {
        Presented::Repeated => Presented::Renewed(Generations {
            issued: generations.issued + 1,
        }),
        other => other,
    }
}

pub fn never_held_up(_made_at: Option<Timestamp>, _newest_since: Timestamp) -> bool {
    false
}

pub fn desktop_sign_out_is_confirmed_and_ignored(cause: &Cause, session: &Session) -> Effect {
    match cause {
        Cause::DesktopSignOut { .. } => Effect::Stays,
        _ => cause.effect(session),
    }
}

pub fn tokens_ahead_are_spent(generations: Generations, generation: u64) -> Presented {
    if generation > generations.issued {
        Presented::Spent
    } else {
        generations.present(generation)
    }
}

pub fn no_end_waits(cause: &Cause, session: &Session, _on_call: bool, _now: Timestamp) -> Effect {
    cause.effect(session)
}

pub fn every_end_waits(cause: &Cause, session: &Session, _on_call: bool, now: Timestamp) -> Effect {
    match cause.effect(session) {
        Effect::Ends(reason) => Effect::EndsLater(Ending::after_call(now, reason)),
        other => other,
    }
}

pub fn waits_for_as_long_as_the_call_goes_on(
    ending: Ending,
    on_call: bool,
    _now: Timestamp,
) -> Settled {
    if on_call {
        Settled::Later(ending)
    } else {
        Settled::Over(ending.reason)
    }
}

pub fn waits_for_the_limit_alone(ending: Ending, _on_call: bool, now: Timestamp) -> Settled {
    ending.settle(true, now)
}

pub fn does_not_wait(ending: Ending, _on_call: bool, now: Timestamp) -> Settled {
    ending.settle(false, now)
}

pub fn each_look_waits_anew(ending: Ending, on_call: bool, now: Timestamp) -> Settled {
    match ending.settle(on_call, now) {
        Settled::Later(_) => Settled::Later(Ending::after_call(now, ending.reason)),
        over @ Settled::Over(_) => over,
    }
}

pub fn the_later_end_stands(one: Ending, other: Ending) -> Ending {
    if other.at > one.at { other } else { one }
}

pub fn calls_never_go_silent(_call: &Call, _now: Timestamp) -> bool {
    false
}
