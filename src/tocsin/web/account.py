"""Who may open an account by themselves: nobody. Accounts are made by an administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Signing in, never signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
