"""What the rooms' demo.py files hand on to each other while the demo county is built."""

from dataclasses import dataclass, field
from random import Random

from fenghuo.kernel.access.models import Person, Region, Unit

PASSWORD = "fenghuo-demo"  # noqa: S105 - the demo says it aloud; there is no default password anywhere else

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    *("建国", "秀英", "志强", "桂兰", "明", "丽华", "军", "敏", "海燕", "小龙"),
    *("文博", "晓梅", "永红", "卫东", "雪", "玉珍", "国庆", "佳", "浩然", "春生"),
)


@dataclass
class Demo:
    """The county so far: regions and units by code. One seed gives one county."""

    random: Random
    regions: dict[str, Region] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)  # by sign-in name
    _telephones: int = 0

    def name(self) -> str:
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def mobile(self) -> str:
        """An eleven-digit number that no network has given out."""
        self._telephones += 1
        return f"100{self._telephones:08d}"

    def telephone(self) -> str:
        """A local number that cannot be dialled: none begins with 0."""
        self._telephones += 1
        return f"029-0000{self._telephones:04d}"
