import pytest

from tocsin.packs.publishing import Mode, Product, for_kind
from tocsin.packs.reader import load

CN, AVALON = load("cn"), load("avalon")


def rule(pack, product, kind):
    return for_kind(pack.publishing, pack.kinds, product, kind)


@pytest.mark.parametrize(
    ("product", "kind", "mode"),
    [
        (Product.SIGNAL, "rainstorm", Mode.RELAY),
        (Product.SIGNAL, "geological-risk", Mode.RELAY),
        (Product.ALERT, "rainstorm", Mode.OWN),
        (Product.ALERT, "hazardous-chemical", Mode.OWN),
        (Product.ALERT, "earthquake", Mode.WITHHOLD),
        (Product.FORECAST, "earthquake", Mode.WITHHOLD),
        (Product.FORECAST, "rainstorm", Mode.RELAY),
        (Product.FACTS, "rainstorm", Mode.OWN),
        (Product.FACTS, "infectious-disease", Mode.RELAY),
        (Product.FACTS, "food-poisoning", Mode.RELAY),
        (Product.FACTS, "animal-epidemic", Mode.WITHHOLD),
        (Product.FACTS, "mass-incident", Mode.WITHHOLD),
    ],
)
def test_who_may_publish_what_in_china(product, kind, mode):
    assert rule(CN, product, kind).mode is mode


def test_an_alert_of_the_city_states_the_eight_things_of_article_64():
    assert rule(CN, Product.ALERT, "rainstorm").fields == (
        "category",
        "level",
        "starts",
        "area",
        "cautions",
        "measures",
        "issuer",
        "issued",
    )


def test_a_response_states_the_four_things_of_article_72():
    assert rule(CN, Product.RESPONSE, "flood").fields == ("matter", "level", "duration", "measures")


def test_no_alert_is_permitted_where_the_pack_is_silent():
    assert rule(CN, Product.ALERT, "mass-incident") is None


def test_the_county_abroad_has_its_own_rules():
    assert rule(AVALON, Product.FACTS, "foodborne-illness").publisher == {"en": "The county medical officer"}
    assert rule(AVALON, Product.RESPONSE, "unrest").mode is Mode.OWN


def test_a_flood_signal_is_relayed_in_the_name_of_its_own_agency_and_not_of_the_weather_stations():
    assert rule(CN, Product.SIGNAL, "flood").publisher["en"] == "The agency that issued it"
    assert rule(CN, Product.SIGNAL, "typhoon").id == "weather-signal"
    assert rule(CN, Product.FORECAST, "flood") is None
