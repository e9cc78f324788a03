"""Fragments, annexes and packs go through the storage API, so that workers on other machines share them.

Two workers in processes of their own share nothing but the database, the broker and a bucket of a local S3 server, by the settings of
`docs/operations.md`. They have no folder for files.
"""

import hashlib
import warnings
from urllib.request import Request, urlopen

import boto3
import pytest
from botocore.config import Config
from django.db import connection

from boards import tasks
from boards.models import Fragment, PackBuild
from boards.packs import faults
from tests.boards.packs.working import PATIENCE, SOON, Workers, empty_broker_folder, ended
from tests.databases import url_of
from tests.waiting import until

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from moto.server import ThreadedMotoServer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

SEAL = """
from boards.models import PackBuild
from tests.boards.packs import sample
content, load_file = sample.meeting(3, 4, annexes=1, annex_pages=2)
content["items"][3]["restriction"] = {
    "grounds": ["12A-3"], "ground_titles": ["Financial or business affairs"], "review_on": None, "reason": "The price would be known",
}
content["items"][3]["open_title"] = "Property matter"
edition = sample.seal(content, load_file)
for audience in ("members", "public"):
    print(PackBuild.objects.create(meeting=edition.meeting, edition=edition, audience=audience).pk)
"""
VERIFY = """
from boards.models import Edition
from boards.packs.verify import verify
print(all(check.holds for check in verify(Edition.objects.get())))
"""


@pytest.fixture
def server():
    """A local S3 server on a free port, which remembers nothing of the test before."""
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    with urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")):
        pass
    yield made
    made.stop()


@pytest.fixture
def bucket(server):
    """The bucket as an S3 client sees it, on the server."""
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", region_name="eu-west-2", aws_access_key_id="test",
        aws_secret_access_key="test", config=Config(proxies={}),
    )  # fmt: skip
    client.create_bucket(Bucket="packs", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    yield client
    client.close()


@pytest.fixture
def workers(bucket, tmp_path):
    """Workers whose files are in the bucket."""
    empty_broker_folder()
    made = Workers(
        tmp_path, DATABASE_URL=url_of(connection), FILES_ROOT=str(tmp_path / "nowhere"), FILES_S3_BUCKET="packs",
        FILES_S3_ENDPOINT=bucket.meta.endpoint_url, FILES_S3_REGION="eu-west-2", FILES_S3_ACCESS_KEY="test",
        FILES_S3_SECRET_KEY="test", PACK_STALE_SECONDS=SOON, AWS_EC2_METADATA_DISABLED="true",
    )  # fmt: skip
    yield made
    made.stop()
    empty_broker_folder()


def names(bucket, folder):
    return {each["Key"] for each in bucket.list_objects_v2(Bucket="packs", Prefix=folder).get("Contents", ())}


def built(build):
    until(ended(build), "The end of the build", PATIENCE)
    assert build.state == "complete", build.error
    return build


def start(workers):
    builds = [PackBuild.objects.get(pk=pk) for pk in workers.run(SEAL).splitlines()[-2:]]
    for build in builds:
        tasks.build_pack.delay(str(build.pk))
    return builds


def test_two_workers_share_a_bucket(workers, bucket, tmp_path):
    members, public = start(workers)
    workers("one")
    workers("two")
    for build in (built(members), built(public)):
        pack = bucket.get_object(Bucket="packs", Key=build.file)["Body"].read()
        assert hashlib.sha256(pack).hexdigest() == build.sha256 and pack.startswith(b"%PDF-1.7")
    assert public.proof["hits"] == [] and public.pages < members.pages
    assert names(bucket, "packs/") == {members.file, public.file}
    assert names(bucket, "fragments/") == set(Fragment.objects.values_list("file", flat=True))
    assert names(bucket, "annexes/")
    assert not (tmp_path / "nowhere").exists(), "nothing is written beside the bucket"
    assert workers.run(VERIFY).endswith("True")


def test_what_is_lost_from_the_bucket_is_made_again(workers, bucket):
    first, _ = start(workers)
    workers("one")
    built(first)
    lost = Fragment.objects.order_by("-size").first().file
    bucket.delete_object(Bucket="packs", Key=lost)
    again = PackBuild.objects.create(meeting=first.meeting, edition=first.edition, audience="members")
    tasks.build_pack.delay(str(again.pk))
    assert built(again).sha256 == first.sha256


def test_a_bucket_that_is_gone_for_a_while_is_waited_for(workers, bucket):
    """The service says no to everything; the sweep tries again, and nobody has to ask for the pack a second time."""
    members, public = start(workers)
    annexes = {name: bucket.get_object(Bucket="packs", Key=name)["Body"].read() for name in names(bucket, "annexes/")}
    for name in annexes:
        bucket.delete_object(Bucket="packs", Key=name)
    bucket.delete_bucket(Bucket="packs")
    workers("one")

    def in_trouble():
        members.refresh_from_db()
        return members.trouble

    assert until(in_trouble, "The build says that the store is away", PATIENCE) == faults.STORE_AWAY
    assert members.is_unfinished
    bucket.create_bucket(Bucket="packs", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    for name, data in annexes.items():
        bucket.put_object(Bucket="packs", Key=name, Body=data)
    workers.scheduler()
    assert (built(members).trouble, built(public).trouble) == ("", "")
