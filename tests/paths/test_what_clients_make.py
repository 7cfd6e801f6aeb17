"""What a client makes waits as long as the client does."""

from tests.paths.projects import project

CACHE = """
import redis

client = redis.Redis.from_url("redis://cache", socket_timeout=1)
endless = redis.Redis.from_url("redis://cache")

def top():
    pipe = client.pipeline()
    pipe.get("hits")
    return pipe.execute()

def last():
    pipe = endless.pipeline()
    pipe.get("hits")
    return pipe.execute()
"""


def test_a_pipeline_has_the_time_limit_of_its_client() -> None:
    found = project({"shop/cache.py": CACHE}).outbound
    waits = {one.edge.call.line: one.bounded for one in found.all if one.edge.call.target == "pipe.execute"}
    assert waits == {10: True, 15: False}
