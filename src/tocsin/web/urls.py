"""The addresses of the pages. The first part of a name says which section a page belongs to."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.views.generic import RedirectView
from django.views.i18n import set_language

from tocsin.web.views import (
    alerts,
    bulletins,
    clock,
    command,
    desk,
    entry,
    incidents,
    indicators,
    journal,
    live,
    people,
    plans,
    proposals,
    public,
    reports,
    reviews,
    room,
    settings,
    signals,
    situations,
    watch,
)


class Code:
    """A code of a pack: a place, a plan, a post; also what CAP allows in an identifier here."""

    regex = r"[\w.:\-]{1,160}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


class Move:
    """The name of a move in the life of a thing."""

    regex = "[a-z]{1,20}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """A version number that a database can hold."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Code, "code")
register_converter(Move, "move")
register_converter(Number, "number")

DOORS: list[URLPattern | URLResolver] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/sign-up/", account.signup, name="account_signup"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("language/", set_language, name="set_language"),
]

NOW: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="desk"),
    path("live", live.live, name="live"),
    path("clock/steer/", clock.steer, name="clock-steer"),
    path("seat/take/", clock.take_seat, name="seat-take"),
    path("proposals/<uuid:proposal>/sign/", proposals.sign, name="proposal-sign"),
    path("proposals/<uuid:proposal>/change/", proposals.change, name="proposal-change"),
    path("proposals/<uuid:proposal>/refuse/", proposals.refuse, name="proposal-refuse"),
    path("signals/", signals.signals, name="signals"),
    path("signals/new/", signals.new, name="signals-new"),
    path("signals/record/", signals.record, name="signals-record"),
    path("signals/quarantine/", signals.quarantine, name="signals-quarantine"),
    path("signals/quarantine/<uuid:key>/", signals.held, name="signals-held"),
    path("signals/quarantine/<uuid:key>/mend/", signals.mend, name="signals-mend"),
    path("signals/quarantine/<uuid:key>/dismiss/", signals.dismiss, name="signals-dismiss"),
    path("signals/<uuid:key>/", signals.signal, name="signals-detail"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/new/", indicators.new, name="indicators-new"),
    path("indicators/define/", indicators.define, name="indicators-define"),
    path("indicators/<uuid:key>/", indicators.indicator, name="indicators-detail"),
    path("indicators/<uuid:key>/counts/", indicators.count_in, name="indicators-counts"),
    path("indicators/<uuid:key>/<move:move>/", indicators.move, name="indicators-move"),
    path("indicators/findings/<uuid:key>/", indicators.finding, name="indicators-finding"),
    path("indicators/findings/<uuid:key>/confirm/", indicators.confirm, name="indicators-confirm"),
    path("indicators/findings/<uuid:key>/dismiss/", indicators.dismiss, name="indicators-dismiss"),
    path("watch/", watch.watch, name="watch"),
    path("watch/areas.geojson", watch.areas, name="map-areas"),
    path("watch/situations/<uuid:key>/", situations.situation, name="watch-situation"),
    path("watch/situations/<uuid:key>/assess/", situations.assess, name="watch-assess"),
    path("watch/situations/<uuid:key>/close/", situations.close, name="watch-close"),
    path("watch/places/<code:code>/", situations.place, name="watch-place"),
]

INCIDENTS: list[URLPattern | URLResolver] = [
    path("", incidents.incidents, name="incidents"),
    path("open/", incidents.open_by_hand, name="incidents-open"),
    path("<uuid:key>/", room.room, name="incidents-room"),
    path("<uuid:key>/grade/", room.regrade, name="incidents-grade"),
    path("<uuid:key>/end/", room.end, name="incidents-end"),
    path("<uuid:key>/reopen/", room.reopen, name="incidents-reopen"),
    path("<uuid:key>/close/", room.close, name="incidents-close"),
    path("<uuid:key>/level/", command.set_level, name="incidents-level"),
    path("<uuid:key>/tasks/", command.assign_task, name="incidents-task"),
    path("<uuid:key>/tasks/<uuid:task>/<move:move>/", command.move_task, name="incidents-task-move"),
    path("<uuid:key>/orders/", command.give_order, name="incidents-order"),
    path(
        "<uuid:key>/receipts/<uuid:receipt>/<move:move>/", command.move_receipt, name="incidents-receipt-move"
    ),
    path("<uuid:key>/decisions/", command.record_decision, name="incidents-decision"),
    path("<uuid:key>/needs/", command.raise_need, name="incidents-need"),
    path("<uuid:key>/needs/<uuid:need>/meet/", command.meet_need, name="incidents-need-meet"),
    path("<uuid:key>/reports/", reports.draft, name="incidents-report-new"),
    path("<uuid:key>/reports/drawn/", reports.draw, name="incidents-report-drawn"),
    path("reports/<uuid:key>/", reports.report, name="incidents-report"),
    path("reports/<uuid:key>/<move:move>/", reports.move, name="incidents-report-move"),
]

WORDS: list[URLPattern | URLResolver] = [
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/new/", alerts.new, name="alerts-new"),
    path("alerts/draft/", alerts.draft, name="alerts-draft"),
    path("alerts/<uuid:key>/", alerts.alert, name="alerts-detail"),
    path("alerts/<uuid:key>/cap.xml", alerts.cap, name="alerts-cap"),
    path("alerts/<uuid:key>/deliveries/<uuid:delivery>/<move:move>/", alerts.settle, name="alerts-settle"),
    path("alerts/<uuid:key>/<move:move>/", alerts.move, name="alerts-move"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/new/", bulletins.new, name="bulletins-new"),
    path("bulletins/draft/", bulletins.draft, name="bulletins-draft"),
    path("bulletins/<uuid:key>/", bulletins.bulletin, name="bulletins-detail"),
    path("bulletins/<uuid:key>/<move:move>/", bulletins.move, name="bulletins-move"),
]

PLANS: list[URLPattern | URLResolver] = [
    path("", plans.plans, name="plans"),
    path("new/", plans.new, name="plans-new"),
    path("draft/", plans.draft, name="plans-draft"),
    path("adopt/", plans.adopt, name="plans-adopt"),
    path("<code:code>/", plans.plan, name="plans-detail"),
    path("<code:code>/<number:number>/", plans.version, name="plans-version"),
    path("<code:code>/<number:number>/text.md", plans.text, name="plans-text"),
    path("<code:code>/<number:number>/edit/", plans.edit, name="plans-edit"),
    path("<code:code>/<number:number>/revise/", plans.revise, name="plans-revise"),
    path("<code:code>/<number:number>/against/<number:older>/", plans.compare, name="plans-compare"),
    path("<code:code>/<number:number>/<move:move>/", plans.move, name="plans-move"),
]

AFTER: list[URLPattern | URLResolver] = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:key>/", reviews.review, name="reviews-detail"),
    path("reviews/<uuid:key>/evidence.jsonl", reviews.pack, name="reviews-evidence"),
    path("reviews/<uuid:key>/lessons/<uuid:lesson>/<move:move>/", reviews.lesson, name="reviews-lesson"),
    path("reviews/<uuid:key>/actions/<uuid:action>/<move:move>/", reviews.corrective, name="reviews-action"),
    path("reviews/<uuid:key>/<move:move>/", reviews.move, name="reviews-move"),
]

HOUSE: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/organisations/", people.add_organisation, name="people-organisation"),
    path("people/posts/", people.add_post, name="people-post"),
    path("people/persons/", people.add_person, name="people-person"),
    path("people/holdings/", people.hold, name="people-hold"),
    path("people/holdings/<uuid:holding>/leave/", people.leave, name="people-leave"),
    path("people/shifts/", people.plan_shift, name="people-shift"),
    path("journal/", journal.journal, name="journal"),
    path("journal/verify/", journal.check, name="journal-verify"),
    path("settings/", settings.settings, name="settings"),
]

PUBLIC: list[URLPattern | URLResolver] = [
    path("", public.portal, name="public"),
    path("areas.geojson", public.areas, name="public-areas"),
    path("alerts/", public.all_alerts, name="public-alerts"),
    path("alerts/<uuid:key>/", public.alert, name="public-alert"),
    path("bulletins/<uuid:key>/", public.bulletin, name="public-bulletin"),
    path("cap/<code:identifier>.xml", public.cap, name="public-cap"),
    path("cap/feed.atom", public.feed, name="public-feed"),
    path("feed.atom", RedirectView.as_view(pattern_name="public-feed"), name="public-atom"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("enter/", entry.enter, name="enter"),
    *DOORS,
    *NOW,
    path("incidents/", include(INCIDENTS)),
    *WORDS,
    path("plans/", include(PLANS)),
    *AFTER,
    *HOUSE,
    path("public/", include(PUBLIC)),
]
