"""Two habits of every request: what was typed survives a lost session, and private pages are never cached."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

#: Fields that are never shown again.
SECRET = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}


class KeepTypedWords:
    """A form sent after the session ended comes back with everything typed, a way to sign in, and a way to send it again.

    Without this, signing in again would lose an hour's writing: the redirect to the sign-in page drops the body of a POST.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        lost = (
            request.method == "POST"
            and response.status_code == 302
            and not request.user.is_authenticated
            and response.headers.get("Location", "").split("?")[0].endswith(reverse("account_login"))
            and not request.path.startswith("/accounts/")
        )
        return self.give_back(request) if lost else response

    @staticmethod
    def give_back(request: HttpRequest) -> HttpResponse:
        if "json" in request.headers.get("Accept", "") or request.content_type == "application/json":
            from django.http import JsonResponse

            return JsonResponse(
                {"error": "You were signed out. Nothing was saved here; sign in again and save once more."}, status=401
            )
        typed = [(name, value) for name in request.POST if name not in SECRET for value in request.POST.getlist(name)]
        return render(
            request,
            "portal/signed_out.html",
            {
                "typed": typed,
                "files": sorted(request.FILES),
                "send_to": request.get_full_path(),
                "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
            },
            status=401,
        )


class PrivateByDefault:
    """A page made for a signed-in person is not kept by any cache on the way."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
