from tests.access import OPEN, REFUSED, SIGN_IN, WRONG_METHOD, Row

EVERYBODY = (OPEN,) * 5
ADMINISTRATOR = (SIGN_IN, REFUSED, REFUSED, REFUSED, OPEN)
SIGNED_IN = (SIGN_IN, OPEN, OPEN, OPEN, OPEN)
POST_ONLY = (SIGN_IN, *(WRONG_METHOD,) * 4)


def person(world):
    return [world.author.pk]


ROWS = {
    "health": Row(EVERYBODY),
    "accessibility": Row(EVERYBODY),
    "privacy": Row(EVERYBODY),
    "contact": Row(EVERYBODY),
    "security_txt": Row(EVERYBODY),
    "people": Row(ADMINISTRATOR),
    "person_add": Row(ADMINISTRATOR),
    "person": Row(ADMINISTRATOR, person),
    "appointment_add": Row(ADMINISTRATOR, person),
    "appointment_end": Row(POST_ONLY, lambda world: [world.author.pk, 1]),
    "person_active": Row(POST_ONLY, person),
    "gallery": Row(SIGNED_IN),
    "audit": Row(ADMINISTRATOR),
    # allauth sends people who are signed in away from the sign-in page.
    "account_login": Row((OPEN, *(SIGN_IN,) * 4)),
    "account_logout": Row((SIGN_IN, *(OPEN,) * 4)),
    "account_change_password": Row((SIGN_IN, *(SIGN_IN,) * 4)),
    "account_reset_password": Row(EVERYBODY),
    "account_reset_password_done": Row(EVERYBODY),
    "account_reset_password_from_key": Row(EVERYBODY, lambda world: ["1", "abc-def"]),
    "account_reset_password_from_key_done": Row(EVERYBODY),
    "account_signup": Row((SIGN_IN,) * 5),
    "account_inactive": Row(EVERYBODY),
    "account_set_password": Row(SIGNED_IN),
    "account_email": Row((SIGN_IN,) * 5),
    "account_reauthenticate": Row((SIGN_IN, *(REFUSED,) * 4)),
}
