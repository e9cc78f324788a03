"""Fragments, annexes and packs go through the storage API, so that workers on other machines share them."""

import boto3
import pytest
from django.core.files.storage import default_storage, storages
from moto import mock_aws

from boards.packs.verify import verify
from tests.boards.packs.test_builder import finish, start

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def s3(settings, monkeypatch):
    """The default storage as a bucket of an S3 service of this process."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        boto3.client("s3", region_name="eu-west-2").create_bucket(
            Bucket="packs", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {
                    "bucket_name": "packs",
                    "region_name": "eu-west-2",
                    "default_acl": "private",
                    "file_overwrite": True,
                },
            },
        }
        yield


def test_a_pack_is_built_on_s3_compatible_storage(s3, edition, worker):
    sealed = edition()
    first = finish(worker, start(sealed))
    assert first.state == "complete", first.error
    assert default_storage.exists(first.file) and storages["default"].size(first.file) > 10_000
    worker.calls.clear()
    second = finish(worker, start(sealed, "members"))
    assert second.sha256 == first.sha256 and worker.calls == []
    assert all(check.holds for check in verify(sealed))


def test_what_is_lost_from_the_bucket_is_made_again(s3, edition, worker):
    from boards.models import Fragment

    sealed = edition()
    first = finish(worker, start(sealed))
    default_storage.delete(Fragment.objects.order_by("-size").first().file)
    assert finish(worker, start(sealed)).sha256 == first.sha256
