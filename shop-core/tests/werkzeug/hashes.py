"""Prints hashes that the Werkzeug on the path makes of random passwords, one JSON object a line."""

import collections.abc
import json
import secrets
import sys
import unicodedata
import warnings

# Old versions import these names from where Python 3.10 no longer has them.
for name in collections.abc.__all__:
    if not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))
warnings.simplefilter("ignore")

from werkzeug import security  # noqa: E402

VERSION = sys.argv[1]
NUMBERS = tuple(int(part) for part in VERSION.split("."))

PIECES = {
    "ascii": "abcXYZ0189 !\"#$%&'*+,-./:;<=>?@[]^_`{|}~",
    "letters": "ăâîșțéñçüøłßżĐижהعमक東京",
    "emoji": "🛒👩🔬🏳\u200d\ufe0f🇷🇴",
    "compatible": "ﬁﬀ½²ªº™´¨ＡＢＣ１２①㎏",
}


def password(kind, length):
    return "".join(secrets.choice(PIECES[kind]) for _ in range(length))


PASSWORDS = [
    password("ascii", 12),
    unicodedata.normalize("NFC", password("letters", 12)),
    unicodedata.normalize("NFD", password("letters", 12)),
    password("emoji", 9),
    password("compatible", 9),
    # The longest that a sign-in takes, above the block length of every function; and the shortest.
    password("letters", 1000),
    password("emoji", 1000),
    password("ascii", 64),
    password("ascii", 65),
    password("ascii", 1),
]

METHODS = ["pbkdf2:sha1:1", "pbkdf2:sha1:1000", "pbkdf2:sha256:7", "pbkdf2:sha256:2000", "pbkdf2:sha512:1500"]
if NUMBERS >= (2, 3):
    METHODS += ["scrypt:128:8:1", "scrypt:1024:8:1", "scrypt:64:3:5"]

# Without the parameters a version takes its own defaults.
UNSAID = ["pbkdf2", "scrypt"] if NUMBERS >= (2, 3) else ["pbkdf2:sha256"]


def show(form, text, hashed):
    if not security.check_password_hash(hashed, text):
        sys.exit(f"Werkzeug {VERSION} does not take its own {form}")
    print(json.dumps({"version": VERSION, "form": form, "password": text, "hash": hashed}))


def main():
    for text in PASSWORDS:
        for method in METHODS:
            length = secrets.randbelow(16) + 1
            show(method, text, security.generate_password_hash(text, method, salt_length=length))
    text = PASSWORDS[3]
    show("default", text, security.generate_password_hash(text))
    show("long salt", text, security.generate_password_hash(text, "pbkdf2:sha256:10", salt_length=800))
    for method in UNSAID:
        _, salt, digest = security.generate_password_hash(text, method).split("$")
        show(method, text, "$".join([method, salt, digest]))
    if NUMBERS >= (2, 3):
        # No version makes a hash without a salt, but these take one.
        for method in ["pbkdf2:sha256:10", "scrypt:1024:8:1"]:
            digest, made = security._hash_internal(method, "", text)
            show(f"{made} without salt", text, f"{made}$${digest}")


main()
