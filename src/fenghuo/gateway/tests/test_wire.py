"""What goes over the line to the writer of reports comes out as it was, however it is cut on the way."""

from hypothesis import given
from hypothesis import strategies as st

from fenghuo.gateway.intake import Request, Response
from fenghuo.gateway.wire import ANSWERED, ASKED, pack_request, pack_response, read_request, read_response

HEADER = st.text(st.characters(max_codepoint=255), max_size=40)
REQUESTS = st.builds(
    Request,
    authorization=HEADER,
    content_type=HEADER,
    key=st.none() | HEADER,
    body=st.binary(max_size=300),
    address=HEADER,
    oversized=st.booleans(),
)
RESPONSES = st.builds(
    Response,
    status=st.sampled_from([200, 201, 401, 422, 503]),
    body=st.text(max_size=200),
    headers=st.dictionaries(st.sampled_from(["Retry-After", "WWW-Authenticate"]), st.text(max_size=9)),
)
NUMBER = st.integers(0, 2**32 - 1)
CUT = st.integers(1, 60)


@given(st.lists(st.tuples(NUMBER, REQUESTS), max_size=6), CUT)
def test_requests(asked: list[tuple[int, Request]], cut: int) -> None:
    sent = b"".join(pack_request(number, request) for number, request in asked)
    come, found = bytearray(), []
    for start in range(0, len(sent), cut):
        come += sent[start : start + cut]
        found += [(number, read_request(parts)) for number, parts in ASKED.unpack(come)]
    assert found == asked
    assert not come


@given(st.lists(st.tuples(NUMBER, RESPONSES), max_size=6), CUT)
def test_answers(told: list[tuple[int, Response]], cut: int) -> None:
    sent = b"".join(pack_response(number, response) for number, response in told)
    come, found = bytearray(), []
    for start in range(0, len(sent), cut):
        come += sent[start : start + cut]
        found += [(number, read_response(parts)) for number, parts in ANSWERED.unpack(come)]
    assert found == told
    assert not come
