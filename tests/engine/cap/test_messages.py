"""The messages in fixtures/, each read by a person, and what is to become of each."""

import pytest

from tocsin.engine.cap import Complaint, links, read, read_all, validate, write

MESSAGES = {
    # a bare message: its identifier, where it is read, or code and path of the refusal
    "australia.cap": "tag:www.rfs.nsw.gov.au2011-10-06:40184",  # prefixed names throughout, two infos
    "canada.cap": "2.49.0.1.124.6bddbc91.2012",  # empty optional elements, two references
    "canada_errors.cap": "2.49.0.1.124.6bddbc91.2012",  # an Update with empty references: told
    "earthquake.cap": "USGS-earthquakes-us2010apcd.6.20100831T000925.496Z",  # 1.1, a sender that is a URL
    "earthquake-iso8859-1.cap": "USGS-earthquakes-usB000D5T4.3947362.7.20121014T225304.360Z.0",
    "earthquake_signed.cap": "USGS-earthquakes-nc71635010.28103893.20110906T171538.586Z",
    "homeland_security.cap": "43b080713727",  # no area geometry, a resource
    "no_optional_fields.cap": "USGS-earthquakes-us2010apcd.6.20100831T000925.496Z",  # no info at all
    "weather.cap": "NOAA-NWS-ALERTS-MT20100830100700TFXFlashFloodWatchTFX20100830180000MT",  # empty values
    "canada_signed.cap": "2.49.0.1.124.f2c83f5f.2013",  # two signatures, each over the message without any
    "invalid.cap": ("cap.missing", "/alert/scope"),
    "noaa_errors.cap": ("cap.missing", "/alert/info[1]/urgency"),  # empty urgency, severity and certainty
}

FEEDS = {
    # a carrier: one entry a message
    "weather.atom": ["NOAA-NWS-ALERTS-MT20120830100700TFXFlashFloodWatchTFX20120830180000MT"],
    "weather_invalid.atom": ["INVALID,"],  # a comma and a space in the identifier: told, not refused
    "bushfire_invalid.edxlde": [
        "tag:www.rfs.nsw.gov.au2011-10-18:40500",
        ("cap.missing", "/EDXLDistribution/contentObject[2]/alert[1]/identifier"),  # an empty alert
        ("cap.value", "/EDXLDistribution/contentObject[3]/alert[1]/info[1]/urgency"),  # urgency “Foobar”
        "tag:www.rfs.nsw.gov.au2011-10-18:40428",
        "tag:www.rfs.nsw.gov.au2011-10-18:40484",
        "tag:www.rfs.nsw.gov.au2011-10-18:40487",
        "tag:www.rfs.nsw.gov.au2011-10-18:40435",
    ],
    "earthquake_index.atom": [],  # links only
    "weather_index.atom": [],  # links, and CAP elements without an alert around them
    "empty_weather_index.atom": [],
    "invalid.rss": [],  # an empty item
    "invalid_element.atom": [],  # empty content beside a foreign element
    "no_id.atom": [],
    "no_entries.atom": [("cap.stray", "/feed//alert[1]")],  # an alert beside the entries
}

COMPLAINTS = {
    "canada_errors.cap": [("cap.references.needed", "/alert/references")],
    "invalid.cap": [("cap.missing", "/alert/scope")],
    "noaa_errors.cap": [
        ("cap.missing", "/alert/info[1]/urgency"),
        ("cap.missing", "/alert/info[1]/severity"),
        ("cap.missing", "/alert/info[1]/certainty"),
    ],
}
"""Of every bare message; those not named here break no rule."""

LINKS = {
    "earthquake_index.atom": ("http://earthquake.usgs.gov/earthquakes/catalogs/cap/us2010apcd",),
    "weather.atom": (
        "http://www.weather.gov/alerts-beta/wwacapget.php?x=DC20120829202900LWXAirQualityAlertLWX20120831040000DC",
    ),
    "no_id.atom": (),
    "invalid.rss": (),
}


def told(outcome):
    return (outcome.code, outcome.path) if isinstance(outcome, Complaint) else outcome.identifier


def test_the_tables_name_every_file(folder):
    others = {"ATTRIBUTION.md", "xee.cap"} | {file.name for file in folder.glob("*.pem")}
    assert {*MESSAGES, *FEEDS} == {file.name for file in folder.iterdir()} - others


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_read_or_refused_with_its_reason(folder, name):
    assert [told(outcome) for outcome in read_all((folder / name).read_bytes())] == [MESSAGES[name]]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_gives_each_message_or_its_reason(folder, name):
    assert [told(outcome) for outcome in read_all((folder / name).read_bytes())] == FEEDS[name]


@pytest.mark.parametrize("name", MESSAGES)
def test_every_complaint_is_told(folder, name):
    complaints = validate((folder / name).read_bytes())
    assert [(one.code, one.path) for one in complaints] == COMPLAINTS.get(name, [])


@pytest.mark.parametrize("name", LINKS)
def test_a_feed_of_links_tells_where_the_messages_are(folder, name):
    assert links((folder / name).read_bytes()) == LINKS[name]


@pytest.mark.parametrize("name", sorted({*MESSAGES, *FEEDS}))
def test_what_was_read_is_written_and_read_again(folder, name):
    outcomes = read_all((folder / name).read_bytes())
    alerts = [outcome for outcome in outcomes if not isinstance(outcome, Complaint)]
    assert [read(write(alert, strict=False)) for alert in alerts] == alerts


def test_bytes_in_another_encoding_are_read_by_their_declaration(folder):
    alert = read((folder / "earthquake-iso8859-1.cap").read_bytes())
    assert alert.info[0].headline == "EQ 4.6 Usulután, Usulután, El Salvador - PRELIMINARY REPORT"


def test_a_signature_is_kept_and_is_no_foreign_element(folder):
    alert = read((folder / "earthquake_signed.cap").read_bytes())
    assert [extra[:53] for extra in alert.extras] == [
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">'[:53]
    ]
