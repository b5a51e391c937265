"""The door that the web server knocks at."""

from django.core.handlers.wsgi import WSGIHandler

from tocsin.bootstrap import start

application: WSGIHandler = start()
