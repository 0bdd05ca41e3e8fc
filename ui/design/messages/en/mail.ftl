### Mails. Plain text; each link stands on a line of its own.

mail-reset-subject = Choose a new password
mail-reset-body =
    Hello { $name },

    somebody, hopefully you, asked to reset the password of your account at { $host }.
    Choose a new one here within 30 minutes; the link works once:

    { $link }

    Your other devices will be signed out when you do.
    If it was not you, ignore this mail: nothing has changed.

mail-invitation-subject = Join { $organization } on Workspace
mail-invitation-body =
    Hello,

    you are invited to join { $organization }.
    Choose your name and password here within 7 days; the link works once:

    { $link }

    Afterwards you can sign in at { $host } and in the Workspace desktop app.
    If you did not expect this, ignore it.

mail-changed-subject = Your password was changed
mail-changed-body =
    Hello { $name },

    the password of your account at { $host } has just been changed,
    and your other devices have been signed out.

    If it was not you, choose a new password at once:

    { $link }
