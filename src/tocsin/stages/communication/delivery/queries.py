"""Reading the outbox."""

from uuid import UUID

from django.db.models import Count

from tocsin.kernel.errors import NotFound
from tocsin.stages.communication.delivery.enums import TROUBLED, DeliveryState
from tocsin.stages.communication.delivery.models import Delivery


def delivery(key: UUID) -> Delivery:
    """The delivery with this id. Raises `NotFound`."""
    found = Delivery.objects.select_related("message").filter(id=key).first()
    if found is None:
        raise NotFound(
            "delivery.unknown",
            "There is no such delivery.",
            cure="See the deliveries of the alert.",
            delivery=str(key),
        )
    return found


def deliveries(
    *,
    subject: UUID | None = None,
    state: DeliveryState | None = None,
    before: UUID | None = None,
    limit: int = 100,
) -> list[Delivery]:
    """Deliveries (of one alert or bulletin, where named), the newest first."""
    rows = Delivery.objects.select_related("message")
    if subject is not None:
        rows = rows.filter(message__subject=subject)
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def troubled(*, before: UUID | None = None, limit: int = 100) -> list[Delivery]:
    """What a person must decide: given up, or perhaps sent. The newest first."""
    rows = Delivery.objects.filter(state__in=TROUBLED).select_related("message")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def counts() -> dict[str, int]:
    """How many deliveries are in each state; states without any are left out."""
    rows = Delivery.objects.values_list("state").annotate(Count("id")).order_by("state")
    return dict(rows)
