"""The hash functions against the values that their standards publish, and trees against those of RFC 6962's authors."""

import pytest

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.journal import merkle, proof_check
from fenghuo.kernel.journal.hashing import digest_of

# GB/T 32905-2016, annex A: examples 1 and 2.
SM3 = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}
# certificate-transparency-go, merkletree tests: the leaves, and the roots over the first 1, 2 … 8 of them.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("message", SM3, ids=["example 1", "example 2"])
def test_sm3_gives_the_published_values(message: bytes) -> None:
    assert digest_of("sm3")(message).hex() == SM3[message]
    assert proof_check.sm3(message).hex() == SM3[message]


def test_sm3_written_out_agrees_with_the_library_at_every_length() -> None:
    digest = digest_of("sm3")
    for length in range(200):
        assert proof_check.sm3(b"x" * length) == digest(b"x" * length)


def test_sm3_comes_from_the_package_where_openssl_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(name: str) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr("hashlib.new", lacks)
    assert digest_of("sm3")(b"abc").hex() == SM3[b"abc"]


def test_trees_have_the_published_roots() -> None:
    digest = digest_of("sha256")
    leaves = [merkle.leaf(digest, bytes.fromhex(leaf)) for leaf in LEAVES]
    assert [merkle.root(digest, leaves[:count]).hex() for count in range(1, 9)] == ROOTS


def test_another_name_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(Invalid) as refused:
        digest_of("md5")
    assert "sha256, sm3" in str(refused.value.faults[0].message)
