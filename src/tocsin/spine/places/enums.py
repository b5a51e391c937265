"""What the places announce."""

ANNOUNCES = {
    "jurisdiction.settled": "The desk was given its jurisdiction, or the jurisdiction's pack was read anew.",
}
