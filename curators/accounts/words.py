"""What allauth has to say, in Waymark's words: on pages and in mails, by allauth's own names."""

from django.utils.translation import gettext_lazy as _

# Told on the next page.
SENTENCES = {
    "account/messages/email_confirmed.txt": _("Your new address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _(
        "Another account has this address, so yours stays as it was."
    ),
    "account/messages/email_deleted.txt": _("The new address is dropped; the old one stays."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "New recovery codes are made; old ones are void."
    ),
    "mfa/messages/totp_activated.txt": _("From now on your app’s codes are asked for as well."),
    "mfa/messages/totp_deactivated.txt": _("Your app’s codes are no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}

# The subject of each mail, and what stands in it above a code, or alone.
SUBJECTS = {
    "account/email/login_code": _("Your code for %(site)s"),
    "account/email/email_confirmation": _("Confirm your new address for %(site)s"),
    "account/email/email_confirmation_signup": _("Confirm your address for %(site)s"),
    "account/email/password_reset_code": _("Your code for a new password at %(site)s"),
    "account/email/unknown_account": _("Somebody wanted to sign in to %(site)s"),
    "account/email/account_already_exists": _("Your address at %(site)s"),
    "account/email/email_changed": _("Your address at %(site)s is changed"),
    "account/email/email_deleted": _("An address was taken off your account at %(site)s"),
    "account/email/password_changed": _("Your password at %(site)s is changed"),
    "account/email/password_reset": _("Your password at %(site)s is changed"),
    "account/email/password_set": _("You have a password at %(site)s now"),
    "mfa/email/recovery_codes_generated": _("New recovery codes at %(site)s"),
    "mfa/email/totp_activated": _("Your account at %(site)s asks for an app’s codes now"),
    "mfa/email/totp_deactivated": _("Your account at %(site)s no longer asks for an app’s codes"),
    "mfa/email/webauthn_added": _("Your account at %(site)s has a new passkey"),
    "mfa/email/webauthn_removed": _("A passkey was taken off your account at %(site)s"),
}

MAILS = {
    "account/email/login_code": _(
        "Type this code on the page where you asked for it. It works once, for 15 minutes."
    ),
    "account/email/email_confirmation": _(
        "Type this code on the page where you gave this address. It works once."
    ),
    "account/email/email_confirmation_signup": _(
        "Type this code on the page where you gave this address. It works once."
    ),
    "account/email/password_reset_code": _(
        "Type this code on the page where you asked for a new password. It works once, for 15 minutes."
    ),
    "account/email/unknown_account": _(
        "Somebody, perhaps you, gave this address to sign in, but no account has it. Accounts come by "
        "invitation. If you have one, try the address that your invitation was sent to. If it wasn’t "
        "you, there is nothing to do."
    ),
    "account/email/account_already_exists": _(
        "Somebody, perhaps you, gave this address for an account, but another account has it already. "
        "If it is yours, sign in with this address. If it wasn’t you, there is nothing to do."
    ),
    "account/email/email_changed": _("You sign in with another address from now on."),
    "account/email/email_deleted": _("This address no longer belongs to your account."),
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("The password of your account was changed, by a code."),
    "account/email/password_set": _("A password was set for your account."),
    "mfa/email/recovery_codes_generated": _(
        "New recovery codes were made for your account; those from before no longer work."
    ),
    "mfa/email/totp_activated": _(
        "Whoever signs in to your account is asked for a code of your app as well."
    ),
    "mfa/email/totp_deactivated": _("Codes of your app are no longer asked for."),
    "mfa/email/webauthn_added": _("A passkey or security key was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey or security key was taken off your account."),
}
