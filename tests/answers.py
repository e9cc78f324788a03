"""Answers of the test client."""


def read(response) -> bytes:
    """All the bytes of an answer. A file it streams from is closed; `response.close()` would also close the test's database connection."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    response._resource_closers.clear()
    return data
