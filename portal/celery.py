"""The Celery app. Tasks carry ids only; what is under way and what has failed is told by rows in the database."""

import os

from celery import Celery

from portal import filequeue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

filequeue.install()
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
