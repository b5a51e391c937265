"""What the API announces in the journal."""

ANNOUNCES = {
    "token.issued": "A person was given a token for the HTTP API.",
    "token.revoked": "A token for the HTTP API was revoked.",
}
