"""The region tree of the demo county, with its former names."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import batched

from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models.regions import RegionLevel

from ..models import NameKind
from ..services import create_region, end_region, keep_name, rename_region
from .county import Demo
from .villages import invented

CHUNK = 40  # regions a transaction: no write lock for long
HUXIAN_ENDED = date(2016, 11, 24)
YUCHAN = (34.05194, 108.5625)  # placed by hand: near the former 天桥 township
SHENGLI = "610118012900"  # invented: the code of the village that was merged away is unknown


def load_places(demo: Demo) -> None:
    with transaction.atomic():
        _load_frame(demo)
    for rows in batched(rows_of("towns.csv"), CHUNK):
        with transaction.atomic():
            for row in rows:
                _load_town(demo, row)
    for rows in batched(rows_of("villages.csv"), CHUNK):
        with transaction.atomic():
            for row in rows:
                town = demo.regions[row["town_code"]]
                demo.regions[row["code"]] = create_region(
                    by=SYSTEM,
                    code=row["code"],
                    name=row["name"],
                    level=RegionLevel.VILLAGE,
                    parent=town,
                    demo=True,
                    **invented(row["code"], town),
                )
    with transaction.atomic():
        _load_former_village(demo)


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _boundary() -> str:
    content = json.loads(files(__package__).joinpath("data", "boundary.geojson").read_text(encoding="utf-8"))
    feature = content["features"][0] if content["type"] == "FeatureCollection" else content
    return json.dumps(feature.get("geometry", feature), separators=(",", ":"))


def _load_frame(demo: Demo) -> None:
    """Province, city, the county under its old name and code and then its new ones, and a neighbour."""
    province = create_region(
        by=SYSTEM, code="610000000000", name="陕西省", level=RegionLevel.PROVINCE, parent=None, demo=True
    )
    city = create_region(
        by=SYSTEM, code="610100000000", name="西安市", level=RegionLevel.CITY, parent=province, demo=True
    )
    old = create_region(
        by=SYSTEM,
        code="610125000000",
        name="户县",
        level=RegionLevel.COUNTY,
        parent=city,
        boundary=_boundary(),
        demo=True,
    )
    county = rename_region(old, by=SYSTEM, name="鄠邑区", code="610118000000", on=HUXIAN_ENDED)
    neighbour = create_region(
        by=SYSTEM, code="610124000000", name="周至县", level=RegionLevel.COUNTY, parent=city, demo=True
    )
    demo.regions |= {region.code: region for region in (province, city, county, neighbour)}


def _load_town(demo: Demo, row: dict[str, str]) -> None:
    known = bool(row["latitude"])
    latitude, longitude = (float(row["latitude"]), float(row["longitude"])) if known else YUCHAN
    town = create_region(
        by=SYSTEM,
        code=row["code"],
        name=row["name"],
        level=RegionLevel.TOWN,
        parent=demo.regions["610118000000"],
        latitude=latitude,
        longitude=longitude,
        position_estimated=not known,
        demo=True,
    )
    if row["name"].endswith("街道"):
        # Towns until they became street offices; the days are not in our sources, so none is given.
        keep_name(town.record, row["name"].removesuffix("街道") + "镇", kind=NameKind.FORMER)
    demo.regions[row["code"]] = town


def _load_former_village(demo: Demo) -> None:
    town = demo.regions[f"{SHENGLI[:9]}000"]
    village = create_region(
        by=SYSTEM,
        code=SHENGLI,
        name="胜利村委会",
        level=RegionLevel.VILLAGE,
        parent=town,
        code_invented=True,
        demo=True,
    )
    demo.regions[SHENGLI] = end_region(village, by=SYSTEM, on=date(2019, 12, 31), successor=town)
