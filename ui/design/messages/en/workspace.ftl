# Words of Workspace in the browser.

nav-home = Home
nav-sessions = Sessions & devices
nav-account = Account
missing-title = There is nothing at this address
missing-body = The page may have moved. The bar above leads everywhere.
loading = Loading…
again = Try again
failed-title = This could not be loaded
toast-dismiss = Dismiss

## Home

home-greeting =
    { $part ->
        [morning] Good morning, { $name }
        [afternoon] Good afternoon, { $name }
       *[evening] Good evening, { $name }
    }
home-role = { $role } at { $organization }

availability-title = Availability
availability-label = Your availability
availability-available = Available
availability-busy = Busy
availability-away = Away
availability-hint-available = Calls reach you, wherever you are signed in.
availability-hint-busy = Colleagues see that you are busy. Calls do not reach you.
availability-hint-away = You are shown as away. Calls do not reach you.
availability-failed = Your availability was not changed: { $why }

where-title = Where you are signed in
where-browser = This browser
where-since = Since { $when }
where-surfaces = Signed in once, for all of these:
where-here = here
where-others =
    { $count ->
        [0] Nowhere else.
        [one] And in one other place.
       *[other] And in { $count } other places.
    }
where-all = Sessions & devices
where-desktop = { $count ->
        [one] Desktop app on { $device }
       *[other] Desktop app on { $device } and { $more } more
    }
where-desktop-hint = A sign-in of its own: signing out here leaves it alone.

## Practice line

line-title = Practice line
line-body = Call an echo: whatever you say comes back a second later. It is a real call, so your colleagues see you on one.
line-call = Call the echo
line-again = Call again
line-connecting = Connecting…
line-cancel = Cancel
line-talking = On a call with the echo
line-timer = Length of the call
line-microphone = Your microphone is on.
line-tone = No microphone is allowed, so a tone is sent instead.
line-muted = You are muted.
line-mute = Mute
line-unmute = Unmute
line-hang-up = Hang up
line-ended = The call lasted { $lasted }.
line-failed = The call did not connect. Your browser or a network policy may not allow calls in pages.
line-lost = Others may not see that you are on a call while the service cannot be reached.
line-elsewhere =
    { $surface ->
        [workspace] You are on a call in another tab, since { $when }.
       *[cti] You are on a call in the CTI widget, since { $when }.
    }

## Sessions and devices

sessions-title = Sessions & devices
sessions-body = Everywhere you are signed in. If you do not know one of these, end it and change your password.
sessions-this = This browser
sessions-browsers = Other browsers
sessions-desktops = Desktop apps
sessions-none-browsers = No other browser is signed in.
sessions-none-desktops = No desktop app is signed in.
sessions-this-badge = You are here
sessions-since = Signed in { $when }
sessions-used = Last used { $when }
sessions-end = End
sessions-end-label = End the session on { $device }
sessions-sign-out = Sign out…
sessions-others = End all others…
sessions-everywhere = Sign out everywhere…
sessions-ended =
    { $count ->
        [0] Nothing was left to end.
        [one] One session has ended.
       *[other] { $count } sessions have ended.
    }
sessions-ended-later =
    { $count ->
        [one] One is on a call, and ends when the call does.
       *[other] { $count } are on a call, and end when the calls do.
    }
sessions-failed = That could not be done: { $why }

end-one-title = End the session on { $device }?
end-one-body = Whoever uses it must sign in again. Nothing that was stored there is lost.
end-one-confirm = End session
end-others-title = End all other sessions?
end-others-body = This browser stays signed in. Every other browser and every desktop app must sign in again.
end-others-confirm = End all others
end-everywhere-title = Sign out everywhere?
end-everywhere-body = Every browser, this one too, and every desktop app is signed out at once.
end-everywhere-call = You are on a call in this browser: it ends.
end-everywhere-confirm = Sign out everywhere
end-keep = Keep

## Account

account-title = Account
account-about = About you
account-name = Name
account-name-hint = As colleagues and customers see it.
account-name-empty = Write a name.
account-email = E-mail address
account-role = Role
account-organization = Organization
account-managed = Address and role are set by an admin of your organization.
account-save = Save name
account-saved = Your name was changed.
account-failed = Nothing was changed: { $why }
password-title = Password
password-current = Present password
password-new = New password
password-hint = At least 12 characters. A few words that only you put together are best.
password-short = Use at least 12 characters.
password-empty = Write your present password.
password-show = Show
password-hide = Hide
password-ends = Changing it ends all your other sessions, in browsers and desktop apps. This browser stays signed in.
password-save = Change password
password-saved = Your password was changed. All your other sessions have ended.
password-none = You sign in without a password here: your organization’s own sign-in page knows you.
