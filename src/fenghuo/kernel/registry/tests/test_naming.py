"""Places are called as people call them, not as the code list calls their committees."""

import pytest

from ..naming import spoken


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("草堂营村委会", "草堂营村"),
        ("韩村村委会", "韩村"),
        ("蔡家坡村民委员会", "蔡家坡村"),
        ("西街社区居委会", "西街社区"),
        ("东关居委会", "东关社区"),
        ("草堂街道", "草堂街道"),
        ("村委会", "村委会"),
    ],
)
def test_a_place_as_it_is_said(name: str, said: str) -> None:
    assert spoken(name) == said
