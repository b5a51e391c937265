"""What can be wrong with a message, as a table: each rule with its clause, its words and its cure.

A complaint is fatal where nobody can know what the message is, from whom, or how to handle it; then it is
refused. Everything else is told and kept: a receiver who throws a red warning away because a polygon is not
closed has done worse than its author.
"""

from typing import NamedTuple

from tocsin.kernel.errors import Malformed, fill


class Rule(NamedTuple):
    """One thing that may be asked of a message."""

    clause: str
    """Of CAP 1.2 (OASIS Standard, 1 July 2010), or the standard it stands on."""
    text: str
    """What is demanded, in English; {found} and {expected} are filled from the complaint."""
    cure: str
    fatal: bool = False


class Complaint(NamedTuple):
    """One breach of one rule at one place."""

    code: str
    path: str
    """Element path from the document's root, repeated elements counted from 1: /alert/info[2]/area[1]."""
    rule: str
    """The clause and what it demands; an English template over `found` and `expected`."""
    cure: str
    fatal: bool
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        """Path, rule and cure in English, filled in."""
        return fill(f"{{path}}: {self.rule} {self.cure}", self._asdict())


RULES: dict[str, Rule] = {
    # ── stage 1: safe and well-formed ────────────────────────────────────────────────────────────
    "cap.size": Rule(
        "Tocsin's limit",
        "A document has at most {expected} bytes; this one has {found}.",
        "Give large files as a resource with a uri, or split the feed.",
        fatal=True,
    ),
    "cap.syntax": Rule(
        "XML 1.0 §2.1",
        "The document is well-formed XML; the parser says: {found}.",
        "Correct the document at that line, or send it again if it was cut off.",
        fatal=True,
    ),
    "cap.doctype": Rule(
        "XML 1.0 §2.8",
        "A warning needs no document type; with one come entities, and with them attacks.",
        "Remove the DOCTYPE and write each entity out.",
        fatal=True,
    ),
    "cap.depth": Rule(
        "Tocsin's limit",
        "Elements stand at most {expected} deep.",
        "Remove the nested foreign elements.",
        fatal=True,
    ),
    "cap.root": Rule(
        "§3.4",
        "The root of a message is alert; of many it is feed, rss, EDXLDistribution or alerts; not {found}.",
        "Give the CAP file itself, or a feed where a feed is expected.",
        fatal=True,
    ),
    "cap.namespace": Rule(
        "§3.4",
        "The namespace of alert is {expected}; it is “{found}”.",
        'Write xmlns="urn:oasis:names:tc:emergency:cap:1.2".',
        fatal=True,
    ),
    "cap.stray": Rule(
        "RFC 4287 §6",
        "An alert beside the entries of a feed is foreign markup; it was not read.",
        "Put the alert into an element {expected}.",
    ),
    # ── stage 2: structure ───────────────────────────────────────────────────────────────────────
    "cap.missing": Rule("§3.2", "This element is required.", "Add the element with its value.", fatal=True),
    "cap.value": Rule(
        "§3.2",
        "“{found}” is none of {expected}.",
        "Use one of the code values, capitals as shown.",
        fatal=True,
    ),
    "cap.time": Rule(
        "§3.3.2",
        "A time is written as 2002-05-24T16:49:00-07:00, with its offset; this is “{found}”.",
        "Write date, time with seconds, and the offset from UTC in whole minutes.",
        fatal=True,
    ),
    "cap.zulu": Rule(
        "§3.3.2",
        "An alphabetic time zone such as Z must not be used; this is “{found}”.",
        "Write UTC as -00:00.",
    ),
    "cap.repeated": Rule(
        "§3.4", "This element stands once at most; the first was taken.", "Remove the others."
    ),
    "cap.order": Rule("§3.4", "Elements stand in the order of the schema.", "Move the element to its place."),
    "cap.foreign": Rule(
        "§3.4", "The standard has no such element here; it is kept as it is.", "Use a parameter instead."
    ),
    "cap.crowd": Rule(
        "Tocsin's limit",
        "A message holds at most {expected} elements that the standard does not know.",
        "Remove the foreign elements.",
        fatal=True,
    ),
    "cap.nested": Rule(
        "§3.4",
        "This element holds text, not elements; it is kept as it is.",
        "Escape markup as text, or remove it.",
    ),
    "cap.pair": Rule(
        "§3.2",
        "This element holds one valueName and then one value, the name not empty.",
        "Write one element for each pair.",
    ),
    "cap.blank": Rule("§3.2", "This element is empty.", "Remove the element, or give it a value."),
    "cap.integer": Rule(
        "§3.2.3", "A size is a whole number of bytes, not “{found}”.", "Write the number alone."
    ),
    "cap.decimal": Rule(
        "§3.2.4", "A height is a decimal number of feet, not “{found}”.", "Write the number alone."
    ),
    "cap.characters": Rule(
        "XML 1.0 §2.2",
        "Control characters can't be written in XML.",
        "Remove them from the text.",
        fatal=True,
    ),
    "cap.extra": Rule(
        "XML 1.0 §2.1",
        "An extra is one well-formed element.",
        'Give it as <name xmlns="…">…</name>.',
        fatal=True,
    ),
    # ── stage 3: the rules in the prose ──────────────────────────────────────────────────────────
    "cap.identifier": Rule(
        "§3.2.1",
        "Spaces, commas, < and & must not stand in “{found}”.",
        "Use letters, digits, dots, hyphens and @ only.",
    ),
    "cap.fraction": Rule(
        "§3.4",
        "Times are in whole seconds; this one has a fraction, which is passed on.",
        "Round the time to a second.",
    ),
    "cap.restriction.needed": Rule(
        "§3.2.1", "A message of scope Restricted says by which rule.", "Fill restriction in."
    ),
    "cap.restriction.idle": Rule(
        "§3.2.1",
        "restriction is used with scope Restricted only.",
        "Remove it, or make the scope Restricted.",
    ),
    "cap.addresses": Rule(
        "§3.2.1",
        "A message of scope Private names its recipients.",
        "Fill addresses in, or change the scope.",
    ),
    "cap.references.needed": Rule(
        "§3.2.1",
        "A message of type {found} names the messages that it is about.",
        "Write sender,identifier,sent of each, separated by spaces.",
    ),
    "cap.later": Rule(
        "§3.2.1",
        "A message is sent after those that it is about; it was to be sent at {found}.",
        "Give a later sent than that of the earlier message, which is {expected}.",
        fatal=True,
    ),
    "cap.cancelled": Rule(
        "§3.2.1",
        "Only an Alert or an Update is updated or cancelled; this message is of type {found}.",
        "Issue a new Alert.",
        fatal=True,
    ),
    "cap.references": Rule(
        "§3.2.1",
        "A reference is sender,identifier,sent; this is “{found}”.",
        "Copy the three values from the earlier message exactly.",
    ),
    "cap.note.error": Rule("§3.2.1", "An Error message says in note why.", "Fill note in."),
    "cap.note.exercise": Rule(
        "§3.2.1", "An Exercise is named in note.", "Write the exercise's name into note."
    ),
    "cap.language": Rule(
        "§3.2.2", "A language is written as in RFC 3066, not “{found}”.", "Write zh-CN, en-US, fr and so on."
    ),
    "cap.uri": Rule(
        "§3.2.2", "A full, absolute URI is needed, not “{found}”.", "Begin with https:// or another scheme."
    ),
    "cap.expires": Rule(
        "§3.2.2",
        "The information expires after it takes effect; it would have expired at {found}.",
        "Set expires later than effective (or than sent).",
    ),
    "cap.base64": Rule("§3.2.3", "derefUri holds the file in base64.", "Encode the file in base64."),
    "cap.digest": Rule(
        "§3.2.3", "A digest is a SHA-1 in hexadecimal, not “{found}”.", "Write its 40 hexadecimal digits."
    ),
    "cap.polygon": Rule(
        "§3.2.4",
        "A polygon is pairs of numbers, latitude,longitude, separated by spaces; here stands “{found}”.",
        "Write 22.54,114.05 22.55,114.10 and so on.",
    ),
    "cap.polygon.few": Rule(
        "§3.2.4", "A polygon has at least four pairs; this one has {found}.", "Add the missing corners."
    ),
    "cap.polygon.open": Rule(
        "§3.2.4", "The last pair of a polygon equals its first.", "Repeat the first pair at the end."
    ),
    "cap.range": Rule(
        "§3.3.1",
        "Latitude is within ±90 and longitude within ±180, in this order; here stands {found}.",
        "Put the latitude first; correct the number.",
    ),
    "cap.circle": Rule(
        "§3.2.4",
        "A circle is latitude,longitude, a space and a radius in kilometres, not “{found}”.",
        "Write 22.54,114.05 10.",
    ),
    "cap.ceiling": Rule(
        "§3.2.4",
        "ceiling stands only beside altitude, which is the lower limit.",
        "Add altitude, not above ceiling.",
    ),
    "cap.geometry": Rule(
        "RFC 7946 §3.1.6",
        "An area is drawn from a Polygon or MultiPolygon with an extent, in degrees, longitude first.",
        "Draw the area as a polygon.",
        fatal=True,
    ),
    "cap.hole": Rule(
        "§3.2.4",
        "A polygon has no holes; this one of {found} square degrees is warned with the rest.",
        "Cut the polygon through the hole, or accept the larger area.",
    ),
    "cap.envelope": Rule(
        "EDXL-DE 1.0 §3.2.1",
        "An envelope has one status: that of all its messages, and never Draft; here: {found}.",
        "Make one envelope for each status.",
        fatal=True,
    ),
    # ── stage 4: profiles ────────────────────────────────────────────────────────────────────────
    "cap.profile": Rule(
        "Tocsin's limit",
        "A profile's demand names an element of CAP and regular expressions; not “{found}”.",
        "Write the element as code, info/expires or info/area/geocode.",
        fatal=True,
    ),
    # ── signatures ───────────────────────────────────────────────────────────────────────────────
    "cap.signature.none": Rule(
        "§3.3.4.1",
        "There is no signature: anybody may have written this message.",
        "Ask the sender to sign, or compare with what is on the sender's own site.",
    ),
    "cap.signature.place": Rule(
        "§3.3.4.1",
        "A signature stands directly in alert; this one stands deeper and covers something else.",
        "Treat the message as unsigned, and ask its sender.",
    ),
    "cap.signature.crowd": Rule(
        "Tocsin's limit",
        "A message bears at most {expected} signatures; this one has {found}.",
        "Remove the signatures that are not needed.",
    ),
    "cap.signature.shape": Rule(
        "XMLDSig §4",
        "A signature covers the whole message, with no transform but its own removal and canonical form.",
        "Ask the sender to sign the whole message, enveloped.",
    ),
    "cap.signature.algorithm": Rule(
        "XMLDSig §6",
        "A signature is RSA or ECDSA with SHA-2; this one is made with “{found}”.",
        "Ask the sender to sign anew with SHA-256; for an archive, allow SHA-1.",
    ),
    "cap.signature.certificate": Rule(
        "XMLDSig §4.5",
        "A signature brings its signer's certificate, or an RSA key; here is none that can be read.",
        "Ask the sender to put the certificate into KeyInfo.",
    ),
    "cap.signature.digest": Rule(
        "XMLDSig §3.2",
        "The message was changed after it was signed.",
        "Do not act on it; fetch the message from its sender again.",
    ),
    "cap.signature.value": Rule(
        "XMLDSig §3.2",
        "The signature was not made with the key that it names, or was changed.",
        "Do not act on it; fetch the message from its sender again.",
    ),
    "cap.signature.signer": Rule(
        "RFC 5280 §6",
        "The signature holds, but its signer “{found}” is nobody you trust.",
        "If you know the signer, ask by another way for the certificate, and add it to the trusted.",
    ),
    "cap.signature.expired": Rule(
        "RFC 5280 §4.1.2.5",
        "The signer's certificate holds for {expected}, not on {found}.",
        "Check at the time when the message was received, or ask the sender for a new certificate.",
    ),
    "cap.signature.twice": Rule(
        "§3.3.4.1",
        "The message bears a signature already.",
        "Sign the message as it was before.",
        fatal=True,
    ),
    "cap.certificate": Rule(
        "RFC 7468 §5",
        "A certificate is an X.509 in PEM.",
        "Give a file that begins with BEGIN CERTIFICATE.",
        fatal=True,
    ),
    "cap.key": Rule(
        "RFC 7468 §10",
        "A key is a private RSA or elliptic key in PEM, with its password where it has one.",
        "Give a file that begins with BEGIN PRIVATE KEY, and its password.",
        fatal=True,
    ),
    "cap.key.other": Rule(
        "RFC 5280 §4.1.2.7",
        "The key is not that of the first certificate.",
        "Give the certificate of this key first, then those of its authorities.",
        fatal=True,
    ),
}
"""By code. Clauses without a name are of CAP 1.2."""


def complain(
    code: str, path: str, found: object = "", expected: object = "", *, fatal: bool | None = None
) -> Complaint:
    """The complaint of that code; `fatal` overrides the table where one element bears more than another."""
    rule = RULES[code]
    clause = rule.clause if rule.clause[0] != "§" else f"CAP 1.2 {rule.clause}"
    weight = rule.fatal if fatal is None else fatal
    return Complaint(code, path, f"{clause}: {rule.text}", rule.cure, weight, _short(found), str(expected))


def malformed(complaint: Complaint) -> Malformed:
    """The complaint as the refusal that a floor above can show."""
    return Malformed(
        complaint.code,
        complaint.rule,
        cure=complaint.cure,
        where=complaint.path,
        found=complaint.found,
        expected=complaint.expected,
    )


def _short(found: object) -> str:
    text = str(found)
    return text if len(text) <= 80 else f"{text[:79]}…"
